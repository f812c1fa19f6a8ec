//! The only place that reads the time: everything else takes it as an argument.
//!
//! A borne may have no battery: after power-on its clock says 1970, or the hour of the last
//! shutdown. What is recorded therefore carries how far the clock could be believed, and a time
//! since boot that lets the hour be corrected once the clock is right.

use std::time::{Duration, Instant};

use central_protocol::ClockTrust;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::settings::Synced;

/// No borne of this version can run before this day; seconds since 1970.
const RELEASED_S: i64 = 1_790_812_800; // 2026-10-01

/// A clock this far after the release is wrong, not old: 10 years.
const BELIEVABLE: SignedDuration = SignedDuration::from_hours(10 * 366 * 24);

/// The time of day, UTC, as the system believes it.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "this is the clock module")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The day and the time of day on the wall, in the machine's own zone.
#[must_use]
pub fn local() -> DateTime {
    on_the_wall(now())
}

/// The day and the time of day that a clock on the wall showed then, in the machine's own zone.
#[must_use]
pub fn on_the_wall(time: Timestamp) -> DateTime {
    time.to_zoned(TimeZone::system()).datetime()
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

/// What a clock says at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The time of day, UTC, as the system believes it.
    pub time: Timestamp,
    /// The system's clock is synchronised and its time is possible.
    pub synced: bool,
    /// Names this boot: differs after each start of the machine.
    pub boot: String,
    /// Time since the machine booted, sleep included, ms.
    pub uptime_ms: u64,
}

impl Reading {
    /// Trust in something recorded at this moment.
    #[must_use]
    pub const fn trust(&self) -> ClockTrust {
        if self.synced {
            ClockTrust::Synced
        } else {
            ClockTrust::Unknown
        }
    }
}

/// Somebody who can be asked the time.
pub trait Clock: Send + Sync {
    /// Reads the clock.
    fn read(&self) -> Reading;
}

/// The machine's clock.
#[derive(Clone, Debug)]
pub struct System {
    synced: Synced,
    boot: String,
}

impl System {
    /// The machine's clock, believed as far as the settings say.
    #[must_use]
    pub fn new(synced: Synced) -> Self {
        let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id");
        Self {
            synced,
            boot: boot.map(|id| id.trim().to_owned()).unwrap_or_default(),
        }
    }
}

impl Clock for System {
    fn read(&self) -> Reading {
        let time = now();
        let synced = match self.synced {
            Synced::Auto => kernel_is_synced(),
            Synced::Yes => true,
            Synced::No => false,
        };
        Reading {
            time,
            synced: synced && is_believable(time),
            boot: self.boot.clone(),
            uptime_ms: uptime_ms(),
        }
    }
}

/// The time to judge expiry by, and whether expiry may be judged at all: a clock that is not
/// synchronised must not make good metadata look expired.
#[must_use]
pub fn for_expiry(reading: &Reading, last_synced: Option<Timestamp>) -> (Timestamp, bool) {
    let floor = last_synced.map_or_else(built, |last| last.max(built()));
    (reading.time.max(floor), reading.synced)
}

/// The earliest time that can be: when this program was built, as far as it knows.
#[must_use]
pub fn built() -> Timestamp {
    option_env!("SOURCE_DATE_EPOCH")
        .and_then(|seconds| seconds.parse().ok())
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .or_else(|| Timestamp::from_second(RELEASED_S).ok())
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Whether a time is possible for this version.
#[must_use]
pub fn is_believable(time: Timestamp) -> bool {
    let built = built();
    time >= built && time.duration_since(built) <= BELIEVABLE
}

fn uptime_ms() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    let ms = time.tv_sec.saturating_mul(1_000) + time.tv_nsec / 1_000_000;
    u64::try_from(ms).unwrap_or(0)
}

/// The kernel's own answer: the time daemon has said that the clock is right.
#[allow(
    unsafe_code,
    reason = "no safe wrapper of adjtimex(2) exists in the libraries used"
)]
fn kernel_is_synced() -> bool {
    // SAFETY: `timex` is plain data for which all zeroes is valid; `modes` 0 only reads.
    let state = unsafe {
        let mut timex: libc::timex = std::mem::zeroed();
        libc::adjtimex(&raw mut timex)
    };
    state != -1 && state != libc::TIME_ERROR
}
