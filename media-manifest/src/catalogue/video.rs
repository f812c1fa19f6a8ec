use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Playlist, Session};

/// What one partner offers: target `PARTNER/catalogue.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// [`super::FORMAT`].
    pub format: u32,
    /// Identifier of the partner, the role's name, `[a-z0-9-]{1,64}`.
    pub partner: String,
    /// Name of the partner, as shown.
    pub partner_name: String,
    /// Day of issue, shown to staff as "catalogue du 12 mars".
    #[schemars(with = "String")]
    pub issued: Date,
    /// The videos, in no particular order.
    pub videos: Vec<Video>,
    /// Dated meetings, in no particular order; past ones are not shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sessions: Vec<Session>,
    /// Playlists for groups, in no particular order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub playlists: Vec<Playlist>,
}

/// One video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Video {
    /// Identifier within the partner, `[a-z0-9-]{1,64}`.
    pub id: String,
    /// Raised when the content changes.
    pub revision: u32,
    /// Trade or advice.
    pub kind: Kind,
    /// Title as shown, at most 120 characters.
    pub title: String,
    /// Other forms of the title that a search must find.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Words that a search must find.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// Up to three short sentences.
    #[serde(default)]
    pub summary: String,
    /// Univers it belongs to; the first counts in statistics. At least one for a trade.
    #[serde(default)]
    pub univers: Vec<String>,
    /// Rubrique it belongs to; required for advice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rubrique: Option<String>,
    /// What somebody may like who likes this trade or this advice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub likes: Vec<String>,
    /// Typed on a phone to find the video again, `[a-z0-9]{3,8}`, unique within the partner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Language spoken, BCP 47.
    pub language: String,
    /// Length, ms.
    pub duration_ms: u64,
    /// Lower is fetched first and evicted last.
    #[serde(default)]
    pub priority: u16,
    /// Shown on the home screen and in the attract loop.
    #[serde(default)]
    pub featured: bool,
    /// First day in the catalogue; "Nouveau" for the next 60 days.
    #[schemars(with = "String")]
    pub added: Date,
    /// The video file.
    pub media: VideoFile,
    /// The whole video again, as long as [`Video::media`], with what is seen said aloud.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio_description: Option<VideoFile>,
    /// The whole video again, as long as [`Video::media`], with what is said signed in LSFB, Belgian
    /// French sign language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_language: Option<VideoFile>,
    /// A real frame of it, JPEG or PNG.
    pub poster: FileRef,
    /// `WebVTT` captions, by language.
    #[serde(default)]
    pub captions: Vec<Track>,
    /// The text said, plain UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcript: Option<FileRef>,
}

/// Trade or advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A portrait of a trade.
    Metier,
    /// Advice for finding work.
    Conseil,
}

/// A file in the media store, named by its content.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileRef {
    /// SHA-256 of the content, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Length, bytes.
    pub length: u64,
    /// Where it can be had, tried in order: absolute, or relative to the repository's root.
    pub urls: Vec<String>,
}

/// A video file with what a player must know before opening it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VideoFile {
    /// The file.
    pub file: FileRef,
    /// `video/mp4` or `video/webm`.
    pub mime: String,
    /// Width of the picture, pixels, rotation applied.
    pub width: u32,
    /// Height of the picture, pixels, rotation applied.
    pub height: u32,
    /// Frames a second, rounded; 0 when it varies.
    pub fps: u32,
    /// It has sound.
    pub sound: bool,
    /// Gain that brings the sound to −23 LUFS (EBU R128) with no peak above −1 dBTP, in hundredths
    /// of a decibel. 0 when none is needed or known.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub gain_centidb: i16,
}

const fn is_zero(gain: &i16) -> bool {
    *gain == 0
}

/// A text track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Track {
    /// Language of the text, BCP 47.
    pub language: String,
    /// The file, `WebVTT`.
    pub file: FileRef,
}

impl Video {
    /// All files of the video, in the order they are worth fetching: poster and texts, then the
    /// video, then its renditions.
    pub fn files(&self) -> impl Iterator<Item = &FileRef> {
        self.small_files()
            .chain(std::iter::once(&self.media.file))
            .chain(self.renditions().map(|rendition| &rendition.file))
    }

    /// The poster and the texts.
    pub fn small_files(&self) -> impl Iterator<Item = &FileRef> {
        std::iter::once(&self.poster)
            .chain(self.captions.iter().map(|track| &track.file))
            .chain(self.transcript.as_ref())
    }

    /// The video in other forms. It plays without them: the main file is what it needs.
    pub fn renditions(&self) -> impl Iterator<Item = &VideoFile> {
        self.audio_description.iter().chain(&self.sign_language)
    }

    /// The group it counts under in statistics: its first univers, else its rubrique.
    #[must_use]
    pub fn group(&self) -> &str {
        self.univers
            .first()
            .or(self.rubrique.as_ref())
            .map_or("", String::as_str)
    }
}
