//! Events a borne records: summaries without a visitor, as the statistics specification names them.

use serde::{Deserialize, Serialize};

pub use crate::check::OutOfRange;

use crate::batch::ClockTrust;

/// An event with its place and hour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// Strictly increasing within the epoch.
    pub seq: u64,
    /// UTC, truncated to the hour.
    pub hour: jiff::Timestamp,
    /// Trust in `hour`.
    pub clock: ClockTrust,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What happened. A field that is not named here is refused: nothing about a visitor can slip in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// One playback, summed up at its end.
    Play(Play),
    /// One search that a visitor finished.
    Search(Search),
    /// One visit, from the first touch to the return to the attract loop.
    Visit(Visit),
    /// A visitor was shown where to go on.
    Handover(Handover),
    /// A group watched a playlist.
    Group(Group),
    /// A video that could not be shown.
    Unavailable(Unavailable),
    /// Something about the machine.
    Ops(Ops),
}

/// One playback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Play {
    /// Key of the video, `partner/id`.
    pub video: String,
    /// Revision of the video.
    pub revision: u32,
    /// First univers or rubrique of the video.
    pub univers: String,
    /// Language of the sound, BCP 47.
    pub language: String,
    /// Captions were shown for more than half of what was watched.
    pub captions: bool,
    /// Audio description was chosen.
    pub audio_description: bool,
    /// From where it was started.
    pub entry: Entry,
    /// Length of the video, ms.
    pub duration_ms: u64,
    /// Time watched, pauses excluded, ms.
    pub watched_ms: u64,
    /// Length of the parts seen at least once, ms.
    pub unique_ms: u64,
    /// One bit for each twentieth of the video that was reached, lowest bit first.
    pub coverage: u32,
    /// At least 90 % of the video was seen.
    pub completed: bool,
    /// Number of pauses.
    pub pauses: u32,
    /// Number of seeks.
    pub seeks: u32,
    /// Time the picture stood still unasked, ms.
    pub stall_ms: u64,
    /// Touch to first picture, ms.
    pub first_frame_ms: u64,
    /// Pictures that came too late to be seen.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub dropped_frames: u64,
    /// How it ended.
    pub end: End,
    /// What went wrong, as a short code; absent when nothing did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// From where a playback was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// The home screen.
    Home,
    /// A list.
    Univers,
    /// The search screen.
    Search,
    /// "Et maintenant ?".
    Related,
    /// A dated session.
    Agenda,
    /// The attract loop.
    Attract,
    /// Group mode.
    Group,
}

/// How a playback or a visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// It reached its end.
    Ended,
    /// The visitor left it.
    Back,
    /// Nobody touched the screen any more.
    Idle,
    /// It failed.
    Error,
    /// The machine stopped.
    Power,
}

/// One search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// How many results there were.
    pub results: ResultBucket,
    /// A result was opened.
    pub clicked: bool,
    /// The words, only when they are catalogue vocabulary or were seen here at least 5 times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
}

/// How many results a search had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ResultBucket {
    /// None.
    #[serde(rename = "0")]
    None,
    /// One to five.
    #[serde(rename = "1-5")]
    Few,
    /// Six or more.
    #[serde(rename = "6+")]
    Many,
}

impl ResultBucket {
    /// The bucket of a number of results.
    #[must_use]
    pub const fn of(results: usize) -> Self {
        match results {
            0 => Self::None,
            1..=5 => Self::Few,
            _ => Self::Many,
        }
    }
}

/// One visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// How long it lasted.
    pub duration: DurationBucket,
    /// Playbacks started.
    pub plays: u32,
    /// Interface languages used, BCP 47.
    pub languages: Vec<String>,
    /// Comfort options used, by name.
    pub comfort: Vec<String>,
    /// How it ended.
    pub end: End,
}

/// How long a visit lasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DurationBucket {
    /// Less than a minute.
    #[serde(rename = "<1min")]
    UnderOneMinute,
    /// One to three minutes.
    #[serde(rename = "1-3min")]
    OneToThreeMinutes,
    /// Three to ten minutes.
    #[serde(rename = "3-10min")]
    ThreeToTenMinutes,
    /// Ten minutes and more.
    #[serde(rename = "10min+")]
    TenMinutesOrMore,
}

impl DurationBucket {
    /// The bucket of a duration in milliseconds.
    #[must_use]
    pub const fn of_ms(ms: u64) -> Self {
        match ms / 60_000 {
            0 => Self::UnderOneMinute,
            1..3 => Self::OneToThreeMinutes,
            3..10 => Self::ThreeToTenMinutes,
            _ => Self::TenMinutesOrMore,
        }
    }
}

/// A visitor was shown where to go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    /// Where to.
    pub to: Onward,
    /// Key of the video or of the dated session it was about; absent for an adviser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}

/// Where a visitor goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Onward {
    /// Their own phone.
    Phone,
    /// An adviser.
    Adviser,
    /// A dated session.
    Agenda,
}

/// A group that watched a playlist with an animator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Key of the playlist, `partner/id`.
    pub playlist: String,
    /// Videos that were shown.
    pub videos: u32,
    /// People, as the animator typed it; absent when nothing was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headcount: Option<u32>,
}

/// A video that could not be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unavailable {
    /// Key of the video, `partner/id`.
    pub video: String,
    /// Short code: `missing`, `no_decoder`, `corrupt`, `stalled`, `quarantined`.
    pub reason: String,
}

/// Something about the machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ops {
    /// Short code: `start`, `update`, `disk`, `crash`, `cache`, `db_reset`, `events_dropped`.
    pub what: String,
    /// A value for the code, for example free megabytes or a completeness in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<i64>,
    /// A short detail for the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}
