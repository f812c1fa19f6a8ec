//! The metadata of a publication, role by role.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::catalogue::{Catalogue, Classification};
use crate::firmware::Firmware;
use crate::trust::{CLASSIFICATION, FIRMWARE};

use super::authority::Authority;
use super::bench::{Bench, Contents, body};
use super::files::Staged;
use super::held::{Held, Published};
use super::partners::{self, Partners};
use super::{Keys, Outcome, Prepared, PublishError, policy, root};

/// What is asked of a publication. Whatever it does not name stays as it is, and is signed anew
/// when it ages and its key is at hand.
pub(super) struct Order<'a> {
    pub(super) keys: &'a Keys,
    pub(super) now: Timestamp,
    /// The network's classification, when it is given.
    pub(super) classification: Option<&'a Classification>,
    /// The systems offered, when they change.
    pub(super) firmware: Option<Firmware>,
    /// Catalogues to be signed here.
    pub(super) catalogues: Vec<Catalogue>,
    /// Roles of partners that were signed elsewhere, with who may have.
    pub(super) prepared: Vec<(Prepared, Authority)>,
    /// Partners that leave.
    pub(super) retired: Vec<String>,
    /// The next root, signed.
    pub(super) root: Option<Published>,
}

impl<'a> Order<'a> {
    /// Nothing new: what ages is signed anew.
    pub(super) const fn renewal(keys: &'a Keys, now: Timestamp) -> Self {
        Self {
            keys,
            now,
            classification: None,
            firmware: None,
            catalogues: Vec::new(),
            prepared: Vec::new(),
            retired: Vec::new(),
            root: None,
        }
    }
}

/// Signs what changed or is about to expire, and puts it in the order it must be written.
pub(super) fn stage(
    order: &Order<'_>,
    repository: &Path,
    held: &Held,
    outcome: &mut Outcome,
) -> Result<Staged, PublishError> {
    let mut bench = Bench::new(order, repository, outcome);
    bench.root(held, order.root.as_ref())?;
    root::check_known(order.keys, &bench.root)?;
    bench.restarts = bench.both_replaced(held);
    if held.targets.is_some() || order.classification.is_some() {
        let partners = bench.partners(order, held)?;
        let targets = bench.targets(order, &partners, held)?;
        let snapshot = bench.snapshot(&partners, &targets, held)?;
        bench.timestamp(&snapshot, held)?;
    }
    Ok(bench.in_order())
}

impl Bench<'_> {
    fn targets(
        &mut self,
        order: &Order<'_>,
        partners: &Partners,
        held: &Held,
    ) -> Result<Published, PublishError> {
        let held = held.targets.as_ref();
        let mut body = held.map_or_else(|| json!({ "targets": {} }), |held| body(&held.signed));
        if let Some(classification) = order.classification {
            body["targets"][CLASSIFICATION] = self.target(CLASSIFICATION, classification)?;
        }
        match &order.firmware {
            Some(firmware) if firmware.releases.is_empty() => {
                if let Some(targets) = body["targets"].as_object_mut() {
                    targets.remove(FIRMWARE);
                }
            }
            Some(firmware) => body["targets"][FIRMWARE] = self.target(FIRMWARE, firmware)?,
            None => {}
        }
        body["delegations"] = partners::delegations(&partners.signers);
        self.top_level("targets", policy::TARGETS, body, held)
    }

    /// Lists every role. One that has left stays listed: bornes refuse a snapshot that forgets one.
    fn snapshot(
        &mut self,
        partners: &Partners,
        targets: &Published,
        held: &Held,
    ) -> Result<Published, PublishError> {
        let mut body = json!({ "meta": { "targets.json": meta(targets) } });
        let left = held.partners.iter().chain(&held.retired);
        for (id, role) in left.chain(&partners.roles) {
            body["meta"][format!("{id}.json")] = meta(role);
        }
        self.top_level("snapshot", policy::SNAPSHOT, body, held.snapshot.as_ref())
    }

    fn timestamp(&mut self, snapshot: &Published, held: &Held) -> Result<(), PublishError> {
        let body = json!({ "meta": { "snapshot.json": meta(snapshot) } });
        let held = held.timestamp.as_ref();
        self.top_level("timestamp", policy::TIMESTAMP, body, held)
            .map(drop)
    }

    fn top_level(
        &mut self,
        name: &str,
        life: SignedDuration,
        body: Value,
        held: Option<&Published>,
    ) -> Result<Published, PublishError> {
        let contents = Contents {
            name,
            kind: name,
            life,
            body,
        };
        let mut signers = vec![Authority::of(&self.root, name)];
        signers.extend(self.before.iter().map(|root| Authority::of(root, name)));
        let published = self.role(&contents, held, &signers)?;
        self.bridged &= signers.iter().all(|all| all.has_signed(&published.bytes));
        self.keep(name, &published, held);
        Ok(published)
    }
}

/// A target's file.
pub(super) fn target_bytes(
    name: &str,
    value: &impl serde::Serialize,
) -> Result<Vec<u8>, PublishError> {
    let mut bytes = serde_json::to_vec(value).map_err(|error| PublishError::Repository {
        path: name.into(),
        reason: error.to_string(),
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// What a role lists of a target's file.
pub(super) fn listed(bytes: &[u8]) -> Value {
    let hash = hex::encode(Sha256::digest(bytes));
    json!({ "length": bytes.len(), "hashes": { "sha256": hash } })
}

fn meta(role: &Published) -> Value {
    json!({
        "version": role.version(),
        "length": role.bytes.len(),
        "hashes": { "sha256": hex::encode(Sha256::digest(&role.bytes)) },
    })
}
