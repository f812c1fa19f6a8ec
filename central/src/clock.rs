//! The time, handed in as an argument everywhere else.

use std::sync::Arc;

use jiff::Timestamp;

/// Tells the time when asked.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The clock of this machine: the only place that reads it.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the clock module")]
pub fn system() -> Clock {
    Arc::new(Timestamp::now)
}
