use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, Subcommand};
use media_manifest::publish::{self, Keys, Prepared, PublicKey, Replacement};

use super::{Ending, keys, outcome, say};

/// Change les clés, les renouvelle, retire un partenaire.
#[derive(Debug, Args)]
pub struct Rotate {
    #[command(subcommand)]
    command: RotateCommand,
}

#[derive(Debug, Subcommand)]
enum RotateCommand {
    /// Prépare la première racine de confiance, à faire signer par deux clés root.
    #[command(help_template = super::TEMPLATE, after_help = super::EXIT_CODES)]
    First {
        /// Dossier des six clés publiques : root-1, root-2, root-3, targets, snapshot, timestamp.
        #[arg(long, value_name = "DOSSIER")]
        public: PathBuf,
        /// Fichier à faire signer.
        #[arg(long, value_name = "FICHIER")]
        out: PathBuf,
    },
    /// Prépare la racine suivante : pour deux ans de plus, ou avec des clés remplacées.
    #[command(help_template = super::TEMPLATE, after_help = super::EXIT_CODES)]
    Root {
        /// Dossier du dépôt.
        #[arg(long, value_name = "DOSSIER")]
        repository: PathBuf,
        /// Clé qui part (nom ou empreinte) et clé publique qui arrive ; peut être répété.
        #[arg(long, value_name = "ANCIENNE=NOUVELLE.pub", value_parser = pair)]
        replace: Vec<(String, PathBuf)>,
        /// Fichier à faire signer.
        #[arg(long, value_name = "FICHIER")]
        out: PathBuf,
    },
    /// Prépare le rôle d'un partenaire : pour un an de plus, ou avec une autre clé.
    #[command(help_template = super::TEMPLATE, after_help = super::EXIT_CODES)]
    Partner {
        /// Dossier du dépôt.
        #[arg(long, value_name = "DOSSIER")]
        repository: PathBuf,
        /// Identifiant du partenaire.
        #[arg(long, value_name = "ID")]
        partner: String,
        /// Sa nouvelle clé publique.
        #[arg(long, value_name = "FICHIER.pub")]
        key: Option<PathBuf>,
        /// Fichier à lui faire signer.
        #[arg(long, value_name = "FICHIER")]
        out: PathBuf,
    },
    /// Retire un partenaire : ses vidéos quittent les bornes à leur prochaine visite.
    #[command(help_template = super::TEMPLATE, after_help = super::EXIT_CODES)]
    Retire {
        /// Dossier du dépôt.
        #[arg(long, value_name = "DOSSIER")]
        repository: PathBuf,
        /// Identifiant du partenaire.
        #[arg(long, value_name = "ID")]
        partner: String,
        /// Dossier des clés targets, snapshot et timestamp.
        #[arg(long, value_name = "DOSSIER")]
        keys: PathBuf,
    },
    /// Renouvelle ce qui vieillit avec les clés du dossier ; pour une tâche planifiée.
    #[command(help_template = super::TEMPLATE, after_help = super::EXIT_CODES)]
    Renew {
        /// Dossier du dépôt.
        #[arg(long, value_name = "DOSSIER")]
        repository: PathBuf,
        /// Dossier des clés ; celle de timestamp suffit d'ordinaire.
        #[arg(long, value_name = "DOSSIER")]
        keys: PathBuf,
    },
}

impl Rotate {
    pub fn run(&self) -> Result<Ending> {
        let now = say::now();
        match &self.command {
            RotateCommand::First { public, out } => {
                let publics = keys::publics(public)?.into_values().collect();
                ready(&say::said(publish::first_root(publics, now))?, out)
            }
            RotateCommand::Root {
                repository,
                replace,
                out,
            } => {
                let replacements = replacements(replace)?;
                let root = publish::next_root(repository, &replacements, now);
                ready(&say::said(root)?, out)
            }
            RotateCommand::Partner {
                repository,
                partner,
                key,
                out,
            } => {
                let key = key.as_deref().map(PublicKey::read).transpose();
                let key = say::said(key)?;
                let role = publish::partner_again(repository, partner, key.as_ref(), now);
                ready(&say::said(role)?, out)
            }
            RotateCommand::Retire {
                repository,
                partner,
                keys,
            } => {
                let keys = say::said(Keys::read(keys))?;
                let retired = publish::retire(repository, partner, &keys, now);
                outcome::report(&say::said(retired)?, repository);
                say::line(&format!(
                    "« {partner} » ne publie plus dans ce dépôt. Ses fichiers partent avec \
                     « media-manifest prune », après leur délai."
                ));
                Ok(Ending::Done)
            }
            RotateCommand::Renew { repository, keys } => {
                let keys = say::said(Keys::read(keys))?;
                let renewed = publish::renew(repository, &keys, now);
                outcome::report(&say::said(renewed)?, repository);
                Ok(Ending::Done)
            }
        }
    }
}

/// `OLD=FILE`, as clap parses it.
pub fn pair(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((old, file)) if !old.is_empty() && !file.is_empty() => {
            Ok((old.to_owned(), file.into()))
        }
        _ => Err(text.to_owned()),
    }
}

fn replacements(pairs: &[(String, PathBuf)]) -> Result<Vec<Replacement>> {
    pairs
        .iter()
        .map(|(old, file)| {
            let (old, new) = (old.clone(), say::said(PublicKey::read(file))?);
            Ok(Replacement { old, new })
        })
        .collect()
}

fn ready(role: &Prepared, out: &Path) -> Result<Ending> {
    say::said(role.examine(say::now()).map_err(Into::into))?;
    say::said(role.write(out))?;
    outcome::say_prepared(role, out);
    Ok(Ending::Done)
}
