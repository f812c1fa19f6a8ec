//! Limits of synchronisation, each with its reason.

use std::time::Duration;

use crate::store::media::Space;

/// Pause after the first failure; it doubles with each. Short enough that a cable put back is
/// noticed while somebody still stands there.
pub const BACK_OFF_FIRST: Duration = Duration::from_secs(30);

/// Longest pause after failures: a borne that was cut off for weeks is up to date the same day.
pub const BACK_OFF_MOST: Duration = Duration::from_secs(6 * 3_600);

/// Times one source of a file is asked without a byte of progress before the next source.
pub const TRIES_WITHOUT_PROGRESS: u32 = 3;

/// Pause between two tries of one source; it doubles.
pub const TRY_AGAIN: Duration = Duration::from_millis(500);

/// Bytes downloaded between two waits for the disk: little is fetched twice after a power cut, and
/// the disk is not kept busy by waiting.
pub const SYNC_EVERY: u64 = 8 * 1024 * 1024;

/// Time between two readings of the whole store: rot is slow, and a card that is read all the time
/// lasts less long.
pub const PASS_EVERY: Duration = Duration::from_secs(30 * 24 * 3_600);

/// Bytes a second that the reading of the store takes: 64 GB in four and a half hours of pauses, and
/// a tenth of what a slow card gives while a video plays from it.
pub const PASS_BYTES_S: u64 = 4_000_000;

/// Time until it is asked again whether a reading of the store is due.
pub const NO_PASS_DUE: Duration = Duration::from_secs(3_600);

/// Bytes read of the store between two notes of how far: little is read twice, and the card is not
/// worn by noting.
pub const NOTE_PASS_EVERY: u64 = 64 * 1024 * 1024;

/// Time between two looks for a stick: whoever plugged it in stands there and waits.
pub const LOOK_FOR_STICK: Duration = Duration::from_secs(3);

/// Time between two looks at what play could not show: the next visitor is minutes away.
pub const LOOK_AT_PLAYER: Duration = Duration::from_secs(5);

/// Share of the disk left free, percent: file systems slow down and fragment when full.
const RESERVE_PERCENT: u64 = 5;

/// Least space left free, bytes: events, logs and an update find room.
const RESERVE_LEAST: u64 = 1_000_000_000;

/// Pause before a file that every source served wrongly is asked for again, after so many failures:
/// one hour, doubled each time, at most a day, so that a repaired file appears within a day.
#[must_use]
pub fn quarantine(failures: u32) -> Duration {
    let hours = 1_u64 << failures.saturating_sub(1).min(4);
    Duration::from_secs(hours.min(24) * 3_600)
}

/// The pause after so many bytes read of the store.
#[must_use]
pub fn scrub_pause(bytes: u64) -> Duration {
    Duration::from_micros(bytes.saturating_mul(1_000_000) / PASS_BYTES_S)
}

/// Space to leave free, bytes.
#[must_use]
pub fn reserve(space: Space, setting_mb: Option<u64>) -> u64 {
    setting_mb.map_or_else(
        || (space.total / 100 * RESERVE_PERCENT).max(RESERVE_LEAST),
        |mb| mb.saturating_mul(1_000_000),
    )
}

/// The pause after `failures` failures in a row: anything from nothing to the limit ("full
/// jitter"), so that bornes that failed together do not come back together. `random` is from 0 to 1.
#[must_use]
pub fn back_off(failures: u32, random: f64) -> Duration {
    let doubled = BACK_OFF_FIRST.saturating_mul(1_u32 << failures.saturating_sub(1).min(20));
    doubled.min(BACK_OFF_MOST).mul_f64(random.clamp(0.0, 1.0))
}

/// The pause until the next look when all went well: up to a quarter shorter than the setting, so
/// that bornes switched on together drift apart.
#[must_use]
pub fn interval(setting: Duration, random: f64) -> Duration {
    setting.mul_f64(random.clamp(0.0, 1.0).mul_add(-0.25, 1.0))
}
