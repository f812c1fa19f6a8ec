//! Limits of a playback, each with its reason.

use std::time::Duration;

/// Longest wait for a first picture, or for progress while playing, before a playback is started
/// again, and then given up: longer than a cold disk needs, shorter than a visitor waits.
pub const STALL_LIMIT: Duration = Duration::from_secs(4);

/// A video that was opened again and has held for this long may be opened again once more: a disk may
/// cough twice in a long film. What stands still again sooner cannot be shown.
pub const RETRY_AGAIN: Duration = Duration::from_secs(30);

/// A picture that has moved by less than this since it was opened, in milliseconds, has not moved: a
/// device of sound takes some hundred before it is full.
pub const NO_PROGRESS_MS: u64 = 1_000;

/// How long videos are opened without sound after a device that took none: each would stand still for
/// twice [`STALL_LIMIT`] to find out again.
pub const SILENCE: Duration = Duration::from_secs(600);

/// A wait shorter than this is not counted as a still picture: positions arrive ten times a second
/// and the screen's loop may be busy for a few frames.
pub const STILL_AFTER: Duration = Duration::from_millis(500);

/// A gap between two ticks longer than this means that the loop itself slept (a suspended machine,
/// a debugger): nothing can be said about the backend then.
pub const LOOP_GAP: Duration = Duration::from_secs(2);

/// How far a position may run ahead of the clock and still be play, not a jump, in milliseconds:
/// messages wait in a queue, and the last picture of a video may stand for a while.
pub const STEP_SLACK_MS: u64 = 1_000;

/// A seek stops this long before the end, in milliseconds, so that a picture is seen before the end.
pub const END_MARGIN_MS: u64 = 500;

/// An end that comes earlier than this before the announced one, in milliseconds, means a cut file;
/// containers round their length, and sound may outlast the picture.
pub const EARLY_END_MS: u64 = 5_000;

/// As [`EARLY_END_MS`], as a part of the whole: 1/10.
pub const EARLY_END_PART: u64 = 10;

/// Slowest speed offered, in percent: below, voices are not understood.
pub const MIN_SPEED_PERCENT: u32 = 50;

/// Fastest speed offered, in percent: above, the decoder of a small machine does not keep up.
pub const MAX_SPEED_PERCENT: u32 = 200;

/// A video counts as completed from this part of it seen, in percent.
pub const COMPLETED_PERCENT: u64 = 90;

/// Parts of the coverage bit field.
pub const COVERAGE_PARTS: u64 = 20;
