//! A role that waits for signatures: one file that travels to those who hold the keys.

mod change;
mod error;
mod form;
mod standing;

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::authority::Authority;
use super::held::Published;
use super::{Keys, PublishError, fingerprint};
use crate::trust::{self, canonical_form, replace};

pub use change::{Change, KeyName};
pub use error::PreparedError;
pub use standing::Standing;

/// Version of the file's form.
const FORMAT: u32 = 1;

/// A root or a partner's role as it will be published once enough keys have signed it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prepared {
    format: u32,
    /// `root`, or a partner's identifier.
    role: String,
    /// The document it replaces, as published.
    before: Option<Value>,
    /// The document to be signed, with the signatures it has so far.
    after: Value,
    /// Who signs a partner's role; a root says so itself.
    signers: Option<Listed>,
    /// A partner's catalogues, byte for byte.
    catalogues: Option<Catalogues>,
}

/// An authority as the file lists it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    keys: trust::Keys,
    threshold: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogues {
    before: Option<String>,
    after: String,
}

impl Prepared {
    /// A root without signatures.
    pub(super) fn root(before: Option<&Published>, signed: &Value) -> Result<Self, PublishError> {
        Ok(Self {
            format: FORMAT,
            role: "root".to_owned(),
            before: before.map(envelope).transpose()?,
            after: json!({ "signatures": [], "signed": signed }),
            signers: None,
            catalogues: None,
        })
    }

    /// A partner's role without signatures, with the catalogue that it lists and, where it is
    /// still there, the old one.
    pub(super) fn partner(
        role: &str,
        before: Option<&Published>,
        old: Option<String>,
        signed: &Value,
        catalogue: &[u8],
        authority: &Authority,
    ) -> Result<Self, PublishError> {
        Ok(Self {
            format: FORMAT,
            role: role.to_owned(),
            before: before.map(envelope).transpose()?,
            after: json!({ "signatures": [], "signed": signed }),
            signers: Some(Listed {
                keys: authority.keys.clone(),
                threshold: authority.threshold,
            }),
            catalogues: Some(Catalogues {
                before: old,
                after: String::from_utf8_lossy(catalogue).into_owned(),
            }),
        })
    }

    /// Reads a prepared role.
    ///
    /// # Errors
    /// It cannot be read, or is something else.
    pub fn read(path: &Path) -> Result<Self, PublishError> {
        let bytes = fs::read(path).map_err(PublishError::io(path))?;
        let read: Result<Self, _> = serde_json::from_slice(&bytes);
        let unreadable = |reason: String| PreparedError::Unreadable {
            path: path.to_owned(),
            reason,
        };
        let prepared = read.map_err(|error| unreadable(error.to_string()))?;
        if prepared.format != FORMAT {
            return Err(unreadable(format!("format {}", prepared.format)).into());
        }
        Ok(prepared)
    }

    /// Writes a prepared role, whole or not at all.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), PublishError> {
        let text = json!(self);
        super::files::make_folder(path)?;
        replace(path, format!("{text:#}\n").as_bytes()).map_err(PublishError::io(path))
    }

    /// `root`, or the partner's identifier.
    #[must_use]
    pub fn role(&self) -> &str {
        &self.role
    }

    /// Its version.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.after["signed"]["version"].as_u64().unwrap_or_default()
    }

    /// Fingerprint of what is signed: the same on every machine that shows it.
    ///
    /// # Errors
    /// It cannot be signed at all.
    pub fn fingerprint(&self) -> Result<String, PreparedError> {
        fingerprint_of(&self.after["signed"]).ok_or_else(|| error::strange("il n'est pas signable"))
    }

    /// Fingerprint of what it replaces: what `status` shows of the repository.
    #[must_use]
    pub fn fingerprint_before(&self) -> Option<String> {
        fingerprint_of(&self.before.as_ref()?["signed"])
    }

    /// What differs from before, once every part of it has been understood and is allowed.
    ///
    /// # Errors
    /// Something in it is not understood, or nobody should sign it.
    pub fn examine(&self, now: Timestamp) -> Result<Vec<Change>, PreparedError> {
        match (&self.catalogues, &self.signers) {
            (None, None) if self.role == "root" => {
                form::root(self.before.as_ref(), &self.after, now)
            }
            (Some(catalogues), Some(_)) => {
                let files = (catalogues.before.as_deref(), catalogues.after.as_str());
                form::partner(&self.role, self.before.as_ref(), &self.after, files, now)
            }
            _ => Err(error::strange(
                "le fichier n'est ni une racine ni le rôle d'un partenaire",
            )),
        }
    }

    /// Adds the signatures of the keys at hand that may sign it; those it has from them are made
    /// anew. Gives the keys that signed.
    ///
    /// # Errors
    /// None of the keys at hand may sign it.
    pub fn sign(&mut self, keys: &Keys) -> Result<Vec<KeyName>, PreparedError> {
        let form = self.form()?;
        let mut signed = Vec::new();
        for authority in self.authorities() {
            for key in authority.at_hand(keys) {
                let name = self.name(&key.id());
                if !signed.contains(&name) {
                    self.put(&name.id, &hex::encode(key.sign(&form)));
                    signed.push(name);
                }
            }
        }
        if signed.is_empty() {
            return Err(PreparedError::NoKey);
        }
        Ok(signed)
    }

    fn put(&mut self, id: &str, signature: &str) {
        if let Some(signatures) = self.after["signatures"].as_array_mut() {
            signatures.retain(|held| held["keyid"] != id);
            signatures.push(json!({ "keyid": id, "sig": signature }));
        }
    }

    /// Takes over the signatures of another copy of the same file, which was signed elsewhere.
    ///
    /// # Errors
    /// The other file asks for something else.
    pub fn join(&mut self, other: &Self) -> Result<(), PreparedError> {
        if self.role != other.role || self.form()? != other.form()? {
            return Err(PreparedError::Different);
        }
        let bytes = other.document();
        for authority in self.authorities() {
            for id in authority.signed(&bytes) {
                let signatures = other.after["signatures"].as_array();
                let mut signatures = signatures.into_iter().flatten();
                let found = signatures.find(|held| held["keyid"] == id.as_str());
                if let Some(signature) = found.and_then(|held| held["sig"].as_str()) {
                    self.put(&id, signature);
                }
            }
        }
        Ok(())
    }

    /// The document as it would be published.
    pub(super) fn published(&self) -> Published {
        Published {
            signed: self.after["signed"].clone(),
            bytes: self.document(),
        }
    }

    /// The catalogue that a partner's role lists.
    pub(super) fn catalogue(&self) -> Option<&str> {
        Some(self.catalogues.as_ref()?.after.as_str())
    }

    fn document(&self) -> Vec<u8> {
        format!("{:#}\n", self.after).into_bytes()
    }

    fn form(&self) -> Result<Vec<u8>, PreparedError> {
        canonical_form(&self.after["signed"]).map_err(|reason| error::strange(&reason))
    }

    fn authorities(&self) -> Vec<Authority> {
        if let Some(listed) = &self.signers {
            return vec![Authority {
                keys: listed.keys.clone(),
                threshold: listed.threshold,
            }];
        }
        let roots = self.before.iter().chain([&self.after]);
        roots
            .map(|root| Authority::of(&root["signed"], "root"))
            .collect()
    }

    fn name(&self, id: &str) -> KeyName {
        let roots = [Some(&self.after), self.before.as_ref()];
        let mut roots = roots.into_iter().flatten();
        let named = roots.find_map(|root| root["signed"][super::root::NAMES][id].as_str());
        KeyName::new(named.unwrap_or(&self.role), id)
    }
}

fn envelope(published: &Published) -> Result<Value, PublishError> {
    serde_json::from_slice(&published.bytes).map_err(|error| PublishError::Repository {
        path: "metadata".into(),
        reason: error.to_string(),
    })
}

/// Fingerprint of a signed part, which its signatures do not change.
pub(super) fn fingerprint_of(signed: &Value) -> Option<String> {
    let form = canonical_form(signed).ok()?;
    Some(fingerprint(&hex::encode(Sha256::digest(form))))
}
