use crate::http::Fault;
use crate::store::{PartError, StoreError};

/// Why a file is not in the store.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    /// The server's answer, or none.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// What came is not what was signed.
    #[error(transparent)]
    Part(#[from] PartError),
    /// The answer is compressed, although that was declined.
    #[error("the answer has the encoding {0}")]
    Encoded(String),
    /// There is no address that could be asked.
    #[error("no address")]
    NoSource,
    /// The folder to import from does not give it.
    #[error("{0}")]
    Unreadable(String),
    /// The hours in which media are fetched are over.
    #[error("the hours for downloads are over")]
    Closed,
}

impl From<StoreError> for DownloadError {
    fn from(error: StoreError) -> Self {
        Self::Part(error.into())
    }
}

impl DownloadError {
    /// Why the video is "indisponible", as a short code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Fault(fault) => fault.code(),
            Self::Part(PartError::Store(error)) if error.is_disk_full() => "disk_full",
            Self::Part(PartError::TooLong { .. } | PartError::TooShort { .. }) => "wrong_length",
            Self::Part(PartError::WrongHash { .. }) => "wrong_hash",
            Self::Part(PartError::Store(_)) => "disk",
            Self::Encoded(_) => "encoded",
            Self::NoSource => "no_address",
            Self::Unreadable(_) => "unreadable",
            Self::Closed => "closed",
        }
    }

    /// The server serves something else than was signed: asking again soon is in vain.
    pub const fn is_wrong_content(&self) -> bool {
        matches!(
            self,
            Self::Encoded(_)
                | Self::Part(
                    PartError::TooLong { .. }
                        | PartError::TooShort { .. }
                        | PartError::WrongHash { .. }
                )
        )
    }
}
