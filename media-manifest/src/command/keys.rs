use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::{Args, Subcommand};
use media_manifest::check::is_id;
use media_manifest::publish;

use super::{Ending, say};

/// Crée les clés qui signent un dépôt.
#[derive(Debug, Args)]
pub struct Keys {
    #[command(subcommand)]
    command: KeysCommand,
}

#[derive(Debug, Subcommand)]
enum KeysCommand {
    /// Crée les clés qui manquent ; n'en remplace jamais aucune.
    #[command(help_template = super::TEMPLATE, after_help = super::EXIT_CODES)]
    New {
        /// Dossier des clés ; gardez-le secret et sauvegardé.
        #[arg(long, value_name = "DOSSIER")]
        keys: PathBuf,
        /// Identifiant d'un partenaire ; peut être répété.
        #[arg(long = "partner", value_name = "ID", required = true)]
        partners: Vec<String>,
    },
}

impl Keys {
    pub fn run(&self) -> Result<Ending> {
        let KeysCommand::New { keys, partners } = &self.command;
        for partner in partners {
            ensure!(
                is_id(partner),
                "« {partner} » n'est pas un identifiant. Que faire : employez des minuscules sans \
                 accent, des chiffres et des tirets, comme « mon-organisme »."
            );
        }
        let mut seed = |bytes: &mut [u8; 32]| getrandom::fill(bytes).map_err(std::io::Error::other);
        let new = match publish::Keys::create(keys, partners, &mut seed) {
            Ok(new) => new,
            Err(error) => anyhow::bail!(error.sentences().join("\n")),
        };
        if !new.made.is_empty() {
            say::line(&format!(
                "Clés créées dans {} : {}.",
                keys.display(),
                new.made.join(", ")
            ));
            say::line(
                "Gardez les clés root-1, root-2 et root-3 hors ligne, en trois lieux : deux suffisent \
                 pour remplacer toutes les autres.",
            );
        }
        if !new.kept.is_empty() {
            say::line(&format!(
                "Déjà là, gardées telles quelles : {}.",
                new.kept.join(", ")
            ));
        }
        Ok(Ending::Done)
    }
}
