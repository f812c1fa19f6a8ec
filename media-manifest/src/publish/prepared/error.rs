use std::path::PathBuf;

/// Why a prepared role is not signed or not published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PreparedError {
    /// The file is something else, or damaged.
    #[error("{path} is no prepared role: {reason}", path = path.display())]
    Unreadable {
        /// File.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// It says something that is not understood or not allowed.
    #[error("{reason}")]
    Strange {
        /// What, in French.
        reason: String,
    },
    /// It does not follow what is published.
    #[error("it has version {found}, the next one is {expected}")]
    NotNext {
        /// Version that would follow.
        expected: u64,
        /// Its version.
        found: u64,
    },
    /// None of the keys at hand may sign it.
    #[error("none of the keys at hand may sign it")]
    NoKey,
    /// Another copy is not a copy.
    #[error("the two files ask for different things")]
    Different,
    /// Signatures are missing.
    #[error("{missing} signatures are missing")]
    Unsigned {
        /// How many.
        missing: u64,
    },
    /// Its media have not been copied into the repository.
    #[error("{url} is not in the repository")]
    NoMedia {
        /// Address below the repository.
        url: String,
    },
}

pub(super) fn strange(reason: &str) -> PreparedError {
    PreparedError::Strange {
        reason: reason.to_owned(),
    }
}

impl PreparedError {
    /// The error as a sentence that says what to do.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Unreadable { path, reason } => format!(
                "{} : ce n'est pas un fichier à signer ({reason}). Que faire : redemandez-le à qui l'a \
                 préparé.",
                path.display()
            ),
            Self::Strange { reason } => format!(
                "Rien n'est signé : {reason}. Que faire : ne signez pas, et demandez des explications \
                 par téléphone à qui l'a préparé."
            ),
            Self::NotNext { expected, found } => format!(
                "Ce fichier prépare la version {found} et la suivante est la version {expected}. Que \
                 faire : préparez-le de nouveau à partir du dépôt d'aujourd'hui."
            ),
            Self::NoKey => "Aucune clé du dossier ne peut signer ce fichier. Que faire : donnez avec \
                            --keys le dossier de la clé nommée ci-dessus."
                .to_owned(),
            Self::Different => "Les deux fichiers ne demandent pas la même chose. Que faire : comparez \
                                leurs empreintes, et ne gardez que celui qui a été préparé pour cette \
                                cérémonie."
                .to_owned(),
            Self::Unsigned { missing } => format!(
                "Il manque {missing} signature(s) : rien n'est publié. Que faire : faites signer le \
                 fichier avec « media-manifest sign »."
            ),
            Self::NoMedia { url } => format!(
                "Le fichier {url} n'est pas dans le dépôt : rien n'est publié. Que faire : préparez la \
                 publication sur cette machine avec « media-manifest publish --prepare »."
            ),
        }
    }
}
