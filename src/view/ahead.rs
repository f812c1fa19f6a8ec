//! The video that is likely to be opened next, made ready while a finger is still on it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use slint::ComponentHandle;

use crate::visit::Place;

use super::films;
use super::handle::Handle;
use super::markup::{Ahead as AheadAdapter, App};
use super::show;
use super::stage::Stage;

/// How long a touch may last and still open what it touches: longer is a hand that rests.
const TOUCH: Duration = Duration::from_secs(3);

/// How long before the end of a clip of the attract loop the next one is made ready, ms: opening
/// takes a tenth of it on a slow disk.
const CLIP_ENDS_MS: u64 = 2_000;

/// What is made ready.
#[derive(Debug, Default)]
pub struct Ahead {
    ready: Option<Ready>,
}

/// How long something made ready is of use.
#[derive(Debug)]
enum Use {
    Until(Duration),
    WhileAt(Place),
}

#[derive(Debug)]
struct Ready {
    key: String,
    file: PathBuf,
    of_use: Use,
}

impl Ahead {
    /// The file that is open ahead.
    pub fn file(&self) -> Option<&Path> {
        self.ready.as_ref().map(|ready| ready.file.as_path())
    }

    /// It is opened now, or closed.
    pub fn over(&mut self) {
        self.ready = None;
    }

    fn is(&self, key: &str) -> bool {
        self.ready.as_ref().is_some_and(|ready| ready.key == key)
    }

    fn is_of_use(&self, now: Duration, place: &Place) -> bool {
        self.ready.as_ref().is_none_or(|ready| match &ready.of_use {
            Use::Until(end) => now < *end,
            Use::WhileAt(there) => place == there,
        })
    }
}

pub fn bind(ui: &App, handle: &Handle) {
    let to = handle.clone();
    ui.global::<AheadAdapter>()
        .on_touched(move |key| to.with(|stage| stage.touched(&key)));
}

impl Stage {
    /// A finger is on a video.
    fn touched(&mut self, key: &str) {
        let end = self.now() + TOUCH;
        self.make_ready(key, false, Use::Until(end));
    }

    /// Makes ready what is likely next, and closes what is not any more; at every beat.
    pub(super) fn foresee(&mut self) {
        if !self.ahead.is_of_use(self.now(), self.visit.place()) {
            self.player.forget();
            self.ahead.over();
            self.note_open();
        }
        if self.ahead.ready.is_some() {
            return;
        }
        match self.visit.place() {
            Place::Veille => self.foresee_clip(),
            Place::Maintenant { key, .. } if !self.reads_aloud() => {
                let related = self.library.catalogue().related(key);
                if let Some(key) = related.first().map(|item| item.key.clone()) {
                    self.make_ready(&key, false, Use::WhileAt(self.visit.place().clone()));
                }
            }
            _ => {}
        }
    }

    fn foresee_clip(&mut self) {
        let left = self.playback.duration_ms();
        let left = left.saturating_sub(self.playback.position_ms());
        if !self.is_preview() || left > CLIP_ENDS_MS {
            return;
        }
        let clips = self.library.catalogue().attract();
        let next = self.attract.peek(clips.len());
        if let Some(key) = next
            .and_then(|turn| clips.get(turn))
            .map(|item| item.key.clone())
        {
            self.make_ready(&key, true, Use::WhileAt(Place::Veille));
        }
    }

    fn make_ready(&mut self, key: &str, muted: bool, of_use: Use) {
        // A second pipeline would take the loudspeakers from the voice.
        if self.ahead.is(key) || (!muted && self.reads_aloud()) {
            return;
        }
        let item = self.library.catalogue().video(key);
        let media = item.and_then(|item| films::media(&self.library, item, self.visit.comfort()));
        let (Some(media), Some(size)) = (media, show::picture_size(self, muted)) else {
            return;
        };
        self.player.prepare(&media.cue(0, muted), size);
        self.ahead.ready = Some(Ready {
            key: key.to_owned(),
            file: media.path,
            of_use,
        });
        self.note_open();
    }
}
