use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256, Sha512};

use super::TrustError;

/// Hashes by algorithm, in hexadecimal.
pub(super) type Hashes = BTreeMap<String, String>;

/// A target as a role lists it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Listed {
    pub(super) length: u64,
    pub(super) hashes: Hashes,
}

/// What a trusted role says of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub(super) name: String,
    pub(super) length: u64,
    pub(super) hashes: Hashes,
    /// Version of the role that lists it.
    pub(super) version: u64,
}

impl Target {
    /// Its name, with folders.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its length, bytes.
    #[must_use]
    pub const fn length(&self) -> u64 {
        self.length
    }

    /// Whether these bytes are the target.
    ///
    /// # Errors
    /// [`TrustError::Mismatch`] says what differs; so does a target with no hash that can be
    /// checked.
    pub fn check(&self, bytes: &[u8]) -> Result<(), TrustError> {
        check(&self.name, bytes, Some(self.length), Some(&self.hashes))
    }

    /// The hash that prefixes its file's name when snapshots are consistent. What is no hash leads
    /// nowhere.
    pub(super) fn prefix(&self) -> Option<&str> {
        [("sha256", 64), ("sha512", 128)]
            .iter()
            .find_map(|(algorithm, digits)| {
                let hash = self.hashes.get(*algorithm)?;
                let is_hash =
                    hash.len() == *digits && hash.bytes().all(|it| it.is_ascii_hexdigit());
                is_hash.then_some(hash.as_str())
            })
    }
}

/// Compares bytes with the length and hashes signed for them. All hashes of known algorithms must
/// match, and one at least must be known where hashes are given.
pub(super) fn check(
    object: &str,
    bytes: &[u8],
    length: Option<u64>,
    hashes: Option<&Hashes>,
) -> Result<(), TrustError> {
    if let Some(length) = length
        && length != bytes.len() as u64
    {
        let reason = format!("{} bytes instead of {length}", bytes.len());
        return Err(mismatch(object, reason));
    }
    let Some(hashes) = hashes else { return Ok(()) };
    let mut known = 0;
    for (algorithm, expected) in hashes {
        let Some(found) = digest(algorithm, bytes) else {
            continue;
        };
        known += 1;
        if !found.eq_ignore_ascii_case(expected) {
            return Err(mismatch(object, format!("its {algorithm} is {found}")));
        }
    }
    if known == 0 {
        return Err(mismatch(object, "no hash of a known algorithm".into()));
    }
    Ok(())
}

fn digest(algorithm: &str, bytes: &[u8]) -> Option<String> {
    match algorithm {
        "sha256" => Some(hex::encode(Sha256::digest(bytes))),
        "sha512" => Some(hex::encode(Sha512::digest(bytes))),
        _ => None,
    }
}

fn mismatch(object: &str, reason: String) -> TrustError {
    TrustError::Mismatch {
        object: object.to_owned(),
        reason,
    }
}
