use std::path::PathBuf;

/// Settings that cannot be used. The text is French: whoever installs a borne reads it.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A file or folder cannot be read.
    #[error(
        "{} : lecture impossible ({source}). Indiquez un fichier .toml ou un dossier avec --config.",
        path.display()
    )]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A folder holds no `.toml` file.
    #[error("{} : ce dossier ne contient aucun fichier .toml.", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
    /// A file is not TOML.
    #[error("{place} : ce n'est pas du TOML valide ({detail}).")]
    Syntax {
        /// Where.
        place: Place,
        /// What the parser says.
        detail: String,
    },
    /// A key or a section is not known.
    #[error("{place} : clé inconnue « {key} ».{}", suggestion(nearest.as_deref()))]
    Unknown {
        /// Where.
        place: Place,
        /// The key, with its section.
        key: String,
        /// The known key that resembles it most.
        nearest: Option<String>,
    },
    /// A key that must be there is absent.
    #[error("{} : il manque la clé « {key} ». Ajoutez-la.", path.display())]
    Missing {
        /// The file or folder that was read.
        path: PathBuf,
        /// The key, with its section.
        key: String,
    },
    /// A value cannot be used.
    #[error("{place} : « {key} » doit être {expected} ; trouvé : {found}.")]
    Invalid {
        /// Where.
        place: Place,
        /// The key, with its section.
        key: String,
        /// What the value must be.
        expected: String,
        /// What it is.
        found: String,
    },
}

impl SettingsError {
    /// The key that is wrong, with its section; empty when it is a file.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Unreadable { .. } | Self::Empty { .. } | Self::Syntax { .. } => "",
            Self::Unknown { key, .. } | Self::Missing { key, .. } | Self::Invalid { key, .. } => {
                key
            }
        }
    }
}

/// A line in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, ligne {}", self.file.display(), self.line)
    }
}

fn suggestion(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |key| {
        format!(" Vouliez-vous écrire « {key} » ?")
    })
}
