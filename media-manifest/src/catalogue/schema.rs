use schemars::JsonSchema;

use super::{Catalogue, Classification};

/// Both files of the format, so that one schema describes them.
#[derive(JsonSchema)]
#[schemars(rename = "catalogue.json ou classification.json", untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum File {
    /// Target `PARTNER/catalogue.json`.
    Catalogue(Catalogue),
    /// Target `classification.json`.
    Classification(Classification),
}

/// JSON schema of the format, made from its types.
///
/// # Errors
/// The schema cannot be written as JSON.
pub fn schema() -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(&schemars::schema_for!(File))
}
