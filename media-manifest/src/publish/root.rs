//! The root of a repository.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::authority::Authority;
use super::bench::{Bench, Contents, body};
use super::held::{Held, Published};
use super::{Keys, PreparedError, PublicKey, PublishError, policy};
use crate::trust;

/// Field of a root that gives keys the names their holders know. The signature covers it; clients
/// leave it alone.
pub(super) const NAMES: &str = "x-key-names";

/// The roles that a root names beside itself.
pub(super) const ONLINE: [&str; 3] = ["targets", "snapshot", "timestamp"];

impl Bench<'_> {
    /// The root in force once this publication is written: the one held, the one that was signed
    /// for it, or a new one when its keys are at hand, which between ceremonies they should not be.
    pub(super) fn root(
        &mut self,
        held: &Held,
        next: Option<&Published>,
    ) -> Result<(), PublishError> {
        let root = match (&held.root, next) {
            (held, Some(next)) => followed(held.as_ref(), next)?,
            (Some(held), None) => self.renewed_root(held)?,
            (None, None) => self.first_root()?,
        };
        let before = held.root.as_ref();
        if before.is_none_or(|before| before.version() != root.version()) {
            let name = format!("metadata/{}.root.json", root.version());
            self.new_root = Some((name, root.bytes));
            self.before = before.map(|before| before.signed.clone());
        }
        self.root = root.signed;
        Ok(())
    }

    fn renewed_root(&mut self, held: &Published) -> Result<Published, PublishError> {
        let contents = Contents {
            name: "root",
            kind: "root",
            life: policy::ROOT,
            body: body(&held.signed),
        };
        self.role(
            &contents,
            Some(held),
            &[Authority::of(&held.signed, "root")],
        )
    }

    fn first_root(&mut self) -> Result<Published, PublishError> {
        let mut publics = BTreeMap::new();
        for name in roots().chain(ONLINE.map(str::to_owned)) {
            publics.insert(name.clone(), self.keys.need(&name)?.named(&name));
        }
        let body = first_body(&publics)?;
        let authority = Authority::of(&body, "root");
        let contents = Contents {
            name: "root",
            kind: "root",
            life: policy::ROOT,
            body,
        };
        self.role(&contents, None, &[authority])
    }
}

/// The next root, which bornes that trust the one held must accept. One that is already published
/// is taken again: a publication that was cut is finished so.
fn followed(held: Option<&Published>, next: &Published) -> Result<Published, PublishError> {
    if held.is_some_and(|held| held.bytes == next.bytes) {
        return Ok(next.clone());
    }
    let expected = held.map_or(0, Published::version).saturating_add(1);
    if next.version() != expected {
        let found = next.version();
        return Err(PreparedError::NotNext { expected, found }.into());
    }
    let before = held.map(|held| held.bytes.as_slice());
    trust::check_next_root(before, &next.bytes).map_err(PublishError::Rehearsal)?;
    Ok(next.clone())
}

/// Names of the root's first keys.
pub(super) fn roots() -> impl Iterator<Item = String> {
    (1..=policy::ROOT_KEYS).map(|number| format!("root-{number}"))
}

/// A first root, from public keys by name.
pub(super) fn first_body(publics: &BTreeMap<String, PublicKey>) -> Result<Value, PublishError> {
    let need = |name: &str| publics.get(name).ok_or_else(|| super::key::missing(name));
    let mut body = json!({ "consistent_snapshot": true, "keys": {}, "roles": {}, NAMES: {} });
    body["roles"]["root"] = json!({ "keyids": [], "threshold": policy::ROOT_THRESHOLD });
    for name in roots() {
        add_key(&mut body, "root", need(&name)?);
    }
    for role in ONLINE {
        body["roles"][role] = json!({ "keyids": [], "threshold": 1 });
        add_key(&mut body, role, need(role)?);
    }
    Ok(body)
}

/// Gives a role of a root one more key.
pub(super) fn add_key(body: &mut Value, role: &str, key: &PublicKey) {
    let id = key.id();
    if let Some(ids) = body["roles"][role]["keyids"].as_array_mut() {
        ids.push(id.as_str().into());
    }
    body["keys"][&id] = key.key.clone();
    if !body[NAMES].is_object() {
        body[NAMES] = Value::Object(Map::new());
    }
    body[NAMES][&id] = key.name.as_str().into();
}

/// Keys at hand that the repository does not know would sign nothing that bornes take: said before
/// anything else is done.
pub(super) fn check_known(keys: &Keys, root: &Value) -> Result<(), PublishError> {
    for role in ONLINE {
        if keys.named_like(role) {
            Authority::of(root, role).need(role, keys)?;
        }
    }
    Ok(())
}
