use std::path::{Path, PathBuf};

use super::{FirmwareRefusal, PreparedError};
use crate::check::Problem;
use crate::trust::TrustError;

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// Sources must be put right first.
    #[error("{} problems in the sources", .0.len())]
    Problems(Vec<Problem>),
    /// A key is missing or cannot be used.
    #[error("key {name}: {reason}")]
    Key {
        /// Name of the key: `targets`, `partner-forem`.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// A file is no public key.
    #[error("{path} is no public key: {reason}", path = path.display())]
    NotPublicKey {
        /// File.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A prepared file asks for what nobody may sign, or cannot be published.
    #[error("not to be signed or published: {0}")]
    Prepared(#[from] PreparedError),
    /// An update of the system is not offered.
    #[error(transparent)]
    Firmware(#[from] FirmwareRefusal),
    /// What would be published is what bornes refuse.
    #[error("bornes would refuse it: {0}")]
    Rehearsal(TrustError),
    /// A version is so high that somebody pushed it there.
    #[error("{role} has version {version}, which no honest publisher reaches")]
    RanAhead {
        /// Which role.
        role: String,
        /// Its version.
        version: u64,
    },
    /// No one key of the root answers to a name.
    #[error("no one key of the root is {name}")]
    UnknownKey {
        /// Name or beginning of a fingerprint.
        name: String,
    },
    /// The partner is not in the repository.
    #[error("no partner {partner}")]
    NoPartner {
        /// Identifier of the partner.
        partner: String,
    },
    /// The repository has not been published yet.
    #[error("{path} holds no published repository", path = path.display())]
    Unpublished {
        /// The repository.
        path: PathBuf,
    },
    /// The repository was signed with other keys than those at hand.
    #[error("the repository's root does not know the key {name}")]
    ForeignKey {
        /// Name of the key.
        name: String,
    },
    /// The repository's folder holds something else than a repository.
    #[error("{path} is not as published: {reason}", path = path.display())]
    Repository {
        /// File.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Another publication is under way.
    #[error("{path} is being published by another process", path = path.display())]
    Busy {
        /// The repository.
        path: PathBuf,
    },
    /// A source's file changed between its check and its copy.
    #[error("{path} changed while it was being published", path = path.display())]
    Changed {
        /// File of the source.
        path: PathBuf,
    },
    /// A file could not be read or written.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// File or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl PublishError {
    pub(super) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }

    /// The error as sentences for partners, one for each thing to do.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        match self {
            Self::Problems(problems) => problems.iter().map(Problem::sentence).collect(),
            Self::Key { name, reason } => vec![format!(
                "Clé « {name} » : {reason}. Que faire : vérifiez le dossier des clés, ou \
                 créez les clés qui manquent avec « media-manifest keys new » ; la clé qu'un \
                 partenaire garde chez lui ne vient pas ici (« publish --prepare »)."
            )],
            Self::ForeignKey { name } => vec![format!(
                "Clé « {name} » : le dépôt ne la connaît pas, ou plus. Que faire : donnez le dossier \
                 des clés de ce dépôt (« media-manifest status » dit lesquelles il connaît) ; pour \
                 changer une clé, voyez « media-manifest rotate »."
            )],
            Self::NotPublicKey { path, reason } => vec![format!(
                "{} : ce n'est pas une clé publique ({reason}). Que faire : donnez le fichier .pub que \
                 « media-manifest keys » écrit à côté de la clé.",
                path.display()
            )],
            Self::Prepared(error) => vec![error.sentence()],
            Self::Firmware(refusal) => vec![refusal.sentence()],
            Self::Rehearsal(error) => vec![format!(
                "Rien n'est publié : les bornes refuseraient ce dépôt ({error}). Que faire : restaurez \
                 le dépôt depuis une sauvegarde, puis recommencez."
            )],
            Self::RanAhead { role, version } => vec![format!(
                "« {role} » en est à la version {version} : quelqu'un l'y a poussée. Que faire : \
                 remplacez ensemble les clés timestamp et snapshot (« media-manifest rotate root »)."
            )],
            Self::UnknownKey { name } => vec![format!(
                "« {name} » ne désigne pas une clé, et une seule, de la racine publiée. Que faire : voyez \
                 leurs noms et leurs empreintes avec « media-manifest status »."
            )],
            Self::NoPartner { partner } => vec![format!(
                "« {partner} » n'est pas un partenaire de ce dépôt. Que faire : voyez les partenaires \
                 avec « media-manifest status »."
            )],
            Self::Unpublished { path } => vec![format!(
                "{} : rien n'y est encore publié. Que faire : vérifiez le dossier donné par \
                 --repository, ou publiez d'abord.",
                path.display()
            )],
            Self::Repository { path, reason } => vec![format!(
                "{} : ce n'est pas un dépôt en bon état ({reason}). Que faire : restaurez le dépôt \
                 depuis une sauvegarde, ou publiez dans un dossier neuf.",
                path.display()
            )],
            Self::Busy { path } => vec![format!(
                "{} : une autre publication est en cours. Que faire : attendez qu'elle se termine.",
                path.display()
            )],
            Self::Changed { path } => vec![format!(
                "{} : le fichier a changé pendant la publication. Que faire : attendez la fin de sa \
                 copie, puis publiez de nouveau.",
                path.display()
            )],
            Self::Io { path, source } => vec![format!(
                "{} : lecture ou écriture impossible ({source}). Que faire : vérifiez vos droits et \
                 la place libre sur le disque.",
                path.display()
            )],
        }
    }
}
