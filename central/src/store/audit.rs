//! Who did what: logins and every change of bornes and staff.

use jiff::Timestamp;
use rusqlite::Connection;

use super::StoreError;

/// The actor when a command on the server did it.
pub const COMMAND: &str = "commande";

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When, seconds since 1970.
    pub at: i64,
    /// Name of the person, or [`COMMAND`].
    pub actor: String,
    /// What was done, as a short code.
    pub action: String,
    /// To which borne or person.
    pub object: String,
}

/// Adds a line, in the transaction that makes the change.
///
/// # Errors
/// When the database refuses.
pub fn add(
    connection: &Connection,
    at: Timestamp,
    actor: &str,
    action: &str,
    object: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO audit (at, actor, action, object) VALUES (?, ?, ?, ?)")?
        .execute((at.as_second(), actor, action, object))?;
    Ok(())
}

/// The latest lines, newest first.
///
/// # Errors
/// When the database refuses.
pub fn latest(connection: &Connection, most: usize) -> Result<Vec<Line>, StoreError> {
    connection
        .prepare_cached("SELECT at, actor, action, object FROM audit ORDER BY number DESC LIMIT ?")?
        .query_map([most], |row| {
            Ok(Line {
                at: row.get(0)?,
                actor: row.get(1)?,
                action: row.get(2)?,
                object: row.get(3)?,
            })
        })?
        .map(|line| line.map_err(StoreError::from))
        .collect()
}
