//! The `borne` command: wires subcommands and maps their ends to exit codes.

mod commands;

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use borne::settings::{self, Settings, SettingsError};
use clap::{ArgAction, CommandFactory as _, Parser, Subcommand};
use manual::Manual;
use signal_hook::consts::SIGPIPE;
use signal_hook::flag::register_conditional_default;
use tracing_subscriber::EnvFilter;

const HELP: &str = "\
{name} {version} : {about}

Utilisation : {usage}

Commandes :
{subcommands}

Options :
{options}{after-help}";

const SUBCOMMAND_HELP: &str = "\
{about}

Utilisation : {usage}

{all-args}{after-help}";

const EXIT_CODES: &str = "

Codes de sortie :
  0  tout va bien
  1  échec : le message dit lequel
  2  réglages ou ligne de commande à corriger
  3  (sync --once) à jour, mais il manque quelque chose : une vidéo indisponible
     ou le catalogue d'un partenaire refusé ; (update) plus tard

Le journal va sur la sortie d'erreur ; RUST_LOG règle son détail (error, warn, info, debug).";

/// What the manual says of files; the settings themselves say the rest.
const FILES: &[(&str, &str)] = &[
    (
        "/etc/borne/borne.toml",
        "Les réglages et leurs valeurs par défaut, expliqués. Ne se modifie pas.",
    ),
    (
        "/etc/borne/*.toml",
        "Les réglages du lieu, par exemple site.toml ; lus après borne.toml, dans l'ordre des noms.",
    ),
    ("/etc/borne/root.json", "La racine de confiance du réseau."),
];

/// Borne VIDÉO des métiers et de l'emploi.
#[derive(Parser)]
#[command(
    name = "borne",
    version,
    about = "la borne VIDÉO des métiers et de l'emploi",
    long_about = None,
    help_template = HELP,
    after_help = EXIT_CODES,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_value_name = "COMMANDE"
)]
struct Cli {
    /// Réglages : un fichier .toml, ou un dossier dont les .toml sont lus dans l'ordre
    /// [par défaut : /etc/borne]
    #[arg(long, global = true, value_name = "FICHIER")]
    config: Option<PathBuf>,
    /// Affiche cette aide
    #[arg(short = 'h', long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// Affiche la version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Démarre la borne : l'écran et la synchronisation
    #[command(help_template = SUBCOMMAND_HELP)]
    Run,
    /// Affiche l'écran seul, sans réseau
    #[command(help_template = SUBCOMMAND_HELP)]
    Play(commands::play::Options),
    /// Synchronise le catalogue et les vidéos, envoie les statistiques
    #[command(help_template = SUBCOMMAND_HELP, after_help = commands::sync::HELP)]
    Sync(commands::sync::Options),
    /// Reprend le catalogue et les vidéos d'une clé ou d'un dossier, sans réseau
    #[command(help_template = SUBCOMMAND_HELP, after_help = commands::import::HELP)]
    Import(commands::import::Options),
    /// Montre les catalogues présents, revient au précédent
    #[command(help_template = SUBCOMMAND_HELP, after_help = commands::catalogue::HELP)]
    Catalogue(commands::catalogue::Options),
    /// Relit les vidéos de la borne et met de côté celles qui sont abîmées
    #[command(help_template = SUBCOMMAND_HELP, after_help = commands::store::HELP)]
    Store(commands::store::Options),
    /// Installe le système plus récent que la synchronisation a apporté, quand personne n'est là
    #[command(help_template = SUBCOMMAND_HELP, after_help = commands::update::HELP)]
    Update(commands::update::Options),
    /// Fait pour l'écran ce qui demande des droits : réseau, réglages, remise à zéro
    #[command(help_template = SUBCOMMAND_HELP, after_help = commands::host::HELP)]
    Host(commands::host::Options),
    /// Dit où en est la borne
    #[command(help_template = SUBCOMMAND_HELP, after_help = commands::status::HELP)]
    Status(commands::status::Options),
    /// Contrôle l'installation et dit quoi corriger
    #[command(help_template = SUBCOMMAND_HELP)]
    Doctor(commands::doctor::Options),
    /// Prépare le code d'un espace réservé
    #[command(help_template = SUBCOMMAND_HELP, after_help = commands::pin::HELP)]
    Pin(commands::pin::Options),
    /// Client TUF seul, pour les essais de conformité
    #[command(help_template = SUBCOMMAND_HELP)]
    Tuf(Box<commands::tuf::Options>),
}

impl Command {
    /// It runs for a service, not for somebody who reads what it prints.
    const fn is_service(&self) -> bool {
        match self {
            Self::Run | Self::Play(_) | Self::Sync(_) | Self::Host(_) | Self::Update(_) => true,
            Self::Import(_)
            | Self::Catalogue(_)
            | Self::Store(_)
            | Self::Status(_)
            | Self::Doctor(_)
            | Self::Pin(_)
            | Self::Tuf(_) => false,
        }
    }
}

fn main() -> ExitCode {
    if let Some(ended) = manual::asked(std::env::args_os(), manual_of_borne) {
        return ended;
    }
    let cli = arguments();
    start_log(&cli.command);
    if !cli.command.is_service() {
        end_with_the_reader();
    }
    match cli.command {
        Command::Tuf(options) => commands::tuf::run(&options),
        Command::Pin(options) => commands::pin::run(&options),
        Command::Doctor(options) => commands::doctor::run(cli.config.as_deref(), &options),
        Command::Host(options) => commands::host::run(&options),
        command => match load(&command, cli.config.as_deref()) {
            Ok(settings) => run(command, settings, cli.config.as_deref()),
            Err(error) => {
                eprintln!("{error}");
                ExitCode::from(commands::BAD_SETTINGS)
            }
        },
    }
}

fn manual_of_borne() -> Manual {
    Manual {
        command: Cli::command(),
        files: FILES,
    }
}

/// The command line; clap ends the program when it asks for help or cannot be used.
fn arguments() -> Cli {
    manual::arguments().unwrap_or_else(|error| error.exit())
}

/// The screen also shows a borne that nobody has settled yet, and sync is asked whether it is one.
fn load(command: &Command, config: Option<&Path>) -> Result<Settings, SettingsError> {
    match command {
        Command::Play(_) => settings::load_or_unsettled(config),
        Command::Sync(options) if options.settled => settings::load_or_unsettled(config),
        _ => settings::load(config),
    }
}

fn run(command: Command, settings: Settings, config: Option<&Path>) -> ExitCode {
    match command {
        Command::Run => commands::run::run(config),
        Command::Play(options) => commands::play::run(settings, &options),
        Command::Sync(options) => commands::sync::run(settings, &options),
        Command::Import(options) => commands::import::run(settings, &options),
        Command::Catalogue(options) => commands::catalogue::run(&settings, &options),
        Command::Store(options) => commands::store::run(&settings, &options),
        Command::Update(options) => commands::update::run(&settings, &options),
        Command::Status(options) => commands::status::run(&settings, &options),
        Command::Doctor(_) | Command::Host(_) | Command::Pin(_) | Command::Tuf(_) => {
            ExitCode::SUCCESS
        }
    }
}

/// Whoever reads what is printed may stop, as `head` does: that ends the command, as it ends others.
fn end_with_the_reader() {
    if let Err(error) = register_conditional_default(SIGPIPE, Arc::new(AtomicBool::new(true))) {
        tracing::warn!(%error, "a reader that stops is met with an error");
    }
}

/// Services tell what they do; commands for people only what went wrong.
fn start_log(command: &Command) {
    let default = if command.is_service() {
        "info"
    } else {
        "error"
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
}
