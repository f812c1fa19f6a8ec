//! Who may sign a role. Keys, canonical form and signatures are tough's.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroU64;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tough::schema::decoded::{Decoded, Hex};
use tough::schema::key::Key;
use tough::schema::{self, RoleKeys, RoleType, Root, Signed};

use super::document::{Document, malformed};
use super::error::{Role, TrustError, short};

/// Public keys by identifier, as written in a root or a delegation.
pub(crate) type Keys = BTreeMap<String, Value>;

/// The keys of one role and how many of them must sign.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Signers {
    pub(super) keyids: Vec<String>,
    pub(super) threshold: NonZeroU64,
}

/// The bytes that are hashed and signed: tough's canonical JSON.
pub(crate) fn canonical_form(value: &Value) -> Result<Vec<u8>, String> {
    schema::Role::canonical_form(&Signable(value)).map_err(|error| error.to_string())
}

/// Refuses keys whose identifier is not the hash of the key (specification 4.2).
pub(super) fn check_ids(role: &Role, keys: &Keys) -> Result<(), TrustError> {
    for (id, key) in keys {
        let form = canonical_form(key).map_err(|error| malformed(role, &error))?;
        if hex::encode(Sha256::digest(form)) != *id {
            let reason = format!("key {id:?} is not named by its hash");
            return Err(malformed(role, &reason));
        }
    }
    Ok(())
}

/// Checks that enough of the signers have signed the document.
pub(super) fn verify(
    document: &Document,
    signers: &Signers,
    keys: &Keys,
) -> Result<(), TrustError> {
    let signed = Signed {
        signed: Signable(&document.signed),
        signatures: document.signatures.iter().map(signature).collect(),
    };
    authority(signers, keys)
        .verify_role(&signed)
        .map_err(|error| TrustError::Signature {
            role: document.role.clone(),
            reason: short(&error),
        })
}

/// Those of the signers whose signature on a document holds, each key once.
#[cfg(feature = "sign")]
pub(crate) fn signed_by(bytes: &[u8], keyids: &[String], keys: &Keys) -> Vec<String> {
    let Ok(document) = Document::read(Role::Targets, bytes) else {
        return Vec::new();
    };
    let all = Signers {
        keyids: keyids.to_vec(),
        threshold: NonZeroU64::MIN,
    };
    let once: Vec<_> = usable(&all, keys).into_keys().collect();
    let alone = |id: &&String| {
        let keyids = vec![(*id).clone()];
        let threshold = NonZeroU64::MIN;
        once.contains(&decoded(id))
            && verify(&document, &Signers { keyids, threshold }, keys).is_ok()
    };
    keyids.iter().filter(alone).cloned().collect()
}

/// A root that knows one role only: what tough verifies signatures with.
fn authority(signers: &Signers, keys: &Keys) -> Root {
    let usable = usable(signers, keys);
    let role = RoleKeys {
        keyids: usable.keys().cloned().collect(),
        threshold: signers.threshold,
        _extra: HashMap::new(),
    };
    Root {
        spec_version: String::new(),
        consistent_snapshot: true,
        version: NonZeroU64::MIN,
        expires: jiff::Timestamp::MIN,
        keys: usable,
        roles: HashMap::from([(RoleType::Targets, role)]),
        _extra: HashMap::new(),
    }
}

/// The signers' keys. One of an unknown kind cannot sign; one listed under two identifiers counts
/// once.
fn usable(signers: &Signers, keys: &Keys) -> HashMap<Decoded<Hex>, Key> {
    let mut publics = Vec::new();
    let mut usable = HashMap::new();
    for id in &signers.keyids {
        let Some(value) = keys.get(id) else { continue };
        let public = value.pointer("/keyval/public");
        if publics.contains(&public) {
            continue;
        }
        if let Ok(key) = Key::deserialize(value) {
            publics.push(public);
            usable.insert(decoded(id), key);
        }
    }
    usable
}

/// Any identifier as tough's type, which only compares it.
fn decoded(id: &str) -> Decoded<Hex> {
    id.as_bytes().to_vec().into()
}

/// A signature that is not hexadecimal becomes an empty one: invalid, but still seen when doubled.
fn signature(signature: &super::document::Signature) -> schema::Signature {
    schema::Signature {
        keyid: decoded(&signature.keyid),
        sig: hex::decode(&signature.sig).unwrap_or_default().into(),
    }
}

/// JSON as received, which tough can bring into canonical form.
struct Signable<'a>(&'a Value);

impl Serialize for Signable<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The trait asks for more than signatures need: only the serialised form is ever used.
impl schema::Role for Signable<'_> {
    const TYPE: RoleType = RoleType::Targets;

    fn expires(&self) -> jiff::Timestamp {
        jiff::Timestamp::MIN
    }

    fn version(&self) -> NonZeroU64 {
        NonZeroU64::MIN
    }

    fn filename(&self, _consistent_snapshot: bool) -> String {
        String::new()
    }
}
