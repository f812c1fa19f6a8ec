use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Adviser, Phone};

/// How videos are classified: one for the whole network, target `classification.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Classification {
    /// [`super::FORMAT`].
    pub format: u32,
    /// Univers of trades, in the order shown.
    pub univers: Vec<Univers>,
    /// Rubriques of advice, in the order shown.
    pub rubriques: Vec<Rubrique>,
    /// "Ce que j'aime": what a visitor may like doing, in the order shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub likes: Vec<Like>,
    /// Whom sessions and playlists are meant for, in the order shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Audience>,
    /// Who answers visitors from afar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adviser: Option<Adviser>,
    /// How a visitor goes on with a video on a phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
}

/// A family of trades.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Univers {
    /// Identifier, `[a-z0-9-]{1,64}`.
    pub id: String,
    /// French name, verb first where there is one.
    pub name: String,
    /// Name of an icon of the interface's set; an unknown one shows the default.
    pub icon: String,
    /// Ground of the tile, `#RRGGBB`, at least 4.5:1 under white.
    pub colour: String,
    /// Domains of ROME 4.0 it covers, as letters or prefixes.
    #[serde(default)]
    pub rome: Vec<String>,
}

/// A chapter of advice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rubrique {
    /// Identifier, `[a-z0-9-]{1,64}`.
    pub id: String,
    /// French name.
    pub name: String,
    /// Name of an icon of the interface's set; an unknown one shows the default.
    pub icon: String,
    /// Ground of the tile, `#RRGGBB`, at least 4.5:1 under white.
    pub colour: String,
}

/// Something a visitor may like doing: a RIASEC family, its letter never shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Like {
    /// Identifier, `[a-z0-9-]{1,64}`.
    pub id: String,
    /// French name: "Avec mes mains".
    pub name: String,
    /// Name of an icon of the interface's set; an unknown one shows the default.
    pub icon: String,
    /// Ground of the tile, `#RRGGBB`, at least 4.5:1 under white.
    pub colour: String,
}

/// People whom a session or a playlist is meant for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// Identifier, `[a-z0-9-]{1,64}`.
    pub id: String,
    /// French name: "15–25 ans".
    pub name: String,
}
