//! `borne import`: a repository from a folder, for example from a stick.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use borne::settings::Settings;
use borne::status::wording;
use borne::sync::{Folder, SyncError, worker};
use clap::Args;
use media_manifest::trust::TrustError;

pub const HELP: &str = "
Le dossier contient metadata/, targets/ et media/, tels que le réseau les publie. Tout est vérifié
comme s'il venait du réseau : signatures, versions, longueur et empreinte de chaque fichier. Aucun
réseau n'est nécessaire. Interrompu, l'import reprend où il en était.

Codes de sortie :
  0  à jour
  1  échec ou refus : le dernier bon catalogue reste en place
  2  réglages ou ligne de commande à corriger
  3  à jour, mais il manque quelque chose : une vidéo ou le catalogue d'un partenaire refusé";

#[derive(Args)]
pub struct Options {
    /// La clé ou le dossier, par exemple /media/cle
    #[arg(value_name = "DOSSIER")]
    folder: PathBuf,
}

pub fn run(settings: Settings, options: &Options) -> ExitCode {
    let folder = Folder::new(&options.folder);
    if folder.mark().is_none() {
        eprintln!("{}", no_repository(&options.folder));
        return ExitCode::FAILURE;
    }
    let clock = super::clock(&settings);
    match worker::import(settings, clock, super::random, &folder) {
        Ok(outcome) => super::sync::report(&outcome),
        Err(error) => {
            eprintln!("{}", refused(&options.folder, &error));
            ExitCode::FAILURE
        }
    }
}

fn no_repository(folder: &Path) -> String {
    let shown = folder.display();
    if !folder.is_dir() {
        return format!("{shown} : ce dossier n'existe pas. La clé est-elle branchée et montée ?");
    }
    format!(
        "{shown} : il n'y a pas de dépôt ici (metadata/timestamp.json manque). Copiez-y metadata/, \
         targets/ et media/ tels que le réseau les publie."
    )
}

fn refused(folder: &Path, error: &SyncError) -> String {
    let shown = folder.display();
    let why = match error {
        SyncError::Locked => {
            return "La synchronisation de la borne est en marche : elle importe d'elle-même ce qui apparaît \
                    dans le dossier « sync.import » des réglages. Sinon, arrêtez-la d'abord."
                .to_owned();
        }
        SyncError::Refused(TrustError::Rollback { .. }) => {
            "ce catalogue est plus ancien que celui que la borne connaît. Prenez une copie récente du dépôt"
        }
        SyncError::Refused(TrustError::Transport { .. }) => {
            "il manque des fichiers de metadata/ ou de targets/. Copiez le dépôt en entier"
        }
        error => wording::explain(error.code()),
    };
    format!("{shown} : import refusé, le dernier bon catalogue reste en place : {why} ({error}).")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_repository_is_told_from_what_is_not_there() {
        let folder = tempfile::TempDir::new().unwrap();
        assert!(no_repository(folder.path()).contains("metadata/timestamp.json"));
        assert!(no_repository(&folder.path().join("cle")).contains("n'existe pas"));
    }

    #[test]
    fn a_refusal_says_what_to_do() {
        let older = TrustError::Rollback {
            role: media_manifest::trust::Role::Timestamp,
            trusted: 3,
            offered: 2,
        };
        let told = |error| refused(Path::new("/media/cle"), &error);
        assert!(told(SyncError::Refused(older)).contains("plus ancien"));
        assert!(told(SyncError::Locked).contains("sync.import"));
        assert!(told(SyncError::Empty).contains("le catalogue est vide"));
    }
}
