//! The metadata of a publication, role by role.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, Unit};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::catalogue::Catalogue;

use super::files::Staged;
use super::held::{Held, Published};
use super::{Keys, Outcome, Publication, PublishError, SigningKey, policy, sign};

/// Signs what changed or is about to expire, and puts it in the order it must be written.
pub(super) fn stage(
    publication: &Publication<'_>,
    catalogues: Vec<Catalogue>,
    held: &Held,
    outcome: &mut Outcome,
) -> Result<Staged, PublishError> {
    let mut bench = Bench {
        keys: publication.keys,
        now: publication.now,
        outcome,
        staged: Staged::default(),
    };
    bench.root(held.root.as_ref())?;
    let mut roles = bench.partners(catalogues, held)?;
    let targets = bench.targets(publication, &roles, held)?;
    roles.insert("targets".into(), targets);
    let snapshot = bench.snapshot(&roles, held)?;
    bench.timestamp(&snapshot, held)?;
    Ok(bench.staged)
}

/// What a role is signed as.
pub(super) struct Contents<'a> {
    pub(super) name: &'a str,
    pub(super) kind: &'a str,
    pub(super) life: SignedDuration,
    /// All but type, versions and date.
    pub(super) body: Value,
}

/// Where roles are signed.
pub(super) struct Bench<'a> {
    pub(super) keys: &'a Keys,
    now: Timestamp,
    pub(super) outcome: &'a mut Outcome,
    pub(super) staged: Staged,
}

impl Bench<'_> {
    /// Partners of this publication, and those of the repository as they are.
    fn partners(
        &mut self,
        catalogues: Vec<Catalogue>,
        held: &Held,
    ) -> Result<BTreeMap<String, Published>, PublishError> {
        let mut roles = held.partners.clone();
        for catalogue in catalogues {
            let id = catalogue.partner.clone();
            let key = self.keys.need(&format!("partner-{id}"))?;
            let file = format!("{id}/catalogue.json");
            let target = self.target(&file, &catalogue)?;
            let contents = Contents {
                name: &id,
                kind: "targets",
                life: policy::TARGETS,
                body: json!({ "targets": { &file: target } }),
            };
            let published = self.role(&contents, held.partners.get(&id), &[key])?;
            self.keep(&id, &published, held.partners.get(&id));
            roles.insert(id, published);
        }
        Ok(roles)
    }

    fn targets(
        &mut self,
        publication: &Publication<'_>,
        partners: &BTreeMap<String, Published>,
        held: &Held,
    ) -> Result<Published, PublishError> {
        let target = self.target("classification.json", publication.classification)?;
        let contents = Contents {
            name: "targets",
            kind: "targets",
            life: policy::TARGETS,
            body: json!({
                "targets": { "classification.json": target },
                "delegations": self.delegations(partners, held.targets.as_ref())?,
            }),
        };
        let key = self.keys.need("targets")?;
        let published = self.role(&contents, held.targets.as_ref(), &[key])?;
        self.keep("targets", &published, held.targets.as_ref());
        Ok(published)
    }

    /// One role for each partner, which may speak for its own folder only. A partner whose key is
    /// not at hand keeps the delegation it has.
    fn delegations(
        &self,
        partners: &BTreeMap<String, Published>,
        held: Option<&Published>,
    ) -> Result<Value, PublishError> {
        let mut keys = BTreeMap::new();
        let mut roles = Vec::new();
        for id in partners.keys() {
            let name = format!("partner-{id}");
            let (role, known) = match (self.keys.get(&name), held) {
                (Some(key), _) => (delegation(id, &[key.id()]), vec![(key.id(), key.public())]),
                (None, Some(held)) => delegated(&held.signed["delegations"], id),
                (None, None) => {
                    return Err(self.keys.need(&name).err().unwrap_or_else(|| unknown(id)));
                }
            };
            keys.extend(known);
            roles.push(role);
        }
        Ok(json!({ "keys": keys, "roles": roles }))
    }

    fn snapshot(
        &mut self,
        roles: &BTreeMap<String, Published>,
        held: &Held,
    ) -> Result<Published, PublishError> {
        let meta: BTreeMap<_, _> = roles
            .iter()
            .map(|(name, role)| (format!("{name}.json"), meta(role)))
            .collect();
        let contents = Contents {
            name: "snapshot",
            kind: "snapshot",
            life: policy::SNAPSHOT,
            body: json!({ "meta": meta }),
        };
        let key = self.keys.need("snapshot")?;
        let published = self.role(&contents, held.snapshot.as_ref(), &[key])?;
        self.keep("snapshot", &published, held.snapshot.as_ref());
        Ok(published)
    }

    fn timestamp(&mut self, snapshot: &Published, held: &Held) -> Result<(), PublishError> {
        let contents = Contents {
            name: "timestamp",
            kind: "timestamp",
            life: policy::TIMESTAMP,
            body: json!({ "meta": { "snapshot.json": meta(snapshot) } }),
        };
        let key = self.keys.need("timestamp")?;
        let published = self.role(&contents, held.timestamp.as_ref(), &[key])?;
        let before = held.timestamp.as_ref().map(Published::version);
        if before != Some(published.version()) {
            self.staged
                .add("metadata/timestamp.json".into(), published.bytes);
        }
        Ok(())
    }

    /// Stages a role's file under its version, when it is new.
    fn keep(&mut self, name: &str, role: &Published, held: Option<&Published>) {
        let version = role.version();
        if held.map(Published::version) != Some(version) {
            self.staged.add(
                format!("metadata/{version}.{name}.json"),
                role.bytes.clone(),
            );
        }
    }

    /// Stages a target's file and says what a role lists of it.
    fn target(&mut self, name: &str, value: &impl serde::Serialize) -> Result<Value, PublishError> {
        let mut bytes = serde_json::to_vec(value).map_err(|error| PublishError::Repository {
            path: name.into(),
            reason: error.to_string(),
        })?;
        bytes.push(b'\n');
        let hash = hex::encode(Sha256::digest(&bytes));
        let listed = json!({ "length": bytes.len(), "hashes": { "sha256": &hash } });
        let (folder, file) = name
            .rsplit_once('/')
            .map_or(("", name), |(folder, file)| (folder, file));
        let slash = if folder.is_empty() { "" } else { "/" };
        self.staged
            .add(format!("targets/{folder}{slash}{hash}.{file}"), bytes);
        Ok(listed)
    }

    /// The role as published before when it says the same and lasts, else its next version.
    pub(super) fn role(
        &mut self,
        contents: &Contents<'_>,
        held: Option<&Published>,
        keys: &[&SigningKey],
    ) -> Result<Published, PublishError> {
        if let Some(held) = held
            && body(&held.signed) == contents.body
            && !self.is_old(held, contents.life)
        {
            return Ok(held.clone());
        }
        let version = held.map_or(0, Published::version).saturating_add(1);
        let expires = (self.now + contents.life)
            .round(Unit::Second)
            .unwrap_or(self.now);
        let mut signed = contents.body.clone();
        signed["_type"] = contents.kind.into();
        signed["spec_version"] = policy::SPEC_VERSION.into();
        signed["version"] = version.into();
        signed["expires"] = expires.to_string().into();
        let bytes = sign::document(&signed, keys)?;
        self.outcome
            .signed
            .push((contents.name.to_owned(), version));
        Ok(Published { signed, bytes })
    }

    pub(super) fn is_old(&self, role: &Published, life: SignedDuration) -> bool {
        let expires = role.signed["expires"].as_str().unwrap_or_default();
        expires.parse::<Timestamp>().is_ok_and(|expires| {
            let left = expires.duration_since(self.now);
            left.as_secs_f64() < life.as_secs_f64() * policy::RENEW_BELOW
        })
    }
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

fn meta(role: &Published) -> Value {
    json!({
        "version": role.version(),
        "length": role.bytes.len(),
        "hashes": { "sha256": hex::encode(Sha256::digest(&role.bytes)) },
    })
}

fn delegation(id: &str, keyids: &[String]) -> Value {
    json!({
        "name": id,
        "keyids": keyids,
        "threshold": 1,
        "paths": [format!("{id}/*")],
        "terminating": true,
    })
}

/// A delegation as published, with its keys.
fn delegated(delegations: &Value, id: &str) -> (Value, Vec<(String, Value)>) {
    let roles = delegations["roles"].as_array();
    let role = roles.and_then(|roles| roles.iter().find(|role| role["name"] == id));
    let role = role.cloned().unwrap_or_else(|| delegation(id, &[]));
    let ids = role["keyids"].as_array().into_iter().flatten();
    let keys = ids
        .filter_map(Value::as_str)
        .map(|id| (id.to_owned(), delegations["keys"][id].clone()))
        .collect();
    (role, keys)
}

fn unknown(partner: &str) -> PublishError {
    PublishError::ForeignKey {
        name: format!("partner-{partner}"),
    }
}
