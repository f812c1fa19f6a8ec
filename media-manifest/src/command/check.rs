use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use media_manifest::catalogue::Classification;
use media_manifest::check::Problem;
use media_manifest::source::{Source, default_classification, read_classification};

use super::{Ending, say};

/// Vérifie votre dossier et dit tout ce qu'il faut corriger.
#[derive(Debug, Args)]
pub struct Check {
    /// Dossier où se trouve manifest.toml.
    #[arg(
        long,
        value_name = "DOSSIER",
        default_value = ".",
        hide_default_value = true
    )]
    source: PathBuf,
    /// Classement du réseau, s'il n'est pas celui fourni.
    #[arg(long, value_name = "FICHIER")]
    classification: Option<PathBuf>,
    /// Répond en JSON, pour les programmes.
    #[arg(long)]
    json: bool,
}

impl Check {
    pub fn run(&self) -> Result<Ending> {
        let read = classification(self.classification.as_deref())
            .and_then(|classification| Source::read(&self.source, &classification));
        match read {
            Err(problems) => Ok(say::problems(&problems, self.json)),
            Ok(source) if self.json => {
                let count = source.videos.len();
                say::line(&serde_json::json!({ "ok": true, "videos": count }).to_string());
                Ok(Ending::Done)
            }
            Ok(source) => {
                say::line(&format!(
                    "{} : {} vidéo(s), aucun problème.",
                    source.partner_name,
                    source.videos.len()
                ));
                Ok(Ending::Done)
            }
        }
    }
}

/// The network's classification: from a file, or the one that comes with the program.
pub fn classification(file: Option<&Path>) -> Result<Classification, Vec<Problem>> {
    match file {
        Some(file) => read_classification(file),
        None => default_classification(),
    }
}
