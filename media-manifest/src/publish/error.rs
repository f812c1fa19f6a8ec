use std::path::{Path, PathBuf};

use crate::check::Problem;

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
                "Clé « {name} » : {reason}. Que faire : vérifiez le dossier donné par --keys, ou \
                 créez les clés qui manquent avec « media-manifest keys new »."
            )],
            Self::ForeignKey { name } => vec![format!(
                "Clé « {name} » : le dépôt ne la connaît pas, il a été créé avec d'autres clés. Que \
                 faire : donnez le dossier des clés de ce dépôt, ou publiez dans un dossier neuf."
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
