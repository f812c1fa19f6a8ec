//! A borne that keeps what it has seen, and the ceremonies of a network.

use std::fs;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use tempfile::{TempDir, tempdir};

use super::Network;
use crate::publish::{
    Keys, Outcome, Prepared, PublicKey, PublishError, Replacement, next_root, publish_signed,
};
use crate::trust::{Client, Datastore, Directory, Now, TrustError, Update};

/// A borne that was given the first root and looks now and again.
pub struct Borne {
    store: TempDir,
    root: Vec<u8>,
}

impl Borne {
    pub fn of(network: &Network) -> Self {
        Self {
            store: tempdir().unwrap(),
            root: fs::read(network.repository().join("metadata/1.root.json")).unwrap(),
        }
    }

    pub fn look(&self, network: &Network) -> Result<Update, TrustError> {
        let now = Now {
            time: network.now,
            check_expiry: true,
        };
        let store = Datastore::init(self.store.path(), &self.root).unwrap();
        let mut client = Client::new(Directory::new(network.repository()), store, now);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(async {
            client.refresh().await?;
            Ok(client.catalogue(None).await?.into_inner())
        })
    }

    /// Version of a role that it trusts.
    pub fn trusts(&self, role: &str) -> u64 {
        let bytes = fs::read(self.store.path().join(format!("{role}.json"))).unwrap();
        let document: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        document["signed"]["version"].as_u64().unwrap()
    }
}

impl Network {
    pub fn keys_folder(&self) -> PathBuf {
        self.folder.path().join("keys")
    }

    pub fn keys(&self) -> Keys {
        Keys::read(&self.keys_folder()).unwrap()
    }

    pub fn public(&self, name: &str) -> PublicKey {
        PublicKey::read(&self.keys_folder().join(format!("{name}.pub"))).unwrap()
    }

    /// Makes one more key in the folder of keys.
    pub fn new_key(&self, name: &str, seed: u8) -> PublicKey {
        let mut fill = |bytes: &mut [u8; 32]| {
            *bytes = [seed; 32];
            Ok(())
        };
        Keys::create_named(&self.keys_folder(), &[name.to_owned()], &mut fill).unwrap();
        self.public(name)
    }

    /// Takes keys out of the folder, as when they are lost or elsewhere.
    pub fn lose(&self, names: &[&str]) {
        for name in names {
            let path = self.keys_folder().join(format!("{name}.pem"));
            fs::rename(&path, path.with_extension("elsewhere")).unwrap();
        }
    }

    pub fn find(&self, names: &[&str]) {
        for name in names {
            let path = self.keys_folder().join(format!("{name}.elsewhere"));
            fs::rename(&path, path.with_extension("pem")).unwrap();
        }
    }

    pub fn wait(&mut self, days: i64) {
        self.now += SignedDuration::from_hours(24 * days);
    }

    pub fn time(&self) -> Timestamp {
        self.now
    }

    /// The next root with keys replaced, signed by the keys at hand.
    pub fn next_root(&self, replaced: &[(&str, &PublicKey)]) -> Prepared {
        let replacements: Vec<_> = replaced
            .iter()
            .map(|(old, new)| Replacement {
                old: (*old).to_owned(),
                new: (*new).clone(),
            })
            .collect();
        let mut root = next_root(&self.repository(), &replacements, self.now).unwrap();
        root.examine(self.now).unwrap();
        root.sign(&self.keys()).unwrap();
        root
    }

    pub fn publish_signed(&self, role: &Prepared) -> Result<Outcome, PublishError> {
        self.publish_with(role, None)
    }

    pub fn publish_with(
        &self,
        role: &Prepared,
        key: Option<&PublicKey>,
    ) -> Result<Outcome, PublishError> {
        let keys = self.keys();
        publish_signed(role, key, &keys, &self.repository(), self.now, &mut |_| {})
    }
}
