//! Limits both sides keep, each with its reason.

/// Largest body as sent, in bytes: fits a slow mobile link within one request's patience.
pub const MAX_BODY_BYTES: usize = 1_000_000;

/// Largest body after inflation, in bytes: bounds what a gzip bomb can cost.
pub const MAX_INFLATED_BYTES: usize = 8_000_000;

/// Most events in a batch: keeps one batch one short transaction.
pub const MAX_EVENTS: usize = 2_000;

/// Longest text field, in bytes: catalogue identifiers and vocabulary are far shorter.
pub const MAX_TEXT_BYTES: usize = 256;

/// Longest playback or visit that is believed, in milliseconds: one day.
pub const MAX_DURATION_MS: u64 = 24 * 60 * 60 * 1000;

/// Highest `seq`: what a signed 64-bit database column holds.
pub const MAX_SEQ: u64 = i64::MAX as u64;

/// Most videos or people of a group: more do not stand before a borne.
pub const MAX_GROUP: u64 = 500;
