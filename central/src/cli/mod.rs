//! The commands. What they print is for staff and in French; logs are for machines and in English.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};

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

/// Point central des bornes VIDÉO : reçoit leurs statistiques anonymes et les montre au personnel.
#[derive(Debug, Parser)]
#[command(name = "central", version, after_help = CODES, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Démarre le serveur ; Ctrl-C ou SIGTERM l'arrête proprement
    Serve(ConfigFile),
    /// Ajoute, liste et révoque les bornes (le serveur peut être en marche)
    #[command(subcommand)]
    Borne(BorneCommand),
    /// Ajoute, liste et supprime les comptes du personnel (le serveur peut être en marche)
    #[command(subcommand)]
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
    #[command(after_help = CODES)]
    Add {
        /// Identifiant de la borne, comme dans ses réglages : lettres minuscules, chiffres et tirets
        id: String,
        /// Nom du lieu, par exemple « Carrefour des métiers – Mons »
        #[arg(long, value_name = "NOM")]
        site: String,
        /// Genre de lieu
        #[arg(long, value_enum, default_value = "cefo")]
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
    List {
        /// Écrit la liste en JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Retire son jeton à une borne : ses envois sont refusés dès maintenant
    #[command(after_help = CODES)]
    Revoke {
        /// Identifiant de la borne
        id: String,
        #[command(flatten)]
        config: ConfigFile,
    },
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Ajoute un compte ; sans --password-stdin, un mot de passe est tiré au sort et affiché
    #[command(after_help = CODES)]
    Add {
        /// Nom de connexion
        name: String,
        /// Ce que la personne peut faire
        #[arg(long, value_enum)]
        role: Role,
        #[command(flatten)]
        password: PasswordSource,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Liste les comptes
    List {
        /// Écrit la liste en JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Supprime un compte et ferme ses sessions
    #[command(after_help = CODES)]
    Remove {
        /// Nom de connexion
        name: String,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Change le mot de passe d'un compte et ferme ses sessions
    #[command(after_help = CODES)]
    Password {
        /// Nom de connexion
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
