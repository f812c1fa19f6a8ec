//! Public keys: as files that travel, and as fingerprints that people compare.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::PublishError;
use crate::trust::replace;

/// Characters of a fingerprint that are shown: 128 bits, which nobody can find a second key for.
const SHOWN: usize = 32;

/// The public half of a key, which may be known to all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// What its holder calls it: `root-2`.
    pub name: String,
    pub(super) key: Value,
}

/// A `NAME.pub` file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    name: String,
    ed25519: String,
}

impl PublicKey {
    pub(super) fn new(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            key: listed(&hex::encode(bytes)),
        }
    }

    /// Reads a `NAME.pub` file.
    ///
    /// # Errors
    /// It cannot be read, or is no public key.
    pub fn read(path: &Path) -> Result<Self, PublishError> {
        let bytes = fs::read(path).map_err(PublishError::io(path))?;
        let form: Form = serde_json::from_slice(&bytes).map_err(|error| bad(path, &error))?;
        let point = hex::decode(&form.ed25519).map_err(|error| bad(path, &error))?;
        if point.len() != 32 || form.name.is_empty() || form.name.len() > 80 {
            return Err(bad(path, &"une clé Ed25519 a un nom et 32 octets"));
        }
        Ok(Self::new(&form.name, &point))
    }

    /// Writes a `NAME.pub` file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), PublishError> {
        let form = Form {
            name: self.name.clone(),
            ed25519: self.key["keyval"]["public"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        };
        let text = json!(form);
        replace(path, format!("{text:#}\n").as_bytes()).map_err(PublishError::io(path))
    }

    /// Its identifier in metadata: the hash of its canonical form.
    #[must_use]
    pub fn id(&self) -> String {
        id_of(&self.key)
    }
}

/// A key as metadata lists it.
fn listed(public: &str) -> Value {
    json!({
        "keytype": "ed25519",
        "scheme": "ed25519",
        "keyval": { "public": public },
    })
}

/// Identifier of a key as metadata lists it: sorted, without spaces and with ASCII only, JSON is in
/// canonical form.
pub(super) fn id_of(key: &Value) -> String {
    hex::encode(Sha256::digest(key.to_string()))
}

/// A hash as people read it aloud: eight groups of four.
#[must_use]
pub fn fingerprint(hash: &str) -> String {
    let shown: Vec<char> = hash.chars().take(SHOWN).collect();
    let groups: Vec<String> = shown.chunks(4).map(|four| four.iter().collect()).collect();
    groups.join(" ")
}

fn bad(path: &Path, reason: &impl std::fmt::Display) -> PublishError {
    PublishError::NotPublicKey {
        path: path.to_owned(),
        reason: reason.to_string(),
    }
}
