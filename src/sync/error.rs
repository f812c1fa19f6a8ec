use media_manifest::trust::TrustError;

use crate::http::{Fault, HttpError};
use crate::store::StoreError;

/// Why a look at the repository failed; the last good generation goes on.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// Another process synchronises the same data folder.
    #[error("another process synchronises this data folder")]
    Locked,
    /// The root of trust delivered with the borne cannot be read.
    #[error("root of trust {path}: {source}")]
    Root {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The worker cannot start.
    #[error("worker: {0}")]
    Thread(std::io::Error),
    /// The HTTP client cannot be made.
    #[error(transparent)]
    Client(#[from] HttpError),
    /// The server cannot be reached or does not serve a repository.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The metadata or the classification is not to be trusted.
    #[error(transparent)]
    Refused(#[from] TrustError),
    /// The verified catalogue is empty although it was not before.
    #[error("the catalogue is empty, the last one is kept")]
    Empty,
    /// The folder to import from cannot be read, or has gone.
    #[error("{path}: {reason}")]
    Folder {
        /// The folder.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// The hours in which media are fetched have ended.
    #[error("the hours for downloads are over")]
    Closed,
    /// An administrator chose another generation during the look.
    #[error("another generation was chosen meanwhile")]
    Switched,
    /// The data folder refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SyncError {
    /// A short code for status files.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Locked => "locked",
            Self::Root { .. } => "no_root",
            Self::Client(_) | Self::Thread(_) => "client",
            Self::Fault(fault) => fault.code(),
            Self::Refused(TrustError::Expired { .. }) => "expired",
            Self::Refused(TrustError::Transport { .. }) => "incomplete",
            Self::Refused(TrustError::NoRoot { .. }) => "no_root",
            Self::Refused(_) => "refused",
            Self::Empty => "empty",
            Self::Folder { .. } => "unreadable",
            Self::Closed => "closed",
            Self::Switched => "switched",
            Self::Store(error) if error.is_disk_full() => "disk_full",
            Self::Store(_) => "disk",
        }
    }

    /// Another source of the same repository may do better.
    #[must_use]
    pub const fn is_of_the_source(&self) -> bool {
        match self {
            Self::Refused(error) => {
                !matches!(error, TrustError::NoRoot { .. } | TrustError::Store { .. })
            }
            Self::Fault(_) => true,
            _ => false,
        }
    }

    /// The fault, when a server's is the reason.
    #[must_use]
    pub const fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Fault(fault) => Some(fault),
            _ => None,
        }
    }

    /// How long the server asks to be left alone.
    #[must_use]
    pub const fn pause(&self) -> Option<std::time::Duration> {
        match self {
            Self::Fault(Fault::Busy { pause }) => *pause,
            _ => None,
        }
    }
}
