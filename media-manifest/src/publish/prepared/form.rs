//! What may be signed, read strictly: a field that is not known here is not signed here.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::change::{self, Change, KeyName};
use super::error::{PreparedError, strange};
use crate::catalogue::Catalogue;
use crate::publish::{policy, public};

/// The top-level roles, root first.
const ROLES: [&str; 4] = ["root", "targets", "snapshot", "timestamp"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Root {
    #[serde(rename = "_type")]
    kind: String,
    spec_version: String,
    version: u64,
    expires: Timestamp,
    consistent_snapshot: bool,
    keys: BTreeMap<String, Value>,
    roles: BTreeMap<String, Signers>,
    #[serde(rename = "x-key-names", default)]
    names: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signers {
    keyids: Vec<String>,
    threshold: u64,
}

impl Signers {
    fn ids(&self) -> BTreeSet<&String> {
        self.keyids.iter().collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Partner {
    #[serde(rename = "_type")]
    kind: String,
    spec_version: String,
    version: u64,
    expires: Timestamp,
    targets: BTreeMap<String, Listed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    length: u64,
    hashes: BTreeMap<String, String>,
}

/// What a prepared root changes.
pub(super) fn root(
    before: Option<&Value>,
    after: &Value,
    now: Timestamp,
) -> Result<Vec<Change>, PreparedError> {
    let old: Option<Root> = before.map(read).transpose()?;
    let new: Root = read(after)?;
    header("root", &new.kind, &new.spec_version)?;
    follows(old.as_ref().map(|old| old.version), new.version)?;
    lasts(new.expires, now, policy::ROOT)?;
    keys(&new)?;
    thresholds(&new)?;
    let mut changes = Vec::new();
    for role in ROLES {
        of_signers(role, old.as_ref(), &new, &mut changes);
    }
    changes.push(Change::Expiry(old.map(|old| old.expires), new.expires));
    Ok(changes)
}

/// What a prepared role of a partner changes.
pub(super) fn partner(
    role: &str,
    before: Option<&Value>,
    after: &Value,
    (old, new): (Option<&str>, &str),
    now: Timestamp,
) -> Result<Vec<Change>, PreparedError> {
    if !crate::check::is_id(role) {
        return Err(strange("le nom du partenaire n'est pas un identifiant"));
    }
    let published: Option<Partner> = before.map(read).transpose()?;
    let offered: Partner = read(after)?;
    header("targets", &offered.kind, &offered.spec_version)?;
    follows(published.as_ref().map(|role| role.version), offered.version)?;
    lasts(offered.expires, now, policy::TARGETS)?;
    let before = match (&published, old) {
        (Some(published), Some(text)) => Some(catalogue(role, published, text)?),
        _ => None,
    };
    let after = catalogue(role, &offered, new)?;
    let mut changes = change::of_catalogues(before.as_ref(), &after);
    let expires = published.map(|published| published.expires);
    changes.push(Change::Expiry(expires, offered.expires));
    Ok(changes)
}

fn read<T: DeserializeOwned>(envelope: &Value) -> Result<T, PreparedError> {
    T::deserialize(&envelope["signed"])
        .map_err(|error| strange(&format!("ce programme ne comprend pas tout ({error})")))
}

fn header(kind: &str, found: &str, spec_version: &str) -> Result<(), PreparedError> {
    if found != kind || spec_version != policy::SPEC_VERSION {
        return Err(strange("ce n'est pas le format de ce programme"));
    }
    Ok(())
}

fn follows(before: Option<u64>, found: u64) -> Result<(), PreparedError> {
    let expected = before.unwrap_or_default().saturating_add(1);
    // After recovery from versions pushed up, a partner's role starts again.
    let restarts = before.is_some_and(|before| before >= policy::VERSION_CEILING)
        && (1..policy::VERSION_CEILING).contains(&found);
    if found == expected || restarts {
        return Ok(());
    }
    Err(PreparedError::NotNext { expected, found })
}

/// A signature that never ends could not be taken back.
fn lasts(expires: Timestamp, now: Timestamp, life: SignedDuration) -> Result<(), PreparedError> {
    let left = expires.duration_since(now);
    if left <= SignedDuration::ZERO {
        return Err(strange("il a expiré avant d'être signé"));
    }
    // A day more, for machines whose clocks differ.
    if left > life + SignedDuration::from_hours(24) {
        return Err(strange("il vaudrait plus longtemps que permis"));
    }
    Ok(())
}

/// Every key is an Ed25519 key under its own hash, and serves one role only.
fn keys(root: &Root) -> Result<(), PreparedError> {
    for (id, key) in &root.keys {
        let point = key["keyval"]["public"].as_str().unwrap_or_default();
        let known = key["keytype"] == "ed25519" && key["scheme"] == "ed25519" && point.len() == 64;
        if !known || public::id_of(key) != *id {
            return Err(strange("une des clés n'est pas une clé Ed25519 en ordre"));
        }
    }
    let used = root.roles.values().flat_map(|role| &role.keyids);
    let mut seen = BTreeSet::new();
    for id in used {
        if !root.keys.contains_key(id) {
            return Err(strange("une des clés manque"));
        }
        if !seen.insert(id) {
            return Err(strange("une clé servirait deux fois"));
        }
    }
    if seen.len() != root.keys.len() {
        return Err(strange("une clé ne sert à aucun rôle"));
    }
    Ok(())
}

fn thresholds(root: &Root) -> Result<(), PreparedError> {
    let expected: BTreeSet<_> = ROLES.iter().copied().collect();
    let found: BTreeSet<_> = root.roles.keys().map(String::as_str).collect();
    if expected != found || !root.consistent_snapshot {
        return Err(strange("les rôles ne sont pas ceux d'un dépôt de bornes"));
    }
    for (name, role) in &root.roles {
        let (least, keys) = match name.as_str() {
            "root" => (policy::ROOT_THRESHOLD, policy::ROOT_KEYS),
            _ => (1, 1),
        };
        let count = role.keyids.len();
        if role.threshold < least || role.threshold > count as u64 || count < keys {
            return Err(strange(&format!(
                "« {name} » demanderait {} signature(s) de {} clé(s)",
                role.threshold, count
            )));
        }
    }
    Ok(())
}

fn of_signers(role: &'static str, old: Option<&Root>, new: &Root, changes: &mut Vec<Change>) {
    let before = old.and_then(|old| old.roles.get(role));
    let after = new.roles.get(role);
    let ids = after.map(Signers::ids).unwrap_or_default();
    let had = before.map(Signers::ids).unwrap_or_default();
    let name = |id: &String| {
        let named = new.names.get(id).or_else(|| old?.names.get(id));
        KeyName::new(named.map_or(role, String::as_str), id)
    };
    changes.push(Change::Threshold {
        role,
        before: before.map(|role| role.threshold),
        after: after.map_or(0, |role| role.threshold),
        keys: ids.len(),
    });
    let sorted = |ids: Vec<&&String>| ids.into_iter().map(|id| name(id)).collect::<BTreeSet<_>>();
    let kept = sorted(ids.intersection(&had).collect());
    changes.extend(kept.into_iter().map(|key| Change::KeyKept(role, key)));
    let removed = sorted(had.difference(&ids).collect());
    changes.extend(removed.into_iter().map(|key| Change::KeyRemoved(role, key)));
    let added = sorted(ids.difference(&had).collect());
    changes.extend(added.into_iter().map(|key| Change::KeyAdded(role, key)));
}

/// The catalogue that a partner's role lists, and nothing but it.
fn catalogue(role: &str, listed: &Partner, text: &str) -> Result<Catalogue, PreparedError> {
    let name = format!("{role}/catalogue.json");
    let hash = hex::encode(Sha256::digest(text));
    let same = |target: &Listed| {
        target.length == text.len() as u64 && target.hashes == [("sha256".into(), hash)].into()
    };
    let target = listed
        .targets
        .get(&name)
        .filter(|_| listed.targets.len() == 1);
    if !target.is_some_and(same) {
        return Err(strange(
            "le catalogue joint n'est pas celui qui serait signé",
        ));
    }
    let catalogue: Catalogue = serde_json::from_str(text)
        .map_err(|error| strange(&format!("le catalogue joint n'est pas lisible ({error})")))?;
    if catalogue.partner != role {
        return Err(strange(
            "le catalogue joint est celui d'un autre partenaire",
        ));
    }
    Ok(catalogue)
}
