//! A repository in memory, signed as a test wants it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::publish::{SigningKey, document};
use crate::trust::{Transport, TransportError};

const EXPIRES: &str = "2026-07-01T00:00:00Z";

/// What is served, and what was asked for.
#[derive(Clone, Default)]
pub struct Memory {
    files: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Transport for Memory {
    async fn fetch(&self, path: &str, limit: u64) -> Result<Vec<u8>, TransportError> {
        self.requests.lock().unwrap().push(path.to_owned());
        match self.files.lock().unwrap().get(path) {
            None => Err(TransportError::NotFound),
            Some(bytes) if bytes.len() as u64 > limit => Err(TransportError::TooLong { limit }),
            Some(bytes) => Ok(bytes.clone()),
        }
    }
}

/// Roles as they will be signed next, and their keys.
pub struct Repository {
    pub roles: BTreeMap<String, Value>,
    pub keys: BTreeMap<String, Vec<SigningKey>>,
    pub initial_root: Vec<u8>,
    served: Memory,
    published: BTreeMap<String, u64>,
    next_seed: u8,
}

impl Repository {
    /// A repository of version 1 in everything, with no targets.
    pub fn new() -> Self {
        let mut repository = Self {
            roles: BTreeMap::new(),
            keys: BTreeMap::new(),
            initial_root: Vec::new(),
            served: Memory::default(),
            published: BTreeMap::new(),
            next_seed: 0,
        };
        let header = |kind: &str, body: Value| {
            let mut signed = body;
            signed["_type"] = kind.into();
            signed["spec_version"] = "1.0.33".into();
            signed["version"] = 1.into();
            signed["expires"] = EXPIRES.into();
            signed
        };
        let root = json!({ "consistent_snapshot": true, "keys": {}, "roles": {} });
        repository.roles.insert("root".into(), header("root", root));
        for (role, body) in [
            ("timestamp", json!({ "meta": {} })),
            ("snapshot", json!({ "meta": {} })),
            (
                "targets",
                json!({ "targets": {}, "delegations": { "keys": {}, "roles": [] } }),
            ),
        ] {
            repository.roles.insert(role.into(), header(role, body));
        }
        for role in ["root", "timestamp", "snapshot", "targets"] {
            repository.add_key(role);
        }
        repository.publish(&["targets", "snapshot", "timestamp", "root"]);
        repository.initial_root = repository.served("metadata/1.root.json");
        repository
    }

    pub fn transport(&self) -> Memory {
        self.served.clone()
    }

    /// What was asked for since the last call.
    pub fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.served.requests.lock().unwrap())
    }

    pub fn served(&self, path: &str) -> Vec<u8> {
        self.served.files.lock().unwrap()[path].clone()
    }

    pub fn serve(&self, path: &str, bytes: impl Into<Vec<u8>>) {
        let mut files = self.served.files.lock().unwrap();
        files.insert(path.to_owned(), bytes.into());
    }

    pub fn withdraw(&self, path: &str) {
        self.served.files.lock().unwrap().remove(path);
    }

    /// The signed part of a role, to change before publishing.
    pub fn role(&mut self, role: &str) -> &mut Value {
        self.roles.get_mut(role).unwrap()
    }

    pub fn new_key(&mut self) -> SigningKey {
        self.next_seed += 1;
        SigningKey::from_seed(&[self.next_seed; 32]).unwrap()
    }

    /// Gives a top-level role one more key.
    pub fn add_key(&mut self, role: &str) {
        let key = self.new_key();
        let root = self.role("root");
        root["keys"][key.id()] = key.public();
        if root["roles"][role].is_null() {
            root["roles"][role] = json!({ "keyids": [], "threshold": 1 });
        }
        let ids = root["roles"][role]["keyids"].as_array_mut().unwrap();
        ids.push(key.id().into());
        self.keys.entry(role.to_owned()).or_default().push(key);
    }

    /// Replaces all keys of a top-level role by a new one.
    pub fn rotate(&mut self, role: &str) {
        self.keys.remove(role);
        self.role("root")["roles"][role]["keyids"] = json!([]);
        self.add_key(role);
    }

    /// Adds a delegated role to a targets role.
    pub fn delegate(&mut self, from: &str, name: &str, paths: &[&str], terminating: bool) {
        let key = self.new_key();
        let delegations = &mut self.role(from)["delegations"];
        delegations["keys"][key.id()] = key.public();
        delegations["roles"].as_array_mut().unwrap().push(json!({
            "name": name,
            "keyids": [key.id()],
            "threshold": 1,
            "paths": paths,
            "terminating": terminating,
        }));
        self.keys.entry(name.to_owned()).or_default().push(key);
        let mut targets = self.roles["targets"].clone();
        targets["version"] = 1.into();
        targets["targets"] = json!({});
        targets["delegations"] = json!({ "keys": {}, "roles": [] });
        self.roles.entry(name.to_owned()).or_insert(targets);
    }

    /// Lists a target in a role and serves it.
    pub fn target(&mut self, role: &str, name: &str, bytes: &[u8]) {
        let hash = hex::encode(Sha256::digest(bytes));
        let listed = json!({ "length": bytes.len(), "hashes": { "sha256": hash } });
        self.role(role)["targets"][name] = listed;
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let slash = if folder.is_empty() { "" } else { "/" };
        self.serve(&format!("targets/{folder}{slash}{hash}.{file}"), bytes);
    }

    /// Signs and serves roles in order, each with its next version unless it is new.
    pub fn publish(&mut self, roles: &[&str]) {
        for role in roles {
            if self.published.contains_key(*role) {
                let version = self.roles[*role]["version"].as_u64().unwrap() + 1;
                self.role(role)["version"] = version.into();
            }
            self.publish_as_is(role);
        }
    }

    /// Signs and serves a role with the version it has.
    pub fn publish_as_is(&mut self, role: &str) {
        let bytes = self.sign(role);
        let version = self.roles[role]["version"].as_u64().unwrap();
        self.serve(&Self::path(role, version), bytes);
        self.published.insert(role.to_owned(), version);
        let meta = json!({ "version": version });
        match role {
            "root" | "timestamp" => {}
            "snapshot" => self.role("timestamp")["meta"]["snapshot.json"] = meta,
            _ => self.role("snapshot")["meta"][format!("{role}.json")] = meta,
        }
    }

    pub fn sign(&self, role: &str) -> Vec<u8> {
        let keys: Vec<_> = self.keys[role].iter().collect();
        document(&self.roles[role], &keys).unwrap()
    }

    fn path(role: &str, version: u64) -> String {
        let escaped = role
            .replace('/', "%2F")
            .replace('?', "%3F")
            .replace('#', "%23");
        match role {
            "timestamp" => "metadata/timestamp.json".to_owned(),
            _ => format!("metadata/{version}.{escaped}.json"),
        }
    }
}
