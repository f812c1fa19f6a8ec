//! The settings of the server: read, then validated, with the file and key named in every error.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// Validated settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Staff reach the pages through https: cookies are marked `Secure`.
    pub https: bool,
    /// A proxy in front says who asks, in the last entry of `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// Folder of the database.
    pub data: PathBuf,
    /// Where titles of videos come from; without it, keys are shown.
    pub catalogue: Option<Repository>,
    /// Name shown at the top of the pages.
    pub name: String,
}

/// The published repository as a local folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// The folder that holds `metadata/` and `targets/`.
    pub folder: PathBuf,
    /// The trusted root of its signatures.
    pub root: PathBuf,
}

/// Settings that cannot be used. The text is for the person who runs the server, so it is French.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{file} : le fichier de configuration ne peut pas être lu.")]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Not TOML.
    #[error("{file} : ce n'est pas du TOML valide.\n{detail}")]
    Toml {
        /// The file.
        file: PathBuf,
        /// Line and column, as the parser says.
        detail: String,
    },
    /// A key is missing, unknown or has a value that cannot be used.
    #[error("{file} : clé « {key} » : {problem}")]
    Key {
        /// The file.
        file: PathBuf,
        /// The key with its section.
        key: String,
        /// What is wrong and what to write.
        problem: String,
    },
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Raw {
    server: RawServer,
    storage: RawStorage,
    catalogue: RawCatalogue,
    site: RawSite,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawServer {
    listen: Option<String>,
    https: bool,
    behind_proxy: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawStorage {
    data: Option<PathBuf>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawCatalogue {
    repository: Option<PathBuf>,
    root: Option<PathBuf>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawSite {
    name: Option<String>,
}

impl Config {
    /// Reads a file; relative paths in it start from its own folder.
    ///
    /// # Errors
    /// The first thing that cannot be used, with the file and key.
    pub fn read(file: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(file).map_err(|source| ConfigError::File {
            file: file.to_owned(),
            source,
        })?;
        Self::parse(file, &text)
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn parse(file: &Path, text: &str) -> Result<Self, ConfigError> {
        let source = Source { file };
        let raw = source.raw(text)?;
        let listen = source.required("server.listen", "\"127.0.0.1:8090\"", raw.server.listen)?;
        let listen = listen.parse().map_err(|_| {
            source.key(
                "server.listen",
                format!(
                    "« {listen} » n'est pas une adresse suivie d'un port, comme \"127.0.0.1:8090\"."
                ),
            )
        })?;
        let data = source.required("storage.data", "\"/var/lib/central\"", raw.storage.data)?;
        Ok(Self {
            listen,
            https: raw.server.https,
            behind_proxy: raw.server.behind_proxy,
            data: source.path(&data),
            catalogue: source.repository(raw.catalogue)?,
            name: raw.site.name.unwrap_or_else(|| "VIDÉO borne".to_owned()),
        })
    }
}

struct Source<'a> {
    file: &'a Path,
}

impl Source<'_> {
    fn raw(&self, text: &str) -> Result<Raw, ConfigError> {
        let toml = toml::Deserializer::parse(text).map_err(|error| ConfigError::Toml {
            file: self.file.to_owned(),
            detail: error.to_string(),
        })?;
        serde_path_to_error::deserialize(toml).map_err(|error| {
            let key = error.path().to_string();
            let detail = error.inner().message().to_owned();
            self.key(
                &key,
                format!("clé inconnue ou valeur d'un autre type ({detail})."),
            )
        })
    }

    fn key(&self, key: &str, problem: String) -> ConfigError {
        ConfigError::Key {
            file: self.file.to_owned(),
            key: key.to_owned(),
            problem,
        }
    }

    fn required<T>(&self, key: &str, example: &str, value: Option<T>) -> Result<T, ConfigError> {
        let name = key.rsplit('.').next().unwrap_or(key);
        value.ok_or_else(|| {
            self.key(
                key,
                format!("elle manque. Ajoutez par exemple : {name} = {example}."),
            )
        })
    }

    fn path(&self, path: &Path) -> PathBuf {
        self.file.parent().unwrap_or(Path::new("")).join(path)
    }

    fn repository(&self, raw: RawCatalogue) -> Result<Option<Repository>, ConfigError> {
        if raw.repository.is_none() && raw.root.is_none() {
            return Ok(None);
        }
        let folder = self.required("catalogue.repository", "\"/srv/depot\"", raw.repository)?;
        let root = self.required("catalogue.root", "\"/etc/central/root.json\"", raw.root)?;
        Ok(Some(Repository {
            folder: self.path(&folder),
            root: self.path(&root),
        }))
    }
}

#[cfg(test)]
mod tests;
