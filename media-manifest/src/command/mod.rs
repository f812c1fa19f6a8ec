//! Arguments and exit codes.

mod add;
mod check;
mod date;
mod firmware;
mod keys;
mod new;
mod outcome;
mod prune;
mod publish;
mod rotate;
mod say;
mod sign;
mod status;
mod verify;

use std::process::ExitCode;

use anyhow::Result;
use clap::error::{ContextKind, ErrorKind};
use clap::{ArgAction, CommandFactory as _, Parser, Subcommand};
use manual::Manual;

/// Template of all help texts: clap's own words are English.
const TEMPLATE: &str = "{about-with-newline}\nUsage : {usage}\n\n{all-args}{after-help}";

const EXIT_CODES: &str = "\
Codes de sortie :
  0  tout va bien
  1  refusé, ou quelque chose est à faire : dit un par un ; rien n'est publié ni signé
  2  la commande est mal écrite, ou un dossier ou une clé manque";

const EXAMPLES: &str = "\
Pour commencer :
  media-manifest new --source mes-videos --partner mon-organisme --name \"Mon organisme\"
  media-manifest add film.mp4 --source mes-videos --kind metier \\
      --title \"Boulangère / Boulanger\" --univers cuisiner-accueillir
  media-manifest check --source mes-videos
  media-manifest keys new --keys mes-cles --partner mon-organisme
  media-manifest publish --source mes-videos --keys mes-cles --repository depot

Codes de sortie :
  0  tout va bien
  1  refusé, ou quelque chose est à faire : dit un par un ; rien n'est publié ni signé
  2  la commande est mal écrite, ou un dossier ou une clé manque";

/// Prépare et publie les vidéos que les bornes montrent.
#[derive(Debug, Parser)]
#[command(
    name = "media-manifest",
    version,
    help_template = TEMPLATE,
    after_help = EXAMPLES,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_value_name = "COMMANDE"
)]
pub struct Arguments {
    /// Montre cette aide.
    #[arg(short = 'h', long, action = ArgAction::Help, global = true)]
    help: Option<bool>,
    /// Montre la version.
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Crée un dossier de vidéos prêt à remplir.
    #[command(help_template = TEMPLATE, after_help = EXIT_CODES)]
    New(new::New),
    /// Ajoute une vidéo à votre dossier, après l'avoir décodée en entier.
    #[command(help_template = TEMPLATE, after_help = EXIT_CODES)]
    Add(Box<add::Add>),
    /// Vérifie votre dossier et dit tout ce qu'il faut corriger.
    #[command(help_template = TEMPLATE, after_help = EXIT_CODES)]
    Check(check::Check),
    /// Crée et montre les clés qui signent un dépôt.
    #[command(
        help_template = TEMPLATE,
        after_help = EXIT_CODES,
        subcommand_value_name = "COMMANDE"
    )]
    Keys(keys::Keys),
    /// Publie un ou plusieurs dossiers dans un dépôt signé.
    #[command(help_template = TEMPLATE, after_help = EXIT_CODES)]
    Publish(publish::Publish),
    /// Offre aux bornes une mise à jour de leur système, signée comme le catalogue.
    #[command(help_template = TEMPLATE, after_help = EXIT_CODES)]
    Firmware(Box<firmware::Firmware>),
    /// Montre ce qu'un fichier préparé changerait, et le signe si vous le voulez.
    #[command(help_template = TEMPLATE, after_help = EXIT_CODES)]
    Sign(sign::Sign),
    /// Change les clés, les renouvelle, retire un partenaire.
    #[command(
        help_template = TEMPLATE,
        after_help = EXIT_CODES,
        subcommand_value_name = "COMMANDE"
    )]
    Rotate(rotate::Rotate),
    /// Dit comment va un dépôt : échéances, clés, partenaires, et ce qu'il faut faire.
    #[command(help_template = TEMPLATE, after_help = EXIT_CODES)]
    Status(status::Status),
    /// Retire du dépôt ce qu'aucun catalogue ne nomme plus depuis longtemps.
    #[command(help_template = TEMPLATE, after_help = EXIT_CODES)]
    Prune(prune::Prune),
    /// Vérifie un dépôt comme le fait une borne, et l'empreinte de chaque fichier.
    #[command(help_template = TEMPLATE, after_help = EXIT_CODES)]
    Verify(verify::Verify),
    /// Montre le schéma JSON des catalogues, pour les programmes.
    #[command(help_template = TEMPLATE, after_help = EXIT_CODES)]
    Schema {},
}

/// The command with what its manual needs.
pub fn manual() -> Manual {
    Manual {
        command: Arguments::command(),
        files: &[],
    }
}

/// How a command that could run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Done,
    Refused,
}

/// Runs a command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let ended = match &arguments.command {
        Command::New(new) => new.run(),
        Command::Add(add) => add.run(),
        Command::Check(check) => check.run(),
        Command::Keys(keys) => keys.run(),
        Command::Publish(publish) => publish.run(),
        Command::Firmware(firmware) => firmware.run(),
        Command::Sign(sign) => sign.run(),
        Command::Rotate(rotate) => rotate.run(),
        Command::Status(status) => status.run(),
        Command::Prune(prune) => prune.run(),
        Command::Verify(verify) => verify.run(),
        Command::Schema {} => schema(),
    };
    match ended {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::Refused) => ExitCode::from(1),
        Err(error) => {
            say::error(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn schema() -> Result<Ending> {
    say::line(&media_manifest::catalogue::schema()?);
    Ok(Ending::Done)
}

/// Help, the version, or what is wrong with the arguments, in French.
pub fn usage(error: &clap::Error) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        // Nobody is there to tell when the output is closed.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let named = [
        ContextKind::InvalidArg,
        ContextKind::InvalidSubcommand,
        ContextKind::InvalidValue,
    ]
    .iter()
    .filter_map(|kind| error.get(*kind))
    .map(ToString::to_string)
    .collect::<Vec<_>>()
    .join(", ");
    let problem = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("il manque {named}"),
        ErrorKind::UnknownArgument => format!("{named} n'existe pas"),
        ErrorKind::InvalidSubcommand => format!("la commande {named} n'existe pas"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "il manque une commande".to_owned()
        }
        ErrorKind::ArgumentConflict => format!("{named} ne va pas avec le reste"),
        _ => format!("valeur inattendue : {named}"),
    };
    say::error(&format!(
        "{problem}. Que faire : lisez « media-manifest --help », ou « media-manifest COMMANDE --help »."
    ));
    ExitCode::from(2)
}
