use central_protocol::event::{End, Entry, Play, Unavailable};

use super::fault::Fault;
use super::player::{Cue, Media, Precision, Rendition};

/// What happens to a playback.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Somebody opens a video.
    Open {
        /// The video.
        media: Media,
        /// Where to start, ms.
        start_ms: u64,
        /// From where; `None` for a preview of the attract loop, which is mute and not recorded.
        entry: Option<Entry>,
        /// Captions are shown.
        captions: bool,
    },
    /// Hold the picture.
    Pause,
    /// Go on.
    Resume,
    /// Jump to a position, ms.
    SeekTo(u64),
    /// Jump by so many ms, from where the bar stands.
    SeekBy(i64),
    /// Set the speed, 1.0 is as recorded; kept within the policy.
    SetRate(f64),
    /// Go on in another file of the same video, from where it stands.
    Switch(Rendition),
    /// Captions are shown, or not.
    SetCaptions(bool),
    /// Close it, for this reason.
    Stop(End),
    /// The player says something about playback `session`; another number than the current is late
    /// and ignored.
    Backend {
        /// The playback it is about.
        session: u64,
        /// What it says.
        event: BackendEvent,
    },
    /// Time has passed; expected several times a second while a video is open.
    Tick,
}

/// What a player reports.
#[derive(Clone, Debug, PartialEq)]
pub enum BackendEvent {
    /// The file is open.
    Prerolled {
        /// Its length, ms, when the container tells.
        duration_ms: Option<u64>,
    },
    /// What decodes its pictures is chosen.
    Decoder {
        /// The player's name of it, such as `avdec_h264`.
        name: String,
    },
    /// The first picture is there to be drawn.
    FirstFrame,
    /// Progress, about ten times a second while playing.
    Position {
        /// Position of the picture, ms.
        ms: u64,
        /// Pictures handed over so far.
        frames: u64,
        /// Pictures replaced before they were drawn, or dropped as late.
        dropped: u64,
        /// Buffers of sound that reached the sink.
        sound_buffers: u64,
    },
    /// A seek is done, and all those before it.
    Seeked {
        /// The number given with the seek.
        serial: u64,
    },
    /// The end is reached.
    EndOfStream,
    /// It cannot go on.
    Failed {
        /// Why.
        fault: Fault,
        /// For the log.
        detail: String,
    },
}

/// What is to be done: all but the last two are for the [`super::Player`].
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open a file.
    Load {
        /// Number of the playback.
        session: u64,
        /// What to open.
        cue: Cue,
    },
    /// Play.
    Play,
    /// Hold.
    Pause,
    /// Jump.
    Seek {
        /// Number of the seek.
        serial: u64,
        /// Position, ms.
        ms: u64,
        /// How precisely.
        precision: Precision,
    },
    /// Set the speed.
    SetRate(f64),
    /// Close.
    Unload,
    /// Keep the summary.
    Record(Play),
    /// Keep that a video could not be shown.
    Unavailable(Unavailable),
}
