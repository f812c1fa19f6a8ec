//! Randomness, handed in as an argument everywhere else.

use std::sync::Arc;

/// Fills a buffer with random bytes.
pub type Entropy = Arc<dyn Fn(&mut [u8]) -> Result<(), EntropyError> + Send + Sync>;

/// The operating system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gave no random bytes: {0}")]
pub struct EntropyError(#[from] getrandom::Error);

/// Randomness of the operating system.
#[must_use]
pub fn system() -> Entropy {
    Arc::new(|buffer| getrandom::fill(buffer).map_err(EntropyError::from))
}
