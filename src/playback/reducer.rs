use std::time::Duration;

use central_protocol::event::{End, Entry};

use super::action::{Action, Effect};
use super::fault::Fault;
use super::player::{Media, Precision, Rendition};
use super::policy::{MAX_SPEED_PERCENT, MIN_SPEED_PERCENT};
use super::run::Run;
use super::state::State;
use super::summary;

/// An action that the state does not allow; the state is unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a playback that is {state} cannot {action}")]
pub struct IllegalTransition {
    /// [`State::name`].
    pub state: &'static str,
    /// What was asked for.
    pub action: &'static str,
}

/// The state machine of playback; see the module for its diagram.
#[derive(Clone, Debug, Default)]
pub struct Playback {
    pub(super) state: State,
    pub(super) ticked_at: Duration,
    // Until then videos are opened without sound.
    pub(super) silent_until: Duration,
    sessions: u64,
    seeks: u64,
}

type Outcome = Result<Vec<Effect>, IllegalTransition>;

impl Playback {
    /// Nothing is open.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Where it stands.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Where the bar stands, ms; 0 when nothing is open.
    #[must_use]
    pub fn position_ms(&self) -> u64 {
        self.state.run().map_or(0, Run::position_ms)
    }

    /// Length of what is open, ms; 0 when unknown.
    #[must_use]
    pub fn duration_ms(&self) -> u64 {
        self.state.run().map_or(0, Run::duration_ms)
    }

    /// Takes what happened at `at`, on a clock that never steps back, and says what is to be done.
    ///
    /// # Errors
    /// The state does not allow the action; nothing has changed.
    pub fn update(&mut self, at: Duration, action: Action) -> Outcome {
        match action {
            Action::Open {
                media,
                start_ms,
                entry,
                captions,
            } => Ok(self.open(at, media, start_ms, entry, captions)),
            Action::Stop(end) => Ok(self.stop(end)),
            Action::Pause => self.pause(),
            Action::Resume => self.resume(at),
            Action::SeekTo(ms) => self.seek(at, "seek", |_| ms),
            Action::SeekBy(ms) => {
                self.seek(at, "seek", |run| run.position_ms.saturating_add_signed(ms))
            }
            Action::SetRate(rate) => self.set_rate(rate),
            Action::Switch(rendition) => self.switch(at, rendition),
            Action::SetCaptions(captions) => self.set_captions(captions),
            Action::Tick => Ok(self.tick(at)),
            Action::Backend { session, event } => Ok(self.backend(at, session, event)),
        }
    }

    fn illegal<T>(&self, action: &'static str) -> Result<T, IllegalTransition> {
        Err(IllegalTransition {
            state: self.state.name(),
            action,
        })
    }

    fn open(
        &mut self,
        at: Duration,
        media: Media,
        start_ms: u64,
        entry: Option<Entry>,
        captions: bool,
    ) -> Vec<Effect> {
        let mut effects = self.stop(End::Back);
        let mut run = Run::new(at, media, entry, captions);
        run.start_ms = run.within(start_ms);
        run.position_ms = run.start_ms;
        run.session = self.next_session();
        run.silent = at < self.silent_until;
        self.ticked_at = at;
        effects.extend(load(&run));
        self.state = State::Loading(Box::new(run));
        effects
    }

    fn next_session(&mut self) -> u64 {
        self.sessions += 1;
        self.sessions
    }

    fn stop(&mut self, end: End) -> Vec<Effect> {
        match std::mem::take(&mut self.state) {
            State::Loading(run) | State::Playing(run) | State::Paused(run) => {
                close(&run, end, None)
            }
            State::Idle | State::Ended { .. } | State::Failed { .. } => Vec::new(),
        }
    }

    fn pause(&mut self) -> Outcome {
        match std::mem::take(&mut self.state) {
            State::Playing(mut run) => {
                run.tally.pauses = run.tally.pauses.saturating_add(1);
                self.state = State::Paused(run);
                Ok(vec![Effect::Pause])
            }
            State::Loading(mut run) if !run.held => {
                run.tally.pauses = run.tally.pauses.saturating_add(1);
                run.held = true;
                self.state = State::Loading(run);
                Ok(vec![Effect::Pause])
            }
            other => {
                self.state = other;
                self.illegal("pause")
            }
        }
    }

    fn resume(&mut self, at: Duration) -> Outcome {
        match std::mem::take(&mut self.state) {
            State::Paused(mut run) => {
                run.alive_at = at;
                run.tally.forgive(at);
                self.state = State::Playing(run);
                Ok(vec![Effect::Play])
            }
            State::Loading(mut run) if run.held => {
                run.held = false;
                self.state = State::Loading(run);
                Ok(vec![Effect::Play])
            }
            other => {
                self.state = other;
                self.illegal("resume")
            }
        }
    }

    fn seek(
        &mut self,
        at: Duration,
        action: &'static str,
        target: impl FnOnce(&Run) -> u64,
    ) -> Outcome {
        let (State::Playing(run) | State::Paused(run)) = &mut self.state else {
            return self.illegal(action);
        };
        self.seeks += 1;
        let ms = run.within(target(run));
        run.position_ms = ms;
        run.seeking = Some(self.seeks);
        run.alive_at = at;
        run.tally.lift();
        run.tally.seeks = run.tally.seeks.saturating_add(1);
        Ok(vec![Effect::Seek {
            serial: self.seeks,
            ms,
            precision: Precision::Exact,
        }])
    }

    fn set_rate(&mut self, rate: f64) -> Outcome {
        let Some(run) = self.state.run_mut() else {
            return self.illegal("change its speed");
        };
        run.percent = percent(rate);
        Ok(vec![Effect::SetRate(run.rate())])
    }

    fn switch(&mut self, at: Duration, rendition: Rendition) -> Outcome {
        let Some(run) = self.state.run() else {
            return self.illegal("change its rendition");
        };
        if run.media.path == rendition.path {
            return Ok(Vec::new());
        }
        let paused = matches!(self.state, State::Paused(_));
        Ok(self.reopen(at, |run| {
            run.held |= paused;
            run.change(rendition);
        }))
    }

    /// Opens what is open once more, where it stands, as `change` leaves it.
    pub(super) fn reopen(&mut self, at: Duration, change: impl FnOnce(&mut Run)) -> Vec<Effect> {
        let session = self.next_session();
        match std::mem::take(&mut self.state) {
            State::Loading(mut run) | State::Playing(mut run) | State::Paused(mut run) => {
                change(&mut run);
                run.reopen(session, at);
                let mut effects = vec![Effect::Unload];
                effects.extend(load(&run));
                self.state = State::Loading(run);
                effects
            }
            other => {
                self.state = other;
                Vec::new()
            }
        }
    }

    fn set_captions(&mut self, captions: bool) -> Outcome {
        let Some(run) = self.state.run_mut() else {
            return self.illegal("change its captions");
        };
        run.captions = captions;
        Ok(Vec::new())
    }
}

fn load(run: &Run) -> Vec<Effect> {
    let mut effects = vec![Effect::Load {
        session: run.session,
        cue: run.cue(),
    }];
    if run.percent != 100 {
        effects.push(Effect::SetRate(run.rate()));
    }
    effects.push(if run.held {
        Effect::Pause
    } else {
        Effect::Play
    });
    effects
}

pub(super) fn close(run: &Run, end: End, fault: Option<Fault>) -> Vec<Effect> {
    let mut effects = vec![Effect::Unload];
    if let Some(entry) = run.entry {
        effects.push(Effect::Record(summary::play(run, entry, end, fault)));
        effects.extend(fault.map(|fault| Effect::Unavailable(summary::unavailable(run, fault))));
    }
    effects
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "kept within the policy"
)]
fn percent(rate: f64) -> u32 {
    if rate.is_nan() {
        return 100;
    }
    let lowest = f64::from(MIN_SPEED_PERCENT);
    let highest = f64::from(MAX_SPEED_PERCENT);
    (rate * 100.0).round().clamp(lowest, highest) as u32
}
