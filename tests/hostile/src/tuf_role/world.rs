//! A repository with one partner, in versions 1 and 2.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use media_manifest::catalogue::FORMAT;
use media_manifest::publish::{SigningKey, document};
use media_manifest::trust::{Transport, TransportError};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::catalogue::classification;

/// The roles in the order in which a client reads them; the last is a partner.
pub(super) const ROLES: [&str; 5] = ["root", "timestamp", "snapshot", "targets", "demonstration"];

/// When the client looks.
pub(super) const NOW: &str = "2026-06-15T12:00:00Z";

const EXPIRES: &str = "2026-07-01T00:00:00Z";

const PARTNER: &str = "demonstration";

/// What is served, by path.
#[derive(Clone)]
pub(super) struct Served {
    world: Arc<BTreeMap<String, Vec<u8>>>,
    /// The role under trial, by its path.
    offered: (String, Vec<u8>),
}

impl Transport for Served {
    async fn fetch(&self, path: &str, limit: u64) -> Result<Vec<u8>, TransportError> {
        let (offered, bytes) = &self.offered;
        let bytes = if path == offered {
            bytes
        } else {
            self.world.get(path).ok_or(TransportError::NotFound)?
        };
        if bytes.len() as u64 > limit {
            return Err(TransportError::TooLong { limit });
        }
        Ok(bytes.clone())
    }
}

/// The genuine roles.
pub(super) struct World {
    keys: BTreeMap<&'static str, SigningKey>,
    /// What is signed, all roles in both versions.
    signed: Vec<Value>,
    /// Each role as a document, versions 1 and 2.
    documents: BTreeMap<&'static str, [Vec<u8>; 2]>,
    files: Arc<BTreeMap<String, Vec<u8>>>,
}

impl World {
    pub(super) fn new() -> Self {
        let keys: BTreeMap<_, _> = ROLES.into_iter().zip(1_u8..).collect();
        let key = |seed| SigningKey::from_seed(&[seed; 32]).expect("a key");
        let mut world = Self {
            keys: keys
                .into_iter()
                .map(|(role, seed)| (role, key(seed)))
                .collect(),
            signed: Vec::new(),
            documents: BTreeMap::new(),
            files: Arc::default(),
        };
        for role in ROLES {
            let versions = [1, 2].map(|version| world.role(role, version));
            let key = &world.keys[role];
            let documents = versions
                .each_ref()
                .map(|signed| document(signed, &[key]).expect("a document"));
            world.signed.extend(versions);
            world.documents.insert(role, documents);
        }
        world.files = Arc::new(world.published());
        world
    }

    /// Version 2 as it is served; there is no new root.
    fn published(&self) -> BTreeMap<String, Vec<u8>> {
        let roles = ROLES.into_iter().filter(|role| *role != "root");
        let roles = roles.map(|role| (path(role, 2), self.documents[role][1].clone()));
        let targets = targets().into_iter();
        let targets = targets.map(|(name, bytes)| (target_path(name, &bytes), bytes));
        roles.chain(targets).collect()
    }

    /// A role as it is offered: as it stands, or with signatures put to it. `None` when there is
    /// nothing to sign.
    pub(super) fn offer(&self, role: &str, bytes: &[u8], signs: bool) -> Option<Vec<u8>> {
        if !signs {
            return Some(bytes.to_vec());
        }
        let signed = serde_json::from_slice(bytes).ok()?;
        document(&signed, &[&self.keys[role]]).ok()
    }

    /// Makes a client trust version 1.
    pub(super) fn settle(&self, folder: &Path) {
        for (role, [first, _]) in &self.documents {
            fs::write(folder.join(format!("{role}.json")), first).expect("a file");
        }
    }

    /// The repository of version 2 with this in the place of a role.
    pub(super) fn serve(&self, role: &str, offered: &[u8]) -> Served {
        Served {
            world: Arc::clone(&self.files),
            offered: (path(role, 2), offered.to_vec()),
        }
    }

    /// A role as it is signed, version 1 or 2.
    #[cfg(test)]
    pub(super) fn document(&self, role: &str, version: usize) -> &[u8] {
        &self.documents[role][version - 1]
    }

    pub(super) fn is_genuine(&self, role: &str, bytes: &[u8]) -> bool {
        self.documents[role].iter().any(|genuine| genuine == bytes)
    }

    /// Whether this has been signed here, whatever the role.
    pub(super) fn has_signed(&self, signed: &Value) -> bool {
        self.signed.contains(signed)
    }

    fn role(&self, role: &str, version: u64) -> Value {
        let mut signed = match role {
            "root" => self.root(),
            "timestamp" => json!({ "meta": { "snapshot.json": { "version": version } } }),
            "snapshot" => json!({ "meta": {
                "targets.json": { "version": version },
                "demonstration.json": { "version": version },
            } }),
            "targets" => self.targets(),
            _ => json!({ "targets": listed(1) }),
        };
        signed["_type"] = match role {
            PARTNER => "targets".into(),
            role => role.into(),
        };
        signed["spec_version"] = "1.0.33".into();
        signed["version"] = version.into();
        signed["expires"] = EXPIRES.into();
        signed
    }

    fn root(&self) -> Value {
        let mut root = json!({ "consistent_snapshot": true, "keys": {}, "roles": {} });
        for (role, key) in self.keys.iter().filter(|(role, _)| **role != PARTNER) {
            root["keys"][key.id()] = key.public();
            root["roles"][role] = json!({ "keyids": [key.id()], "threshold": 1 });
        }
        root
    }

    fn targets(&self) -> Value {
        let key = &self.keys[PARTNER];
        let mut keys = json!({});
        keys[key.id()] = key.public();
        json!({ "targets": listed(0), "delegations": { "keys": keys, "roles": [{
            "name": PARTNER, "keyids": [key.id()], "threshold": 1,
            "paths": ["demonstration/*"], "terminating": true,
        }] } })
    }
}

/// The classification, and the catalogue of the partner.
fn targets() -> [(&'static str, Vec<u8>); 2] {
    let classification = serde_json::to_vec(classification()).expect("a classification is JSON");
    let item = json!({ "video": "autre/pain" });
    let playlist = json!({ "id": "p", "title": "Le pain", "items": [item] });
    let catalogue = json!({
        "format": FORMAT, "partner": PARTNER, "partner_name": "Démonstration",
        "issued": "2026-06-01", "videos": [], "playlists": [playlist],
    });
    [
        ("classification.json", classification),
        (
            "demonstration/catalogue.json",
            catalogue.to_string().into_bytes(),
        ),
    ]
}

fn listed(target: usize) -> Value {
    let (name, bytes) = &targets()[target];
    let mut listed = json!({});
    listed[name] = json!({ "length": bytes.len(), "hashes": { "sha256": digest(bytes) } });
    listed
}

fn target_path(name: &str, bytes: &[u8]) -> String {
    let digest = digest(bytes);
    match name.rsplit_once('/') {
        Some((folder, file)) => format!("targets/{folder}/{digest}.{file}"),
        None => format!("targets/{digest}.{name}"),
    }
}

fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn path(role: &str, version: u64) -> String {
    match role {
        "timestamp" => "metadata/timestamp.json".to_owned(),
        role => format!("metadata/{version}.{role}.json"),
    }
}
