use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::{Role, TrustError, short};
use super::{json, policy};

/// A signed document as received: nothing in it is believed yet.
pub(super) struct Document {
    pub(super) role: Role,
    /// The signed part, with every field it came with.
    pub(super) signed: Value,
    pub(super) signatures: Vec<Signature>,
}

/// A signature as received.
#[derive(Deserialize)]
pub(super) struct Signature {
    pub(super) keyid: String,
    /// Hexadecimal when it is a signature at all.
    pub(super) sig: String,
}

#[derive(Deserialize)]
struct Envelope {
    signed: Value,
    signatures: Vec<Signature>,
}

impl Document {
    /// Reads the envelope.
    pub(super) fn read(role: Role, bytes: &[u8]) -> Result<Self, TrustError> {
        let envelope = json::parse(bytes).and_then(serde_json::from_value::<Envelope>);
        match envelope {
            Err(error) => Err(malformed(&role, &error)),
            Ok(envelope) if envelope.signatures.len() > policy::SIGNATURES => {
                Err(TrustError::Limit {
                    what: "signatures",
                    limit: policy::SIGNATURES as u64,
                })
            }
            Ok(Envelope { signed, signatures }) => Ok(Self {
                role,
                signed,
                signatures,
            }),
        }
    }

    /// Reads the signed part. Only the keys of a root are read so before they are verified, since
    /// a root is signed by its own keys.
    pub(super) fn contents<T: DeserializeOwned>(&self) -> Result<T, TrustError> {
        T::deserialize(&self.signed).map_err(|error| malformed(&self.role, &error))
    }
}

pub(super) fn malformed(role: &Role, reason: &impl std::fmt::Display) -> TrustError {
    TrustError::Malformed {
        role: role.clone(),
        reason: short(reason),
    }
}
