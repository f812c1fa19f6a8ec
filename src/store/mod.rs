//! What a borne keeps on disk: generations of the catalogue, media, and two SQLite files.
//!
//! Only this module names files below the data folder (but `trust/`, which the trust client owns)
//! and only it talks to SQLite.

pub mod audit; // the whole media store against the catalogue
pub mod cache; // what sync remembers and could rebuild
pub mod check; // reading an object through
mod database; // SQLite, opened one way
pub(crate) mod files; // whole or absent files
pub mod firmware; // the next system
pub mod generation; // catalogues, switched atomically
pub mod media; // media objects, named by their content
pub mod outbox; // events that wait for central
pub mod part; // a media object on its way
pub mod refusal; // what an administrator went back from

use std::io;
use std::path::PathBuf;

pub use audit::Audit;
pub use cache::Cache;
pub use generation::{Generation, Missing};
pub use media::Media;
pub use outbox::Outbox;
pub use part::{Part, PartError};
pub use refusal::Refusal;

/// Something in the data folder cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system refuses.
    #[error("{}: {source}", path.display())]
    Io {
        /// File or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A generation does not hold what it should.
    #[error("generation {}: {source}", path.display())]
    Generation {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A database refuses.
    #[error("{}: {source}", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// A database was written by a later version of this program.
    #[error("{}: schema {found} is newer than {known}", path.display())]
    NewerSchema {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The version this program knows.
        known: i64,
    },
    /// A database fails its own check.
    #[error("{}: damaged: {finding}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The first finding.
        finding: String,
    },
}

impl StoreError {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }

    /// The database cannot be used any more and must be set aside.
    #[must_use]
    pub fn is_corruption(&self) -> bool {
        match self {
            Self::NewerSchema { .. } | Self::Damaged { .. } => true,
            Self::Database { source, .. } => matches!(
                source.sqlite_error_code(),
                Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase)
            ),
            Self::Io { .. } | Self::Generation { .. } => false,
        }
    }

    /// There is no such file.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }

    /// The disk is full.
    #[must_use]
    pub fn is_disk_full(&self) -> bool {
        match self {
            Self::Io { source, .. } => source.kind() == io::ErrorKind::StorageFull,
            Self::Database { source, .. } => {
                source.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
