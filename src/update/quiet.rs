//! Hours, and whether somebody is there. Pure.

use std::time::Duration;

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};

use super::policy;
use crate::clock::Reading;
use crate::settings::Hours;
use crate::status::PlayerStatus;

/// The screen that stands when nobody is there.
const VEILLE: &str = "veille";

/// How long nobody has been there, as far as the screen says. `runs`: its process is there.
///
/// A screen that does not run has no visitor, once it has been silent for long enough: an update may
/// be what mends it. One that runs and says nothing any more may have one.
#[must_use]
pub fn alone(status: Option<&PlayerStatus>, runs: bool, now: &Reading) -> Duration {
    let up = Duration::from_millis(now.uptime_ms);
    let Some(status) = status else {
        return up;
    };
    let age = since(status.updated_at, now.time);
    match (runs, age) {
        (true, Some(age)) if age <= policy::STALE && status.screen == VEILLE => {
            Duration::from_secs(status.screen_for_s)
        }
        (true, _) => Duration::ZERO,
        // The clock may have been set meanwhile: no longer than the machine is on.
        (false, age) => age.unwrap_or_default().min(up),
    }
}

/// Whether a system may be installed at this time of the day, when it has waited for so long.
#[must_use]
pub fn open(hours: Option<Hours>, synced: bool, time: Time, waited: Duration) -> bool {
    hours.is_none_or(|hours| hours.open(synced, time)) || waited >= policy::PATIENCE
}

/// Time that has gone by; `None` when the moment is still to come.
fn since(then: Timestamp, now: Timestamp) -> Option<Duration> {
    let gone: SignedDuration = now.duration_since(then);
    Duration::try_from(gone).ok()
}
