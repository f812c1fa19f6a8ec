//! The only place that reads the time: everything else takes it as an argument.

use std::time::{Duration, Instant};

/// The time of day, UTC, as the system believes it.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "this is the clock module")]
pub fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// A clock that never steps back, for durations; it starts at zero.
#[derive(Clone, Copy, Debug)]
pub struct Monotonic(Instant);

impl Monotonic {
    /// Starts at zero.
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
