//! Who may sign what.

use serde_json::Value;

use super::{Keys, PublishError, SigningKey};
use crate::trust;

/// The keys of a role and how many of them must sign.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authority {
    /// Public keys by identifier.
    pub(super) keys: trust::Keys,
    /// Signatures needed.
    pub(super) threshold: u64,
}

impl Authority {
    /// Who signs a top-level role, as a root says.
    pub(super) fn of(root: &Value, role: &str) -> Self {
        Self::listed(&root["roles"][role], &root["keys"])
    }

    /// Who signs a partner's role, as the network's role says; nobody without a delegation.
    pub(super) fn delegated(targets: &Value, partner: &str) -> Option<Self> {
        let delegations = &targets["delegations"];
        let mut roles = delegations["roles"].as_array()?.iter();
        let role = roles.find(|role| role["name"] == partner)?;
        Some(Self::listed(role, &delegations["keys"]))
    }

    /// One key alone.
    pub(super) fn one(key: &Value) -> Self {
        Self {
            keys: [(super::public::id_of(key), key.clone())].into(),
            threshold: 1,
        }
    }

    fn listed(role: &Value, keys: &Value) -> Self {
        let ids = role["keyids"].as_array().into_iter().flatten();
        let known = |id: &str| Some((id.to_owned(), keys.get(id)?.clone()));
        Self {
            keys: ids.filter_map(Value::as_str).filter_map(known).collect(),
            // What says nothing of a threshold lets nobody sign.
            threshold: role["threshold"].as_u64().unwrap_or(u64::MAX),
        }
    }

    /// Identifiers of its keys.
    pub(super) fn ids(&self) -> Vec<String> {
        self.keys.keys().cloned().collect()
    }

    /// Those of its keys that signed a document.
    pub(super) fn signed(&self, bytes: &[u8]) -> Vec<String> {
        trust::signed_by(bytes, &self.ids(), &self.keys)
    }

    /// Whether enough of its keys signed a document.
    pub(super) fn has_signed(&self, bytes: &[u8]) -> bool {
        self.threshold > 0 && self.signed(bytes).len() as u64 >= self.threshold
    }

    /// Its keys at hand.
    pub(super) fn at_hand<'k>(&self, keys: &'k Keys) -> Vec<&'k SigningKey> {
        keys.of(&self.keys)
    }

    /// Whether enough of its keys are at hand.
    pub(super) fn can_sign(&self, keys: &Keys) -> bool {
        self.threshold > 0 && self.at_hand(keys).len() as u64 >= self.threshold
    }

    /// The keys that sign a role for it, or which one is missing.
    pub(super) fn need<'k>(
        &self,
        name: &str,
        keys: &'k Keys,
    ) -> Result<Vec<&'k SigningKey>, PublishError> {
        if self.can_sign(keys) {
            return Ok(self.at_hand(keys));
        }
        if keys.named_like(name) {
            let name = name.to_owned();
            return Err(PublishError::ForeignKey { name });
        }
        Err(super::key::missing(name))
    }
}
