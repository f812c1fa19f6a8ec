use jiff::civil::DateTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A dated meeting that visitors can go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Identifier within the partner, `[a-z0-9-]{1,64}`.
    pub id: String,
    /// Title as shown.
    pub title: String,
    /// What sort of meeting.
    pub kind: SessionKind,
    /// Beginning, Belgian time.
    #[schemars(with = "String")]
    pub starts: DateTime,
    /// End, Belgian time.
    #[schemars(with = "Option<String>")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<DateTime>,
    /// Where it is held: a town and a street, or "En ligne".
    pub place: String,
    /// Up to three short sentences.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// Audiences it is meant for; for everybody when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<String>,
    /// Univers it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub univers: Vec<String>,
    /// Rubrique it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rubrique: Option<String>,
    /// Videos it is about: `id` of this partner, or `partner/id`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub videos: Vec<String>,
    /// How to register, as shown: a short address to type, or a telephone number.
    pub address: String,
    /// Where to register, `https`, for a QR code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What sort of meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SessionKind {
    /// Information about a trade or a sector.
    Seance,
    /// Something is done together.
    Atelier,
    /// A midday talk.
    Cafe,
}
