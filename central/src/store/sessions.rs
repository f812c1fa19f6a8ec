//! Sessions of staff, kept here and not in the browser.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _};

use super::staff::{Member, Role};
use super::{StoreError, audit};
use crate::limits::SESSION_S;
use crate::secret::Digest;

/// Opens a session; the name must exist.
///
/// # Errors
/// When the database refuses.
pub fn open(
    connection: &Connection,
    session: &Digest,
    name: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO session (digest, name, expires) VALUES (?, ?, ?)")?
        .execute((
            session.bytes(),
            name,
            now.as_second().saturating_add(SESSION_S),
        ))?;
    audit::add(connection, now, name, "connexion", name)
}

/// Who holds a session that has not expired.
///
/// # Errors
/// When the database refuses.
pub fn holder(
    connection: &Connection,
    session: &Digest,
    now: Timestamp,
) -> Result<Option<Member>, StoreError> {
    let found: Option<(String, String)> = connection
        .prepare_cached(
            "SELECT staff.name, staff.role FROM session JOIN staff ON staff.name = session.name
             WHERE session.digest = ? AND session.expires > ?",
        )?
        .query_row((session.bytes(), now.as_second()), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    found
        .map(|(name, role)| {
            Ok(Member {
                name,
                role: Role::from_code(&role)?,
            })
        })
        .transpose()
}

/// Ends a session.
///
/// # Errors
/// When the database refuses.
pub fn close(
    connection: &Connection,
    session: &Digest,
    name: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM session WHERE digest = ?")?
        .execute([session.bytes()])?;
    audit::add(connection, now, name, "deconnexion", name)
}
