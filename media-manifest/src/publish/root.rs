//! The root of a repository.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::held::Published;
use super::roles::{Bench, Contents, body};
use super::{PublishError, SigningKey, policy};

impl Bench<'_> {
    /// The root: made with a new repository, signed anew when it is about to expire and its keys
    /// are at hand, which between ceremonies they should not be.
    pub(super) fn root(&mut self, held: Option<&Published>) -> Result<(), PublishError> {
        let signers = self.keys.roots();
        let at_hand = signers.len() as u64 >= policy::ROOT_THRESHOLD;
        if let Some(held) = held {
            self.check_known(held)?;
            if !at_hand {
                if self.is_old(held, policy::ROOT) {
                    self.outcome.expiring.push("root".into());
                }
                return Ok(());
            }
        } else if !at_hand {
            self.keys.need("root-1")?;
            self.keys.need("root-2")?;
        }
        let contents = Contents {
            name: "root",
            kind: "root",
            life: policy::ROOT,
            body: match held {
                Some(held) => body(&held.signed),
                None => self.root_body(&signers)?,
            },
        };
        let published = self.role(&contents, held, &signers)?;
        if held.is_none_or(|held| held.version() != published.version()) {
            let name = format!("metadata/{}.root.json", published.version());
            self.staged.add(name, published.bytes);
        }
        Ok(())
    }

    fn root_body(&self, roots: &[&SigningKey]) -> Result<Value, PublishError> {
        let mut keys: BTreeMap<_, _> = roots.iter().map(|key| (key.id(), key.public())).collect();
        let ids: Vec<_> = roots.iter().map(|key| key.id()).collect();
        let mut roles = Map::new();
        let root = json!({ "keyids": ids, "threshold": policy::ROOT_THRESHOLD });
        roles.insert("root".into(), root);
        for name in ["targets", "snapshot", "timestamp"] {
            let key = self.keys.need(name)?;
            keys.insert(key.id(), key.public());
            let role = json!({ "keyids": [key.id()], "threshold": 1 });
            roles.insert(name.into(), role);
        }
        Ok(json!({ "consistent_snapshot": true, "keys": keys, "roles": roles }))
    }

    /// The keys at hand must be those of the repository, or bornes would refuse all of it.
    fn check_known(&self, root: &Published) -> Result<(), PublishError> {
        for name in ["targets", "snapshot", "timestamp"] {
            let id = self.keys.need(name)?.id();
            let ids = root.signed["roles"][name]["keyids"].as_array();
            if !ids.is_some_and(|ids| ids.iter().any(|known| *known == id.as_str())) {
                let name = name.to_owned();
                return Err(PublishError::ForeignKey { name });
            }
        }
        Ok(())
    }
}
