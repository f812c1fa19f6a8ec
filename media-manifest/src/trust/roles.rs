//! The signed parts of the roles, as far as the client reads them. Fields it does not know are
//! covered by the signature and otherwise left alone (specification 4.1).

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::document::{Document, malformed};
use super::error::{Role, TrustError};
use super::keyring::{self, Keys, Signers};
use super::names;
use super::target::{Hashes, Listed};

/// What every role says of itself.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Header {
    #[serde(rename = "_type")]
    kind: String,
    spec_version: String,
    pub(super) version: NonZeroU64,
    pub(super) expires: Timestamp,
}

/// The root of trust (4.3).
#[derive(Clone, Debug, Deserialize)]
pub(super) struct RootRole {
    #[serde(flatten)]
    pub(super) header: Header,
    pub(super) consistent_snapshot: bool,
    pub(super) keys: Keys,
    pub(super) roles: TopLevel,
}

/// Signers of the top-level roles.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct TopLevel {
    pub(super) root: Signers,
    pub(super) timestamp: Signers,
    pub(super) snapshot: Signers,
    pub(super) targets: Signers,
}

/// The timestamp (4.6).
#[derive(Clone, Debug, Deserialize)]
pub(super) struct TimestampRole {
    #[serde(flatten)]
    pub(super) header: Header,
    meta: SnapshotOnly,
}

#[derive(Clone, Debug, Deserialize)]
struct SnapshotOnly {
    #[serde(rename = "snapshot.json")]
    snapshot: MetaFile,
}

/// The snapshot (4.4).
#[derive(Clone, Debug, Deserialize)]
pub(super) struct SnapshotRole {
    #[serde(flatten)]
    pub(super) header: Header,
    pub(super) meta: BTreeMap<String, MetaFile>,
}

/// What is said of a role's file.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct MetaFile {
    pub(super) version: NonZeroU64,
    pub(super) length: Option<u64>,
    pub(super) hashes: Option<Hashes>,
}

/// A targets role, top-level or delegated (4.5).
#[derive(Clone, Debug, Deserialize)]
pub(super) struct TargetsRole {
    #[serde(flatten)]
    pub(super) header: Header,
    pub(super) targets: BTreeMap<String, Listed>,
    pub(super) delegations: Option<Delegations>,
}

/// Whom a targets role lets speak, in order.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Delegations {
    pub(super) keys: Keys,
    #[serde(default)]
    pub(super) roles: Vec<Delegation>,
}

/// One delegated role.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Delegation {
    pub(super) name: String,
    #[serde(flatten)]
    pub(super) signers: Signers,
    pub(super) terminating: bool,
    pub(super) paths: Option<Vec<String>>,
    pub(super) path_hash_prefixes: Option<Vec<String>>,
}

/// A role's signed part.
pub(super) trait Contents: DeserializeOwned {
    /// Value of `_type`.
    const KIND: &'static str;

    fn header(&self) -> &Header;

    /// Checks beyond the types.
    fn check(&self, _role: &Role) -> Result<(), TrustError> {
        Ok(())
    }

    /// Reads and checks the signed part of a document.
    fn read(document: &Document) -> Result<Self, TrustError> {
        let contents: Self = document.contents()?;
        let header = contents.header();
        if header.kind != Self::KIND {
            let reason = format!("its type is {:?}", header.kind);
            return Err(malformed(&document.role, &reason));
        }
        if header.spec_version.split('.').next() != Some("1") {
            let reason = format!("its specification is {:?}", header.spec_version);
            return Err(malformed(&document.role, &reason));
        }
        contents.check(&document.role)?;
        Ok(contents)
    }

    fn version(&self) -> u64 {
        self.header().version.get()
    }
}

impl Contents for RootRole {
    const KIND: &'static str = "root";

    fn header(&self) -> &Header {
        &self.header
    }

    fn check(&self, role: &Role) -> Result<(), TrustError> {
        keyring::check_ids(role, &self.keys)
    }
}

impl Contents for TimestampRole {
    const KIND: &'static str = "timestamp";

    fn header(&self) -> &Header {
        &self.header
    }
}

impl TimestampRole {
    pub(super) const fn snapshot(&self) -> &MetaFile {
        &self.meta.snapshot
    }
}

impl Contents for SnapshotRole {
    const KIND: &'static str = "snapshot";

    fn header(&self) -> &Header {
        &self.header
    }
}

impl Contents for TargetsRole {
    const KIND: &'static str = "targets";

    fn header(&self) -> &Header {
        &self.header
    }

    fn check(&self, role: &Role) -> Result<(), TrustError> {
        let Some(delegations) = &self.delegations else {
            return Ok(());
        };
        keyring::check_ids(role, &delegations.keys)?;
        for (index, delegation) in delegations.roles.iter().enumerate() {
            let doubled = delegations.roles[..index]
                .iter()
                .any(|other| other.name == delegation.name);
            if doubled || !names::is_delegable(&delegation.name) {
                let reason = format!("it delegates to {:?}", delegation.name);
                return Err(malformed(role, &reason));
            }
            if delegation.paths.is_some() == delegation.path_hash_prefixes.is_some() {
                let reason = format!(
                    "role {:?} needs either paths or path_hash_prefixes",
                    delegation.name
                );
                return Err(malformed(role, &reason));
            }
        }
        Ok(())
    }
}
