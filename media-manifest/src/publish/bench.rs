//! Where roles are signed, one by one.

use std::path::Path;

use jiff::{SignedDuration, Timestamp, Unit};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::authority::Authority;
use super::files::Staged;
use super::held::{self, Held, Published};
use super::roles::{Order, listed, target_bytes};
use super::{Keys, Outcome, PublishError, SigningKey, partners, policy, sign};

/// What a role is signed as.
pub(super) struct Contents<'a> {
    pub(super) name: &'a str,
    pub(super) kind: &'a str,
    pub(super) life: SignedDuration,
    /// All but type, versions and date.
    pub(super) body: Value,
}

impl Contents<'_> {
    /// Name of its key.
    fn key(&self) -> String {
        if self.kind == self.name {
            return self.name.to_owned();
        }
        partners::key_name(self.name)
    }
}

/// Where roles are signed.
pub(super) struct Bench<'a> {
    pub(super) keys: &'a Keys,
    now: Timestamp,
    repository: &'a Path,
    pub(super) outcome: &'a mut Outcome,
    staged: Staged,
    /// The root in force once all is written.
    pub(super) root: Value,
    /// The root in force until then, when it is another.
    pub(super) before: Option<Value>,
    /// The file of the root, when it is new.
    pub(super) new_root: Option<(String, Vec<u8>)>,
    /// Whoever trusts the root before believes everything that is staged.
    pub(super) bridged: bool,
    /// No borne that trusts the root believes a version it has seen: versions may start again.
    pub(super) restarts: bool,
}

const TIMESTAMP: &str = "metadata/timestamp.json";

impl<'a> Bench<'a> {
    pub(super) fn new(order: &Order<'a>, repository: &'a Path, outcome: &'a mut Outcome) -> Self {
        Self {
            keys: order.keys,
            now: order.now,
            repository,
            outcome,
            staged: Staged::default(),
            root: Value::Null,
            before: None,
            new_root: None,
            bridged: true,
            restarts: false,
        }
    }
}

impl Bench<'_> {
    /// Stages a role's file under its version, when it is new.
    pub(super) fn keep(&mut self, name: &str, role: &Published, held: Option<&Published>) {
        if held.is_none_or(|held| held.bytes != role.bytes) {
            let path = match name {
                "timestamp" => TIMESTAMP.to_owned(),
                _ => format!("metadata/{}.{name}.json", role.version()),
            };
            self.staged.add(path, role.bytes.clone());
        }
    }

    /// Stages a target's file and says what a role lists of it.
    pub(super) fn target(
        &mut self,
        name: &str,
        value: &impl serde::Serialize,
    ) -> Result<Value, PublishError> {
        let bytes = target_bytes(name, value)?;
        let listed = listed(&bytes);
        self.file(name, bytes);
        Ok(listed)
    }

    /// Stages a target's file under its hash.
    pub(super) fn file(&mut self, name: &str, bytes: Vec<u8>) {
        let hash = hex::encode(Sha256::digest(&bytes));
        let path = match name.rsplit_once('/') {
            Some((folder, file)) => format!("targets/{folder}/{hash}.{file}"),
            None => format!("targets/{hash}.{name}"),
        };
        self.staged.add(path, bytes);
    }

    /// The role as published before when it says the same, lasts and is signed by those who may;
    /// else its next version. The first of `signers` must sign; the others do where their keys are
    /// at hand.
    pub(super) fn role(
        &mut self,
        contents: &Contents<'_>,
        held: Option<&Published>,
        signers: &[Authority],
    ) -> Result<Published, PublishError> {
        if let Some(held) = held
            && body(&held.signed) == contents.body
            && self.is_signed(held, signers)
            && !(self.restarts && held.version() >= policy::VERSION_CEILING)
        {
            if !is_old(held, contents.life, self.now) {
                return Ok(held.clone());
            }
            if !signers.iter().any(|all| all.can_sign(self.keys)) {
                self.outcome.expiring.push(contents.name.to_owned());
                return Ok(held.clone());
            }
        }
        let keys = self.signing(&contents.key(), signers)?;
        let version = self.next_version(contents.name, held)?;
        let signed = header(contents, version, self.now);
        let bytes = sign::document(&signed, &keys)?;
        let name = contents.name.to_owned();
        self.outcome.signed.push((name, version));
        Ok(Published { signed, bytes })
    }

    fn is_signed(&self, held: &Published, signers: &[Authority]) -> bool {
        signers.iter().enumerate().all(|(index, all)| {
            let needed = index == 0 || all.can_sign(self.keys);
            !needed || all.has_signed(&held.bytes)
        })
    }

    fn signing(&self, name: &str, signers: &[Authority]) -> Result<Vec<&SigningKey>, PublishError> {
        let mut listed = crate::trust::Keys::new();
        for (index, all) in signers.iter().enumerate() {
            if index == 0 {
                all.need(name, self.keys)?;
            }
            listed.extend(all.keys.clone());
        }
        Ok(self.keys.of(&listed))
    }

    fn next_version(&self, name: &str, held: Option<&Published>) -> Result<u64, PublishError> {
        let version = held.map_or(0, Published::version);
        if version < policy::VERSION_CEILING {
            return Ok(version.saturating_add(1));
        }
        if self.restarts {
            return Ok(held::highest(self.repository, name)?.saturating_add(1));
        }
        let role = name.to_owned();
        Err(PublishError::RanAhead { role, version })
    }

    /// Whether no key that the root trusts has signed the timestamp and the snapshot held.
    pub(super) fn both_replaced(&self, held: &Held) -> bool {
        ["timestamp", "snapshot"].iter().all(|name| {
            let signers = Authority::of(&self.root, name);
            held.top_level(name)
                .is_some_and(|role| signers.signed(&role.bytes).is_empty())
        })
    }

    /// The files in an order in which whoever reads between two of them finds a repository.
    ///
    /// The timestamp makes the others visible, so it comes last of them. A new root comes after it
    /// when those who trust the old one believe the timestamp too; otherwise just before it.
    pub(super) fn in_order(mut self) -> Staged {
        let Some((name, bytes)) = self.new_root.take() else {
            return self.staged;
        };
        let last = self.staged.0.last().map(|(name, _)| name.as_str());
        let at = match (self.bridged && self.before.is_some(), last) {
            (false, Some(TIMESTAMP)) => self.staged.0.len().saturating_sub(1),
            _ => self.staged.0.len(),
        };
        self.staged.0.insert(at, (name, bytes));
        self.staged
    }
}

/// A role's signed part.
pub(super) fn header(contents: &Contents<'_>, version: u64, now: Timestamp) -> Value {
    let expires = (now + contents.life).round(Unit::Second).unwrap_or(now);
    let mut signed = contents.body.clone();
    signed["_type"] = contents.kind.into();
    signed["spec_version"] = policy::SPEC_VERSION.into();
    signed["version"] = version.into();
    signed["expires"] = expires.to_string().into();
    signed
}

/// The end of a role's validity.
pub(super) fn expires(role: &Published) -> Option<Timestamp> {
    role.signed["expires"].as_str()?.parse().ok()
}

/// Less than half of its life is left.
pub(super) fn is_old(role: &Published, life: SignedDuration, now: Timestamp) -> bool {
    expires(role).is_none_or(|expires| {
        let left = expires.duration_since(now);
        left.as_secs_f64() < life.as_secs_f64() * policy::RENEW_BELOW
    })
}

/// A signed part without what every signing changes.
pub(super) fn body(signed: &Value) -> Value {
    let mut body = signed.clone();
    if let Some(fields) = body.as_object_mut() {
        for name in ["_type", "spec_version", "version", "expires"] {
            fields.remove(name);
        }
    }
    body
}
