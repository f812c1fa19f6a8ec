use std::time::Duration;

use super::policy::{STEP_SLACK_MS, STILL_AFTER};
use super::ranges::Ranges;

/// What was watched so far.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Tally {
    pub(super) watched: Duration,
    pub(super) captioned: Duration,
    pub(super) still: Duration,
    pub(super) first_frame: Option<Duration>,
    pub(super) pauses: u32,
    pub(super) seeks: u32,
    pub(super) seen: Ranges,
    last: Option<Mark>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Mark {
    at: Duration,
    ms: u64,
}

impl Tally {
    /// Takes a position reached by playing at `percent` of the normal speed.
    pub(super) fn progress(&mut self, at: Duration, ms: u64, percent: u32, captions: bool) {
        if let Some(last) = self.last.replace(Mark { at, ms }) {
            self.step(last, Mark { at, ms }, percent, captions);
        }
    }

    fn step(&mut self, last: Mark, now: Mark, percent: u32, captions: bool) {
        let elapsed = now.at.saturating_sub(last.at);
        let advance = now.ms.saturating_sub(last.ms);
        if advance > reachable_ms(elapsed, percent) {
            return; // a jump nobody asked for: nothing of it was watched
        }
        let watched = Duration::from_millis(advance) * 100 / percent.max(1);
        self.watched += watched;
        if captions {
            self.captioned += watched;
        }
        self.seen.add(last.ms, now.ms);
        self.stand_still(elapsed.saturating_sub(watched));
    }

    /// Counts an unasked wait, when it is long enough to be seen.
    pub(super) fn stand_still(&mut self, wait: Duration) {
        if wait > STILL_AFTER {
            self.still += wait;
        }
    }

    /// The next position starts anew: a jump was asked for.
    pub(super) fn lift(&mut self) {
        self.last = None;
    }

    /// Time that passed until now was no wait: a pause.
    pub(super) fn forgive(&mut self, at: Duration) {
        if let Some(last) = &mut self.last {
            last.at = at;
        }
    }
}

fn reachable_ms(elapsed: Duration, percent: u32) -> u64 {
    let ms = elapsed.as_millis() * u128::from(percent) / 100;
    u64::try_from(ms)
        .unwrap_or(u64::MAX)
        .saturating_add(STEP_SLACK_MS)
}
