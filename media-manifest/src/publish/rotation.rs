//! Keys that change, partners that leave, signatures that age.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;

use super::authority::Authority;
use super::bench::{Contents, body, header};
use super::held::{self, Held};
use super::roles::Order;
use super::root::{self, NAMES, ONLINE};
use super::{
    Keys, Outcome, Prepared, PublicKey, PublishError, carry_out, files, partners, policy, signed,
};

/// A key of the root's that gives way to another.
#[derive(Clone, Debug)]
pub struct Replacement {
    /// Name or beginning of the fingerprint of the key that goes; a role that has one key.
    pub old: String,
    /// The key that comes.
    pub new: PublicKey,
}

/// The first root of a repository, from its public keys: `root-1` to `root-3`, `targets`,
/// `snapshot`, `timestamp`. It waits for signatures.
///
/// # Errors
/// A key is missing.
pub fn first_root(keys: Vec<PublicKey>, now: Timestamp) -> Result<Prepared, PublishError> {
    let keys: BTreeMap<_, _> = keys
        .into_iter()
        .map(|key| (key.name.clone(), key))
        .collect();
    let signed = root_header(root::first_body(&keys)?, 1, now);
    Prepared::root(None, &signed)
}

/// The root after the one published, with some keys replaced and a new end of validity. It waits
/// for signatures: of enough keys of the root before, and of its own.
///
/// # Errors
/// The repository has no root, or a key named is not in it.
pub fn next_root(
    repository: &Path,
    replacements: &[Replacement],
    now: Timestamp,
) -> Result<Prepared, PublishError> {
    let held = held::read(repository)?;
    let before = held.root.ok_or_else(|| unpublished(repository))?;
    let mut next = body(&before.signed);
    for replacement in replacements {
        replace(&mut next, replacement)?;
    }
    let version = before.version().saturating_add(1);
    Prepared::root(Some(&before), &root_header(next, version, now))
}

fn root_header(body: Value, version: u64, now: Timestamp) -> Value {
    let contents = Contents {
        name: "root",
        kind: "root",
        life: policy::ROOT,
        body,
    };
    header(&contents, version, now)
}

fn replace(body: &mut Value, replacement: &Replacement) -> Result<(), PublishError> {
    let (role, id) = found(body, &replacement.old).ok_or_else(|| PublishError::UnknownKey {
        name: replacement.old.clone(),
    })?;
    if let Some(ids) = body["roles"][role]["keyids"].as_array_mut() {
        ids.retain(|known| *known != id.as_str());
    }
    for field in ["keys", NAMES] {
        if let Some(fields) = body[field].as_object_mut() {
            fields.remove(&id);
        }
    }
    root::add_key(body, role, &replacement.new);
    Ok(())
}

/// The role and the identifier of one key of a root, by its name, by its role or by the beginning
/// of its fingerprint; nothing when several answer.
fn found(body: &Value, named: &str) -> Option<(&'static str, String)> {
    let bare: String = named.chars().filter(|char| *char != ' ').collect();
    let mut found = Vec::new();
    for role in ["root"].into_iter().chain(ONLINE) {
        let ids = Authority::of(body, role).ids();
        let alone = ids.len() == 1;
        for id in ids {
            let by_name = body[NAMES][&id] == named || (alone && role == named);
            // Eight characters tell any two keys of a root apart.
            let by_print = bare.len() >= 8 && id.starts_with(&bare);
            if by_name || by_print {
                found.push((role, id));
            }
        }
    }
    found.pop().filter(|_| found.is_empty())
}

/// A partner's role with the same catalogue, for another year or for another key. It waits for its
/// signature.
///
/// # Errors
/// The repository has no such partner.
pub fn partner_again(
    repository: &Path,
    partner: &str,
    key: Option<&PublicKey>,
    now: Timestamp,
) -> Result<Prepared, PublishError> {
    let held = held::read(repository)?;
    let absent = || no_partner(partner);
    let role = held.partners.get(partner).ok_or_else(absent)?;
    let signers = match key {
        Some(key) => Authority::one(&key.key),
        None => partners::signers(&held, partner).ok_or_else(absent)?,
    };
    let contents = Contents {
        name: partner,
        kind: "targets",
        life: policy::TARGETS,
        body: body(&role.signed),
    };
    let catalogue = held::catalogue(repository, partner, role)?.ok_or_else(absent)?;
    signed::waiting(&contents, &catalogue, &signers, repository, &held, now)
}

/// A partner leaves: the network no longer lets it speak, and its videos go from bornes when they
/// next look.
///
/// # Errors
/// The repository has no such partner, or a key is missing.
pub fn retire(
    repository: &Path,
    partner: &str,
    keys: &Keys,
    now: Timestamp,
) -> Result<Outcome, PublishError> {
    let ((), outcome) = changed(repository, keys, now, |held, order| {
        if !held.partners.contains_key(partner) {
            return Err(no_partner(partner));
        }
        order.retired.push(partner.to_owned());
        Ok(())
    })?;
    Ok(outcome)
}

/// Signs anew what ages, with the keys at hand. No media is read: a timer can do it.
///
/// # Errors
/// A key that is needed at once is missing.
pub fn renew(repository: &Path, keys: &Keys, now: Timestamp) -> Result<Outcome, PublishError> {
    let ((), outcome) = changed(repository, keys, now, |_, _| Ok(()))?;
    Ok(outcome)
}

/// Changes what is published, and signs it; gives what the change gave, and what was published.
pub(super) fn changed<T>(
    repository: &Path,
    keys: &Keys,
    now: Timestamp,
    change: impl FnOnce(&Held, &mut Order<'_>) -> Result<T, PublishError>,
) -> Result<(T, Outcome), PublishError> {
    if !repository.join("metadata").is_dir() {
        return Err(unpublished(repository));
    }
    let _lock = files::lock(repository)?;
    let held = held::read(repository)?;
    if held.targets.is_none() {
        return Err(unpublished(repository));
    }
    let mut order = Order::renewal(keys, now);
    let given = change(&held, &mut order)?;
    let mut outcome = Outcome::default();
    carry_out(&order, repository, &held, &mut outcome, &mut |_| {})?;
    Ok((given, outcome))
}

fn no_partner(partner: &str) -> PublishError {
    PublishError::NoPartner {
        partner: partner.to_owned(),
    }
}

pub(super) fn unpublished(repository: &Path) -> PublishError {
    PublishError::Unpublished {
        path: repository.to_owned(),
    }
}
