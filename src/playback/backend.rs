//! The part of the reducer that listens to the player, and doubts it when it says nothing.

use std::time::Duration;

use central_protocol::event::End;

use super::action::{BackendEvent, Effect};
use super::fault::Fault;
use super::policy::{LOOP_GAP, SILENCE};
use super::reducer::{Playback, close};
use super::run::Counters;
use super::state::State;

impl Playback {
    pub(super) fn tick(&mut self, at: Duration) -> Vec<Effect> {
        let gap = at.saturating_sub(std::mem::replace(&mut self.ticked_at, at));
        let (State::Loading(run) | State::Playing(run)) = &mut self.state else {
            return Vec::new();
        };
        if gap > LOOP_GAP {
            run.alive_at = run.alive_at.max(at);
            run.tally.forgive(at);
        }
        if !run.is_late(at) {
            return Vec::new();
        }
        if !run.is_spent(at) {
            return self.retry(at, false);
        }
        if self.is_silenced() {
            self.silent_until = at + SILENCE;
            return self.retry(at, true);
        }
        self.fail(at, Fault::Stalled, "no picture or no progress in time")
    }

    /// Twice it had its first picture and went no further: it is the sound that does not go on.
    fn is_silenced(&self) -> bool {
        matches!(&self.state, State::Playing(run) if run.may_wait_for_sound())
    }

    fn retry(&mut self, at: Duration, silent: bool) -> Vec<Effect> {
        self.reopen(at, |run| {
            tracing::warn!(video = run.media.key, silent, "late: opening it again");
            run.count_wait(at);
            run.retried = Some(at);
            run.silent |= silent;
        })
    }

    fn fail(&mut self, at: Duration, fault: Fault, detail: &str) -> Vec<Effect> {
        match std::mem::take(&mut self.state) {
            State::Loading(mut run) | State::Playing(mut run) | State::Paused(mut run) => {
                tracing::warn!(video = run.media.key, %fault, detail, "a video cannot be shown");
                if fault == Fault::Stalled {
                    run.count_wait(at);
                }
                let effects = close(&run, End::Error, Some(fault));
                let media = run.media;
                self.state = State::Failed { media, fault };
                effects
            }
            other => {
                self.state = other;
                Vec::new()
            }
        }
    }

    pub(super) fn backend(
        &mut self,
        at: Duration,
        session: u64,
        event: BackendEvent,
    ) -> Vec<Effect> {
        let Some(run) = self.state.run_mut().filter(|run| run.session == session) else {
            return Vec::new();
        };
        match event {
            BackendEvent::Prerolled { duration_ms } => run.set_duration(duration_ms),
            BackendEvent::Decoder { name } => run.decoder = Some(name),
            BackendEvent::FirstFrame => self.first_frame(at),
            BackendEvent::Position {
                ms,
                frames,
                dropped,
                sound_buffers,
            } => {
                run.counters = Counters {
                    frames,
                    dropped,
                    sound_buffers,
                };
                return self.position(at, ms);
            }
            BackendEvent::Seeked { serial } => run.seeked(at, serial),
            BackendEvent::EndOfStream => return self.end(at),
            BackendEvent::Failed { fault, detail } => return self.fail(at, fault, &detail),
        }
        Vec::new()
    }

    fn first_frame(&mut self, at: Duration) {
        match std::mem::take(&mut self.state) {
            State::Loading(mut run) => {
                run.show_first(at);
                self.state = if std::mem::take(&mut run.held) {
                    State::Paused(run)
                } else {
                    State::Playing(run)
                };
            }
            other => self.state = other,
        }
    }

    fn position(&mut self, at: Duration, ms: u64) -> Vec<Effect> {
        if let State::Playing(run) | State::Paused(run) = &mut self.state
            && run.seeking.is_none()
        {
            run.set_position(at, ms);
            if run.overruns() {
                return self.end(at);
            }
        }
        Vec::new()
    }

    fn end(&mut self, at: Duration) -> Vec<Effect> {
        let (State::Playing(run) | State::Paused(run)) = &mut self.state else {
            return self.fail(at, Fault::Corrupt, "it ends before its first picture");
        };
        if run.is_seeking() {
            return Vec::new(); // of before the jump
        }
        if run.ends_early() {
            return self.fail(at, Fault::Corrupt, "it ends before its announced length");
        }
        if run.duration_ms > run.position_ms {
            run.set_position(at, run.duration_ms);
        }
        let effects = close(run, End::Ended, None);
        let media = run.media.clone();
        self.state = State::Ended { media };
        effects
    }
}
