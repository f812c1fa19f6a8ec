//! Secrets of 256 bits: tokens of bornes and identifiers of sessions.

use std::fmt;

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::entropy::{Entropy, EntropyError};

/// A random secret; only its [`Digest`] is ever stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl Secret {
    /// Draws a new secret.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn generate(entropy: &Entropy) -> Result<Self, EntropyError> {
        let mut bytes = [0; 32];
        entropy(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// Reads 64 hexadecimal digits; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// The secret itself, as 64 hexadecimal digits: for its holder only.
    #[must_use]
    pub fn reveal(&self) -> String {
        hex::encode(self.0)
    }

    /// What the store keeps.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest(Sha256::digest(self.0).into())
    }

    /// A value that only the holder of the secret can show, bound to one purpose.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Digest {
        let mut hasher = Sha256::new();
        hasher.update(self.0);
        hasher.update(purpose.as_bytes());
        Digest(hasher.finalize().into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

/// SHA-256 of a secret; 256 random bits need no slow hash.
#[derive(Clone, Copy, Debug)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first bytes: finds a row without comparing the whole.
    #[must_use]
    pub fn key(&self) -> [u8; 8] {
        let mut key = [0; 8];
        key.copy_from_slice(&self.0[..8]);
        key
    }

    /// Compares in constant time.
    #[must_use]
    pub fn matches(&self, other: &[u8]) -> bool {
        self.0.ct_eq(other).into()
    }

    /// As hexadecimal digits.
    #[must_use]
    pub fn to_hex(&self) -> String {
        hex::encode(self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn what_is_revealed_parses_back_and_debug_says_nothing() {
        let entropy: Entropy = Arc::new(|buffer| {
            buffer.fill(7);
            Ok(())
        });
        let secret = Secret::generate(&entropy).unwrap();
        assert_eq!(Secret::parse(&secret.reveal()), Some(secret.clone()));
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert!(secret.digest().matches(secret.digest().bytes()));
        assert!(!secret.digest().matches(secret.derive("form").bytes()));
    }

    #[test]
    fn anything_but_64_digits_is_no_secret() {
        for text in ["", "00", &"z".repeat(64), &"0".repeat(65)] {
            assert_eq!(Secret::parse(text), None, "{text:?}");
        }
    }
}
