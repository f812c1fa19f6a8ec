use std::fs::File;
use std::future::Future;
use std::io::{ErrorKind, Read};
use std::path::PathBuf;

/// Why a file could not be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// The server says that there is no such file (404, or 403 as object stores answer).
    #[error("not found")]
    NotFound,
    /// The file is longer than it may be; reading stopped there.
    #[error("longer than {limit} bytes")]
    TooLong {
        /// The limit, bytes.
        limit: u64,
    },
    /// No answer, or not one to go by.
    #[error("{reason}")]
    Unreachable {
        /// What happened.
        reason: String,
        /// Trying again later can help.
        retryable: bool,
    },
}

/// Where a repository is read from.
pub trait Transport {
    /// Fetches a file whole.
    ///
    /// `path` is relative to the repository's base and already percent-encoded:
    /// `metadata/2.root.json`. It is to be appended to the base URL as it stands.
    ///
    /// # Errors
    /// [`TransportError::TooLong`] as soon as more than `limit` bytes arrive.
    fn fetch(
        &self,
        path: &str,
        limit: u64,
    ) -> impl Future<Output = Result<Vec<u8>, TransportError>> + Send;
}

/// A repository in a local folder: a USB stick, or one about to be published.
#[derive(Clone, Debug)]
pub struct Directory {
    base: PathBuf,
}

impl Directory {
    /// Reads below `base`.
    #[must_use]
    pub fn new(base: impl Into<PathBuf>) -> Self {
        Self { base: base.into() }
    }

    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, TransportError> {
        // Names are taken literally and none may leave the folder.
        if path.split('/').any(|part| part == ".." || part.is_empty()) {
            return Err(TransportError::NotFound);
        }
        let file = File::open(self.base.join(path)).map_err(|error| unreachable(&error))?;
        let mut bytes = Vec::new();
        file.take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| unreachable(&error))?;
        if bytes.len() as u64 > limit {
            return Err(TransportError::TooLong { limit });
        }
        Ok(bytes)
    }
}

impl Transport for Directory {
    fn fetch(
        &self,
        path: &str,
        limit: u64,
    ) -> impl Future<Output = Result<Vec<u8>, TransportError>> + Send {
        std::future::ready(self.read(path, limit))
    }
}

fn unreachable(error: &std::io::Error) -> TransportError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => TransportError::NotFound,
        _ => TransportError::Unreachable {
            reason: error.to_string(),
            retryable: false,
        },
    }
}
