//! The commands. What they print is for staff and in French; logs are for machines and in English.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{ArgAction, Args, CommandFactory as _, Parser, Subcommand};
use manual::Manual;

use crate::app::App;
use crate::config::{Config, ConfigError};
use crate::store::Store;
use crate::store::bornes::HostKind;
use crate::store::staff::Role;
use crate::{clock, entropy};

mod borne;
mod serve;
mod user;

const CODES: &str = "Codes de sortie :\n  0  tout s'est bien passé\n  \
    1  la commande a échoué (le message dit pourquoi)\n  \
    2  la ligne de commande ou le fichier de configuration est à corriger";

/// Template of all help texts: clap's own words are English.
const TEMPLATE: &str = "{about-with-newline}\nUsage : {usage}\n\n{all-args}{after-help}";

/// What the manual says of files.
const FILES: &[(&str, &str)] = &[
    (
        "/etc/central/central.toml",
        "Les réglages, expliqués un par un.",
    ),
    (
        "/var/lib/central",
        "La base : statistiques, bornes, comptes et agenda (clé storage.data des réglages).",
    ),
];

/// Point central des bornes VIDÉO : reçoit leurs statistiques anonymes et les montre au personnel.
#[derive(Debug, Parser)]
#[command(
    name = "central",
    version,
    help_template = TEMPLATE,
    after_help = CODES,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_value_name = "COMMANDE"
)]
pub struct Arguments {
    /// Montre cette aide
    #[arg(short = 'h', long, action = ArgAction::Help, global = true)]
    help: Option<bool>,
    /// Montre la version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Démarre le serveur ; Ctrl-C ou SIGTERM l'arrête proprement
    #[command(help_template = TEMPLATE, after_help = CODES)]
    Serve(ConfigFile),
    /// Ajoute, liste et révoque les bornes (le serveur peut être en marche)
    #[command(
        subcommand,
        help_template = TEMPLATE,
        after_help = CODES,
        subcommand_value_name = "COMMANDE"
    )]
    Borne(BorneCommand),
    /// Ajoute, liste et supprime les comptes du personnel (le serveur peut être en marche)
    #[command(
        subcommand,
        help_template = TEMPLATE,
        after_help = CODES,
        subcommand_value_name = "COMMANDE"
    )]
    User(UserCommand),
}

#[derive(Debug, Args)]
struct ConfigFile {
    /// Fichier de configuration (TOML)
    #[arg(
        long,
        value_name = "FICHIER",
        default_value = "/etc/central/central.toml"
    )]
    config: PathBuf,
}

#[derive(Debug, Subcommand)]
enum BorneCommand {
    /// Ajoute une borne (ou rend un jeton à une borne révoquée) et affiche son jeton une seule fois
    #[command(help_template = TEMPLATE, after_help = CODES)]
    Add {
        /// Identifiant de la borne, comme dans ses réglages : lettres minuscules, chiffres et tirets
        #[arg(value_name = "BORNE")]
        id: String,
        /// Nom du lieu, par exemple « Carrefour des métiers – Mons »
        #[arg(long, value_name = "NOM")]
        site: String,
        /// Genre de lieu
        #[arg(long, value_enum, default_value = "cefo", value_name = "GENRE")]
        host_kind: HostKind,
        /// Écrit le résultat en JSON
        #[arg(long)]
        json: bool,
        /// Écrit le jeton dans ce fichier, lisible par son seul propriétaire, au lieu de l'afficher
        #[arg(long, value_name = "FICHIER")]
        token_file: Option<PathBuf>,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Liste les bornes et leur dernier contact
    #[command(help_template = TEMPLATE, after_help = CODES)]
    List {
        /// Écrit la liste en JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Retire son jeton à une borne : ses envois sont refusés dès maintenant
    #[command(help_template = TEMPLATE, after_help = CODES)]
    Revoke {
        /// Identifiant de la borne
        #[arg(value_name = "BORNE")]
        id: String,
        #[command(flatten)]
        config: ConfigFile,
    },
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Ajoute un compte ; sans --password-stdin, un mot de passe est tiré au sort et affiché
    #[command(help_template = TEMPLATE, after_help = CODES)]
    Add {
        /// Nom de connexion
        #[arg(value_name = "NOM")]
        name: String,
        /// Ce que la personne peut faire
        #[arg(long, value_enum, value_name = "RÔLE")]
        role: Role,
        #[command(flatten)]
        password: PasswordSource,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Liste les comptes
    #[command(help_template = TEMPLATE, after_help = CODES)]
    List {
        /// Écrit la liste en JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Supprime un compte et ferme ses sessions
    #[command(help_template = TEMPLATE, after_help = CODES)]
    Remove {
        /// Nom de connexion
        #[arg(value_name = "NOM")]
        name: String,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Change le mot de passe d'un compte et ferme ses sessions
    #[command(help_template = TEMPLATE, after_help = CODES)]
    Password {
        /// Nom de connexion
        #[arg(value_name = "NOM")]
        name: String,
        #[command(flatten)]
        password: PasswordSource,
        #[command(flatten)]
        config: ConfigFile,
    },
}

#[derive(Debug, Args)]
struct PasswordSource {
    /// Lit le mot de passe sur l'entrée standard (première ligne, 12 caractères au moins)
    #[arg(long)]
    password_stdin: bool,
}

impl Arguments {
    /// What is logged unless `RUST_LOG` says otherwise: a short command is silent unless it warns.
    #[must_use]
    pub const fn default_log(&self) -> &'static str {
        match self.command {
            Command::Serve(_) => "info",
            _ => "warn",
        }
    }
}

/// The command with what its manual needs.
#[must_use]
pub fn manual() -> Manual {
    Manual {
        command: Arguments::command(),
        files: FILES,
    }
}

/// The command line; clap ends the program when it asks for help or cannot be used.
#[must_use]
pub fn arguments() -> Arguments {
    manual::arguments().unwrap_or_else(|error| error.exit())
}

/// Runs a command.
///
/// # Errors
/// What went wrong, in French where a person can mend it.
pub fn run(arguments: Arguments) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        match arguments.command {
            Command::Serve(file) => serve::run(open(&file)?).await,
            Command::Borne(command) => borne::run(command).await,
            Command::User(command) => user::run(command).await,
        }
    })
}

/// The exit code of an error: 2 when the settings are to be corrected, else 1.
#[must_use]
pub fn exit_code(error: &anyhow::Error) -> u8 {
    if error.is::<ConfigError>() { 2 } else { 1 }
}

fn open(file: &ConfigFile) -> anyhow::Result<App> {
    let config = Config::read(&file.config)?;
    let store = Store::open(&config.data).with_context(|| {
        format!(
            "clé « storage.data » : la base de {} ne peut pas être ouverte",
            config.data.display()
        )
    })?;
    Ok(App::new(store, clock::system(), entropy::system(), config))
}
