//! Forgetting: events older than their retention, and sessions that have expired. Counts stay.

use jiff::Timestamp;
use rusqlite::Connection;

use super::StoreError;
use crate::day::Day;
use crate::limits::{EVENT_RETENTION_DAYS, PURGE_STEP};

/// Removes some of what is too old; `true` when more is left.
///
/// Rows are numbered in order of arrival, so the oldest come first and need no index.
///
/// # Errors
/// When the database refuses.
pub fn step(connection: &Connection, now: Timestamp) -> Result<bool, StoreError> {
    connection
        .prepare_cached("DELETE FROM session WHERE expires <= ?")?
        .execute([now.as_second()])?;
    let oldest_kept = Day::of(now).days_before(EVENT_RETENTION_DAYS).number();
    let removed = connection
        .prepare_cached(
            "DELETE FROM event WHERE received_day < ?1 AND number IN
                 (SELECT number FROM event ORDER BY number LIMIT ?2)",
        )?
        .execute((oldest_kept, PURGE_STEP))?;
    Ok(removed == PURGE_STEP)
}
