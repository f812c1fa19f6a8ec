//! What `borne play` says of itself, in `run/player.json`.

use std::io;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::store::files;

const FILE: &str = "run/player.json";

/// The player at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlayerStatus {
    /// Process.
    pub pid: u32,
    /// When the process started.
    pub started_at: Timestamp,
    /// When this was written.
    pub updated_at: Timestamp,
    /// Name of the screen shown.
    pub screen: String,
    /// Time since this screen came, s, by a clock that does not jump.
    #[serde(default)]
    pub screen_for_s: u64,
    /// Key of the video, `partner/id`.
    pub video: Option<String>,
    /// State of the pipeline.
    pub state: PlayerState,
    /// Position in the video, ms.
    pub position_ms: u64,
    /// Length of the video, ms.
    pub duration_ms: u64,
    /// Pictures of the video shown.
    pub frames_shown: u64,
    /// Pictures of the video that came too late.
    pub frames_dropped: u64,
    /// Time the picture of the last video stood still unasked, ms.
    #[serde(default)]
    pub stalled_ms: u64,
    /// Buffers of sound delivered.
    pub sound_buffers: u64,
    /// Caption on the screen.
    pub caption: Option<String>,
    /// How the picture is drawn.
    pub renderer: String,
    /// Element of GStreamer that decodes the pictures of the last video.
    pub decoder: Option<String>,
    /// Touch to first picture of the last video, ms.
    pub first_frame_ms: Option<u64>,
    /// Playback errors since the start.
    pub errors: u64,
    /// The last error, as a short code.
    pub last_error: Option<String>,
}

/// State of the pipeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlayerState {
    /// No video.
    #[default]
    Idle,
    /// A video is opened.
    Loading,
    /// A video runs.
    Playing,
    /// A video stands still.
    Paused,
    /// The last video failed.
    Error,
}

impl PlayerStatus {
    /// A player that has just started.
    #[must_use]
    pub fn new(pid: u32, started_at: Timestamp, renderer: String) -> Self {
        Self {
            pid,
            started_at,
            updated_at: started_at,
            screen: String::new(),
            screen_for_s: 0,
            video: None,
            state: PlayerState::Idle,
            position_ms: 0,
            duration_ms: 0,
            frames_shown: 0,
            frames_dropped: 0,
            stalled_ms: 0,
            sound_buffers: 0,
            caption: None,
            renderer,
            decoder: None,
            first_frame_ms: None,
            errors: 0,
            last_error: None,
        }
    }
}

/// Writes the status so that a reader sees the old one or the new one, never half; not durable.
///
/// # Errors
/// What the system says about `run/player.json`.
pub fn write(data: &Path, status: &PlayerStatus) -> io::Result<()> {
    files::write_json_volatile(&data.join(FILE), status)
}

/// Reads the status; `None` when there is none that can be read.
#[must_use]
pub fn read(data: &Path) -> Option<PlayerStatus> {
    files::read_json(&data.join(FILE)).ok()
}
