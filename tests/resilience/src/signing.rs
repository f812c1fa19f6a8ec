//! Metadata signed as a test wants them: by whom it should not be, with versions that go back, with
//! catalogues no publisher would let through.

use std::fs;
use std::path::PathBuf;

use media_manifest::publish::document;
use serde_json::{Value, json};

use crate::repository::{Repository, key, sha256};

impl Repository {
    /// The file of a role's newest version.
    #[must_use]
    pub fn role_file(&self, role: &str) -> PathBuf {
        if role == "timestamp" {
            return self.role_path(role, 0);
        }
        let versions = (1..).take_while(|version| self.role_path(role, *version).exists());
        self.role_path(role, versions.last().unwrap())
    }

    /// The file of a version of a role; the timestamp has only one.
    #[must_use]
    pub fn role_path(&self, role: &str, version: u64) -> PathBuf {
        let escaped = role
            .replace('/', "%2F")
            .replace('?', "%3F")
            .replace('#', "%23");
        let name = match role {
            "timestamp" => "timestamp.json".to_owned(),
            _ => format!("{version}.{escaped}.json"),
        };
        self.root().join("metadata").join(name)
    }

    /// What is served of a role: its signed part and its signatures.
    #[must_use]
    pub fn served(&self, role: &str) -> Value {
        serde_json::from_slice(&fs::read(self.role_file(role)).unwrap()).unwrap()
    }

    /// Serves something else in place of a role's newest version.
    pub fn serve(&self, role: &str, document: &Value) {
        fs::write(self.role_file(role), document.to_string()).unwrap();
    }

    /// Changes what a role signs, signs it with its next version, and the roles above it, as their
    /// rightful owners would.
    pub fn alter(&self, role: &str, change: impl FnOnce(&mut Value)) {
        let signers = self.signers.borrow()[role].clone();
        let signers: Vec<&str> = signers.iter().map(String::as_str).collect();
        self.alter_signed_by(role, &signers, change);
    }

    /// As [`Repository::alter`], but the role itself is signed by these keys.
    pub fn alter_signed_by(&self, role: &str, signers: &[&str], change: impl FnOnce(&mut Value)) {
        let mut signed = self.served(role)["signed"].take();
        let version = signed["version"].as_u64().unwrap() + 1;
        signed["version"] = version.into();
        change(&mut signed);
        self.sign(role, &signed, signers);
    }

    /// Signs the contents of a role, and the roles above it.
    pub fn sign(&self, role: &str, signed: &Value, signers: &[&str]) {
        let keys: Vec<_> = signers.iter().map(|name| key(name)).collect();
        let bytes = document(signed, &keys.iter().collect::<Vec<_>>()).unwrap();
        let version = signed["version"].as_u64().unwrap();
        fs::write(self.role_path(role, version), bytes).unwrap();
        let above = match role {
            "root" | "timestamp" => return,
            "snapshot" => "timestamp",
            _ => "snapshot",
        };
        self.announce(above, role, version);
    }

    /// Makes the role above announce a version of a role, as its owner would.
    pub fn announce(&self, above: &str, role: &str, version: u64) {
        let bytes = fs::read(self.role_path(role, version)).unwrap();
        let meta = json!({
            "version": version,
            "length": bytes.len(),
            "hashes": { "sha256": sha256(&bytes) },
        });
        self.alter(above, |signed| {
            signed["meta"][format!("{role}.json")] = meta;
        });
    }

    /// Changes the keys of a role in the next root, signed by the keys of the root before and after.
    pub fn rotate(&self, role: &str, keys: &[&str]) {
        let mut signers = self.signers.borrow()["root"].clone();
        let names: Vec<String> = keys.iter().map(|name| (*name).to_owned()).collect();
        self.signers.borrow_mut().insert(role.to_owned(), names);
        signers.extend(self.signers.borrow()["root"].clone());
        signers.sort();
        signers.dedup();
        let signers: Vec<&str> = signers.iter().map(String::as_str).collect();
        self.alter_signed_by("root", &signers, |root| {
            let ids: Vec<String> = keys.iter().map(|name| key(name).id()).collect();
            for name in keys {
                root["keys"][key(name).id()] = key(name).public();
            }
            root["roles"][role]["keyids"] = json!(ids);
        });
    }

    /// A partner's catalogue as published.
    #[must_use]
    pub fn catalogue(&self, partner: &str) -> Value {
        let role = self.served(partner);
        let name = format!("{partner}/catalogue.json");
        let hash = &role["signed"]["targets"][&name]["hashes"]["sha256"];
        let file = format!(
            "targets/{partner}/{}.catalogue.json",
            hash.as_str().unwrap()
        );
        serde_json::from_slice(&fs::read(self.root().join(file)).unwrap()).unwrap()
    }

    /// Publishes bytes as a partner's catalogue, rightly signed, whatever they are.
    pub fn publish_catalogue(&self, partner: &str, bytes: &[u8]) {
        let hash = sha256(bytes);
        let file = format!("targets/{partner}/{hash}.catalogue.json");
        fs::write(self.root().join(file), bytes).unwrap();
        let target = json!({ "length": bytes.len(), "hashes": { "sha256": hash } });
        self.alter(partner, |signed| {
            signed["targets"][format!("{partner}/catalogue.json")] = target;
        });
    }

    /// Publishes a partner's catalogue with a change, rightly signed.
    pub fn change_catalogue(&self, partner: &str, change: impl FnOnce(&mut Value)) {
        let mut catalogue = self.catalogue(partner);
        change(&mut catalogue);
        self.publish_catalogue(partner, catalogue.to_string().as_bytes());
    }
}
