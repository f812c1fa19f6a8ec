//! Limits of updates, each with its reason.

use std::time::Duration;

/// Time that Veille must have stood before a system is installed or started: who has just left may
/// come back, and a start takes a minute.
pub const ALONE: Duration = Duration::from_secs(600);

/// Age from which what the screen said last is no longer believed: it writes every five seconds.
pub const STALE: Duration = Duration::from_secs(60);

/// How often a version is begun: a power cut or a full disk may be in the way once, or twice; what
/// fails three times fails always, and wears the disk.
pub const ATTEMPTS: u32 = 3;

/// Time that a bundle waits for its hours. A borne that is switched off at night never reaches them.
pub const PATIENCE: Duration = Duration::from_secs(7 * 24 * 3_600);
