use serde_json::{Value, json};

use super::{PublishError, SigningKey};
use crate::trust::canonical_form;

/// A signed document: the envelope with a signature by each key.
///
/// # Errors
/// The contents have no canonical form: they hold a number that is not whole.
pub fn document(signed: &Value, keys: &[&SigningKey]) -> Result<Vec<u8>, PublishError> {
    let form = canonical_form(signed).map_err(|reason| PublishError::Repository {
        path: "metadata".into(),
        reason,
    })?;
    let signatures: Vec<Value> = keys
        .iter()
        .map(|key| json!({ "keyid": key.id(), "sig": hex::encode(key.sign(&form)) }))
        .collect();
    let envelope = json!({ "signatures": signatures, "signed": signed });
    // Readable: people look at metadata when something is wrong.
    Ok(format!("{envelope:#}\n").into_bytes())
}
