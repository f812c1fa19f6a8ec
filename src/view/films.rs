//! The video that is open: what its screen needs besides the picture.

use std::time::Duration;

use central_protocol::event::Entry;

use crate::catalogue::Item;
use crate::catalogue::captions::{Cue, active_at};
use crate::playback::{Action, Media};

use super::library::Library;

/// How long the controls stay after a touch: `visitor-experience`, screen 5.
pub const CONTROLS_STAY: Duration = Duration::from_secs(4);

/// The video that is open.
#[derive(Clone, Debug, Default)]
pub struct Film {
    pub key: String,
    pub title: String,
    pub cues: Vec<Cue>,
    pub has_captions: bool,
    pub has_sound: bool,
}

impl Film {
    pub fn of(item: &Item) -> Self {
        Self {
            key: item.key.clone(),
            title: item.title().to_owned(),
            cues: item.cues(),
            has_captions: item.has_captions(),
            has_sound: item.video.media.sound,
        }
    }

    /// Lines to show at a position.
    pub fn caption(&self, ms: u64) -> &[String] {
        active_at(&self.cues, ms).map_or(&[], |cue| &cue.lines)
    }
}

/// What opens a video; `None` when its file is not in the store.
pub fn opening(
    library: &Library,
    item: &Item,
    start_ms: u64,
    entry: Option<Entry>,
    captions: bool,
) -> Option<Action> {
    let video = &item.video;
    Some(Action::Open {
        media: Media {
            key: item.key.clone(),
            path: library.path(&video.media.file)?,
            duration_ms: video.duration_ms,
            revision: video.revision,
            group: video.group().to_owned(),
            language: video.language.clone(),
            sound: video.media.sound,
            audio_description: false,
            gain_db: 0.0,
        },
        start_ms,
        entry,
        captions,
    })
}
