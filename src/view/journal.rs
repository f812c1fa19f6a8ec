//! What play says of itself, in `run/player.json`.

use std::path::Path;
use std::time::Duration;

use crate::clock;
use crate::playback::{Playback, State};
use crate::status::player::{self, PlayerState, PlayerStatus};

use super::show;
use super::stage::Stage;

/// While something plays: often enough to be watched, seldom enough to cost nothing.
const PLAYING: Duration = Duration::from_millis(250);

/// While nothing changes: a sign of life.
const QUIET: Duration = Duration::from_secs(5);

/// The status, written when it has changed and from time to time.
pub struct Journal {
    status: PlayerStatus,
    written: PlayerStatus,
    at: Option<Duration>,
    /// When the screen shown came.
    came: Duration,
    drawn: u64,
}

impl Journal {
    pub fn new(renderer: &str) -> Self {
        let status = PlayerStatus::new(std::process::id(), clock::now(), renderer.to_owned());
        Self {
            written: status.clone(),
            status,
            at: None,
            came: Duration::ZERO,
            drawn: 0,
        }
    }

    /// Videos are drawn from textures.
    pub fn shares_textures(&mut self) {
        tracing::info!("videos stay with the graphics processor");
        self.status.renderer.push_str(", textures");
    }

    /// A picture has been given to the screen.
    pub const fn drawn(&mut self) {
        self.drawn += 1;
    }

    /// A video could not be shown.
    pub fn failed(&mut self, key: &str, fault: &str) {
        self.status.errors += 1;
        self.status.last_error = Some(format!("{key}: {fault}"));
    }

    /// Takes the state and writes it when it is time.
    pub fn write(
        &mut self,
        now: Duration,
        data: &Path,
        screen: &str,
        playback: &Playback,
        caption: Option<String>,
    ) {
        if self.status.screen != screen {
            self.came = now;
        }
        self.take(screen, playback, caption);
        let since = self.at.map(|at| now.saturating_sub(at));
        let changed = self.status != self.written;
        let due = since.is_none_or(|since| since >= if changed { PLAYING } else { QUIET });
        if !due {
            return;
        }
        self.at = Some(now);
        self.written = self.status.clone();
        let mut status = self.status.clone();
        status.updated_at = clock::now();
        // Not a change by itself: it would be written each second.
        status.screen_for_s = now.saturating_sub(self.came).as_secs();
        if let Err(error) = player::write(data, &status) {
            tracing::warn!(%error, "status cannot be written");
        }
    }

    fn take(&mut self, screen: &str, playback: &Playback, caption: Option<String>) {
        let state = playback.state();
        let status = &mut self.status;
        screen.clone_into(&mut status.screen);
        status.video = state.media().map(|media| media.key.clone());
        status.state = named(state);
        status.position_ms = playback.position_ms();
        status.duration_ms = playback.duration_ms();
        status.caption = caption;
        status.frames_shown = self.drawn;
        if let Some(run) = state.run() {
            let counters = run.counters();
            status.frames_dropped = run.dropped();
            status.stalled_ms = run.stalled_ms();
            status.decoder = run.decoder().map(str::to_owned);
            status.sound_buffers = counters.sound_buffers;
            status.first_frame_ms = run.first_frame_ms();
        }
    }
}

impl Stage {
    /// Writes what is on the screen into the status, when it is time.
    pub(super) fn report(&mut self) {
        let caption = self.film.caption(self.playback.position_ms()).join("\n");
        let shown = self.playback.state().run().is_some() && self.captions_shown();
        let caption = shown.then_some(caption).filter(|text| !text.is_empty());
        let (now, screen) = (self.now(), show::screen_name(self));
        self.journal
            .write(now, &self.data, screen, &self.playback, caption);
    }
}

const fn named(state: &State) -> PlayerState {
    match state {
        State::Idle | State::Ended { .. } => PlayerState::Idle,
        State::Loading(_) => PlayerState::Loading,
        State::Playing(_) => PlayerState::Playing,
        State::Paused(_) => PlayerState::Paused,
        State::Failed { .. } => PlayerState::Error,
    }
}
