//! Limits of the server, each with its reason; those of the protocol are in `central_protocol::limits`.

use std::time::Duration;

/// Transactions waiting for the writer: beyond this, bornes are told to come back.
pub const WRITE_QUEUE: usize = 64;

/// Transactions that share one commit: bounds what one failed commit undoes and how long it takes.
pub const WRITE_GROUP: usize = 32;

/// Readers at a time: each holds a page cache.
pub const READERS: usize = 8;

/// Batches being taken at a time: each may hold 1 MB, over a slow link for a minute. One more is
/// told to come back.
pub const BATCHES_IN_FLIGHT: usize = 128;

/// Batches inflated at a time: each may hold 8 MB and its events until it is stored. Others wait.
pub const BATCHES_INFLATED: usize = 16;

/// What a borne is told to wait when there is no room, seconds.
pub const RETRY_AFTER_S: u32 = 30;

/// Longest time for one request: 1 MB over a slow mobile link, and no connection held for ever.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);

/// Longest wait for open requests when the server stops.
pub const STOP_TIMEOUT: Duration = Duration::from_secs(10);

/// Largest form of a staff page, bytes.
pub const MAX_FORM_BYTES: usize = 16 * 1024;

/// A session ends after this time, however active: a working day.
pub const SESSION_S: i64 = 12 * 60 * 60;

/// Shortest password that is accepted, characters: length is what counts.
pub const MIN_PASSWORD_CHARS: usize = 12;

/// Longest password, bytes: bounds what hashing costs.
pub const MAX_PASSWORD_BYTES: usize = 512;

/// Passwords being checked at a time: each takes 19 MiB and tens of milliseconds.
pub const PASSWORDS_IN_FLIGHT: usize = 2;

/// Failed logins for one name from one address before it must wait.
pub const FAILURES_PER_NAME: u32 = 5;

/// Failed logins from one address, whatever the name, before it must wait: offices share addresses.
pub const FAILURES_PER_ADDRESS: u32 = 30;

/// How long failed logins count, seconds.
pub const FAILURE_WINDOW_S: i64 = 15 * 60;

/// Addresses and names remembered: bounds memory under attack; the oldest are forgotten first.
pub const FAILURE_ENTRIES: usize = 10_000;

/// An hour later than this after the server's own is not believed: a day and every time zone.
pub const FUTURE_TOLERANCE_S: i64 = 48 * 60 * 60;

/// Events are kept this long, days: 13 months; daily counts stay.
pub const EVENT_RETENTION_DAYS: i32 = 397;

/// Events removed in one transaction, so that bornes do not wait for it.
pub const PURGE_STEP: usize = 5_000;

/// How often old events and sessions are removed.
pub const PURGE_PERIOD: Duration = Duration::from_secs(60 * 60);

/// How often titles are read again from the repository.
pub const CATALOGUE_PERIOD: Duration = Duration::from_secs(5 * 60);

/// A borne heard from within this time is online, seconds: it reports at least that often.
pub const ONLINE_S: i64 = 60 * 60;

/// A borne silent for longer than a long weekend deserves a call, seconds.
pub const SILENT_S: i64 = 4 * 24 * 60 * 60;

/// Rows of a table shown before "tout afficher".
pub const ROWS_SHOWN: usize = 25;
