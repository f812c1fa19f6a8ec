//! How a repository stands: what expires, who signs, what waits for a signature.

use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use super::authority::Authority;
use super::bench::expires;
use super::held::{self, Held, Published};
use super::prepared::fingerprint_of;
use super::root::NAMES;
use super::rotation::unpublished;
use super::{KeyName, PublishError, partners, policy};
use crate::firmware::Release;

/// How a repository stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The top-level roles, root first, then partners by identifier.
    pub roles: Vec<RoleStatus>,
    /// The systems offered to bornes.
    pub firmware: Vec<Release>,
    /// Partners that have left.
    pub retired: Vec<String>,
}

impl Status {
    /// Nothing is to be done.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.roles.iter().all(|role| role.state == State::Good)
    }
}

/// How a role stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleStatus {
    /// `root`, `targets`, `snapshot`, `timestamp`, or a partner's identifier.
    pub name: String,
    /// Its version.
    pub version: u64,
    /// Fingerprint of what is signed.
    pub fingerprint: String,
    /// The end of its validity.
    pub expires: Option<Timestamp>,
    /// Its keys.
    pub keys: Vec<KeyName>,
    /// Identifiers of those that signed it.
    pub signed: Vec<String>,
    /// Signatures needed.
    pub threshold: u64,
    /// Videos of a partner.
    pub videos: Option<usize>,
    /// What is to be done.
    pub state: State,
}

/// Whether a role needs something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nothing.
    Good,
    /// Its end is near: it should have been signed anew.
    Soon,
    /// Its end has passed: bornes take nothing new of it.
    Expired,
    /// Too few of its keys have signed it.
    Unsigned,
    /// Its version was pushed up by somebody.
    RanAhead,
}

/// Reads how a repository stands. It believes nothing it reads, and changes nothing.
///
/// # Errors
/// The folder holds no repository, or a file of it is missing or damaged.
pub fn status(repository: &Path, now: Timestamp) -> Result<Status, PublishError> {
    let held = held::read(repository)?;
    let root = held.root.as_ref().ok_or_else(|| unpublished(repository))?;
    let mut roles = Vec::new();
    for (name, window) in [
        ("root", policy::ROOT_ALERT),
        ("targets", policy::TARGETS_ALERT),
        ("snapshot", policy::SNAPSHOT_ALERT),
        ("timestamp", policy::TIMESTAMP_ALERT),
    ] {
        if let Some(role) = held.top_level(name) {
            let signers = Authority::of(&root.signed, name);
            let key = |id: &String| key_name(root, id, name);
            roles.push(role_status(name, role, &signers, key, now + window, now));
        }
    }
    roles.extend(partner_roles(&held, now));
    Ok(Status {
        roles,
        firmware: held.releases().to_vec(),
        retired: held.retired.into_keys().collect(),
    })
}

fn partner_roles(held: &Held, now: Timestamp) -> impl Iterator<Item = RoleStatus> {
    held.partners.iter().map(move |(id, role)| {
        let signers = partners::signers(held, id).unwrap_or_default();
        let key = |key: &String| KeyName::new(&partners::key_name(id), key);
        let soon = now + policy::TARGETS_ALERT;
        RoleStatus {
            videos: held.catalogues.get(id).map(|all| all.videos.len()),
            ..role_status(id, role, &signers, key, soon, now)
        }
    })
}

fn key_name(root: &Published, id: &str, role: &str) -> KeyName {
    KeyName::new(root.signed[NAMES][id].as_str().unwrap_or(role), id)
}

fn role_status(
    name: &str,
    role: &Published,
    signers: &Authority,
    key: impl Fn(&String) -> KeyName,
    soon: Timestamp,
    now: Timestamp,
) -> RoleStatus {
    let expires = expires(role);
    let state = match expires {
        _ if role.version() >= policy::VERSION_CEILING => State::RanAhead,
        _ if !signers.has_signed(&role.bytes) => State::Unsigned,
        Some(end) if end > soon => State::Good,
        Some(end) if end > now => State::Soon,
        _ => State::Expired,
    };
    let mut keys: Vec<_> = signers.ids().iter().map(key).collect();
    keys.sort();
    RoleStatus {
        name: name.to_owned(),
        version: role.version(),
        fingerprint: fingerprint_of(&role.signed).unwrap_or_default(),
        expires,
        keys,
        signed: signers.signed(&role.bytes),
        threshold: signers.threshold,
        videos: None,
        state,
    }
}
