use std::time::Duration;

use central_protocol::event::Entry;
use central_protocol::limits::MAX_DURATION_MS;

use super::player::{Cue, Media, Rendition};
use super::policy::{
    EARLY_END_MS, EARLY_END_PART, END_MARGIN_MS, NO_PROGRESS_MS, RETRY_AGAIN, STALL_LIMIT,
};
use super::tally::Tally;

/// A video that is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub(super) session: u64,
    pub(super) media: Media,
    pub(super) entry: Option<Entry>,
    pub(super) captions: bool,
    pub(super) percent: u32,
    pub(super) start_ms: u64,
    pub(super) opened_at: Duration,
    // Last sign of life, or last thing asked for: the watchdog counts from here.
    pub(super) alive_at: Duration,
    pub(super) duration_ms: u64,
    pub(super) position_ms: u64,
    pub(super) seeking: Option<u64>,
    // When it was last opened again because it stood still.
    pub(super) retried: Option<Duration>,
    // It goes on without sound: the device takes none.
    pub(super) silent: bool,
    // The visitor holds it while it opens: it stands still at its first picture.
    pub(super) held: bool,
    pub(super) decoder: Option<String>,
    pub(super) counters: Counters,
    // Of the openings before this one.
    pub(super) dropped_before: u64,
    pub(super) tally: Tally,
}

/// What went through the player since the file was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counters {
    /// Pictures handed over.
    pub frames: u64,
    /// Pictures replaced before they were drawn, or dropped as late.
    pub dropped: u64,
    /// Buffers of sound that reached the sink.
    pub sound_buffers: u64,
}

impl Run {
    /// Number of the playback; changes when it is started again.
    #[must_use]
    pub const fn session(&self) -> u64 {
        self.session
    }

    /// The video.
    #[must_use]
    pub const fn media(&self) -> &Media {
        &self.media
    }

    /// From where it was opened; `None` for a preview.
    #[must_use]
    pub const fn entry(&self) -> Option<Entry> {
        self.entry
    }

    /// Where the bar stands, ms: the picture's position, or where a seek is going.
    #[must_use]
    pub const fn position_ms(&self) -> u64 {
        self.position_ms
    }

    /// Length, ms; 0 when unknown.
    #[must_use]
    pub const fn duration_ms(&self) -> u64 {
        self.duration_ms
    }

    /// Captions are shown.
    #[must_use]
    pub const fn captions(&self) -> bool {
        self.captions
    }

    /// What decodes its pictures, by the player's name; once that is chosen.
    #[must_use]
    pub fn decoder(&self) -> Option<&str> {
        self.decoder.as_deref()
    }

    /// Touch to first picture, ms, once there is one.
    #[must_use]
    pub fn first_frame_ms(&self) -> Option<u64> {
        self.tally.first_frame.map(super::summary::millis)
    }

    /// Speed, 1.0 is as recorded.
    #[must_use]
    pub fn rate(&self) -> f64 {
        f64::from(self.percent) / 100.0
    }

    /// A seek is under way.
    #[must_use]
    pub const fn is_seeking(&self) -> bool {
        self.seeking.is_some()
    }

    /// What went through the player.
    #[must_use]
    pub const fn counters(&self) -> Counters {
        self.counters
    }

    /// Pictures that came too late, in all openings of it.
    #[must_use]
    pub const fn dropped(&self) -> u64 {
        self.dropped_before.saturating_add(self.counters.dropped)
    }

    /// Time the picture stood still unasked, ms.
    #[must_use]
    pub fn stalled_ms(&self) -> u64 {
        super::summary::millis(self.tally.still)
    }

    pub(super) fn new(at: Duration, media: Media, entry: Option<Entry>, captions: bool) -> Self {
        Self {
            session: 0,
            duration_ms: media.duration_ms.min(MAX_DURATION_MS),
            media,
            entry,
            captions,
            percent: 100,
            start_ms: 0,
            opened_at: at,
            alive_at: at,
            position_ms: 0,
            seeking: None,
            retried: None,
            silent: false,
            held: false,
            decoder: None,
            counters: Counters::default(),
            dropped_before: 0,
            tally: Tally::default(),
        }
    }

    pub(super) fn cue(&self) -> Cue {
        let muted = self.entry.is_none() || self.silent;
        self.media.cue(self.start_ms, muted)
    }

    /// A position that can be jumped to.
    pub(super) fn within(&self, ms: u64) -> u64 {
        if self.duration_ms == 0 {
            return ms.min(MAX_DURATION_MS);
        }
        ms.min(self.duration_ms.saturating_sub(END_MARGIN_MS))
    }

    pub(super) fn set_duration(&mut self, duration_ms: Option<u64>) {
        if let Some(ms) = duration_ms.filter(|&ms| ms > 0) {
            self.duration_ms = ms.min(self.longest_ms());
        }
    }

    /// What it may last at most, by the catalogue, ms: containers round their length.
    fn longest_ms(&self) -> u64 {
        match self.media.duration_ms {
            0 => MAX_DURATION_MS,
            ms => ms
                .saturating_add(EARLY_END_MS.max(ms / EARLY_END_PART))
                .min(MAX_DURATION_MS),
        }
    }

    /// It goes on beyond what the catalogue announces.
    pub(super) fn overruns(&self) -> bool {
        self.position_ms >= self.longest_ms()
    }

    pub(super) fn set_position(&mut self, at: Duration, ms: u64) {
        let ms = ms.min(MAX_DURATION_MS);
        self.alive_at = at;
        self.position_ms = ms;
        self.tally.progress(at, ms, self.percent, self.captions);
    }

    /// The first picture of this opening; of all openings, after so long.
    pub(super) fn show_first(&mut self, at: Duration) {
        self.count_wait(at);
        let waited = at.saturating_sub(self.opened_at);
        self.tally.first_frame.get_or_insert(waited);
        self.alive_at = at;
    }

    /// What it was waited for, until now, was a still picture: but not before the first one, which is told
    /// apart as `first_frame_ms`, nor while the visitor holds it.
    pub(super) fn count_wait(&mut self, at: Duration) {
        if self.tally.first_frame.is_some() && !self.held {
            self.tally.stand_still(at.saturating_sub(self.alive_at));
        }
    }

    pub(super) fn seeked(&mut self, at: Duration, serial: u64) {
        if self.seeking == Some(serial) {
            self.seeking = None;
            self.alive_at = at;
        }
    }

    /// The end, here, is too far from the announced one to be true.
    pub(super) fn ends_early(&self) -> bool {
        let missing = self.duration_ms.saturating_sub(self.position_ms);
        missing > EARLY_END_MS && missing > self.duration_ms / EARLY_END_PART
    }

    /// It was opened again, and has not held long enough since to be opened once more.
    pub(super) fn is_spent(&self, at: Duration) -> bool {
        self.retried
            .is_some_and(|then| at.saturating_sub(then) < RETRY_AGAIN)
    }

    /// It has sound, and has not moved since its first picture: so it is when a device of sound takes
    /// nothing and says nothing, since the pictures follow its clock.
    pub(super) fn may_wait_for_sound(&self) -> bool {
        let moved = self.position_ms.saturating_sub(self.start_ms);
        self.media.sound && !self.cue().muted && moved < NO_PROGRESS_MS
    }

    pub(super) fn is_late(&self, at: Duration) -> bool {
        at.saturating_sub(self.alive_at) >= STALL_LIMIT
    }

    /// Takes another file of the same video.
    pub(super) fn change(&mut self, rendition: Rendition) {
        self.media.path = rendition.path;
        self.media.audio_description = rendition.audio_description;
        self.media.gain_db = rendition.gain_db;
        self.media.picture = rendition.picture;
    }

    /// Makes ready to be opened again, where it stands.
    pub(super) fn reopen(&mut self, session: u64, at: Duration) {
        self.session = session;
        self.alive_at = at;
        self.seeking = None;
        self.start_ms = self.within(self.position_ms);
        self.dropped_before = self.dropped();
        self.counters = Counters::default();
        self.tally.lift();
    }
}
