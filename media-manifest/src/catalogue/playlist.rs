use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Videos that belong together, in the order shown to a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Playlist {
    /// Identifier within the partner, `[a-z0-9-]{1,64}`.
    pub id: String,
    /// Title as shown.
    pub title: String,
    /// Up to three short sentences.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// Audiences it is meant for; for everybody when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<String>,
    /// What is shown, at least one.
    pub items: Vec<PlaylistItem>,
}

/// One video of a playlist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaylistItem {
    /// `id` of this partner, or `partner/id`.
    pub video: String,
    /// Asked after the video, in the group mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Answers whose raised hands are counted; none for an open question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
}
