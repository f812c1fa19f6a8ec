//! Limits of statistics, each with its reason.

use std::time::Duration;

use crate::store::outbox::Retention;

/// Events that may wait for the disk: hours of a busy borne, and little memory.
pub const QUEUE: usize = 1_024;

/// Events written in one transaction: a burst costs one wait for the disk.
pub const GROUP: usize = 64;

/// While the disk refuses, it is asked again this often: it heals by itself or by eviction.
pub const WRITE_AGAIN: Duration = Duration::from_secs(30);

/// What is kept. Acknowledged events stay a week, so that central can be restored from yesterday's
/// copy; nothing stays longer than 90 days, a school's summer; 50 MB are years of plays, and far
/// below the disk's reserve.
pub const RETENTION: Retention = Retention {
    settled: Duration::from_secs(7 * 24 * 3_600),
    oldest: Duration::from_secs(90 * 24 * 3_600),
    bytes: 50_000_000,
};

/// Events of this boot without a believable hour wait this long for the clock, ms: a time server
/// answers within seconds once there is a network.
pub const HOLD_UNSYNCED_MS: u64 = 2 * 60 * 1_000;

/// Bodies from this size on are compressed, bytes: below, the headers of gzip eat the gain.
pub const COMPRESS_FROM: usize = 1_000;

/// Longest answer that is read, bytes: a batch of numbers with some rejections is far below.
pub const ANSWER_BYTES: u64 = 4_000_000;
