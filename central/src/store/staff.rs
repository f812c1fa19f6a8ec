//! Staff accounts.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;

use super::{StoreError, audit};

/// What a person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Read the figures.
    #[value(help = "lire les chiffres")]
    Lecture,
    /// Also change sites, agenda and playlists.
    #[value(help = "aussi modifier les lieux, l'agenda et les listes")]
    Edition,
    /// Also manage bornes and staff.
    #[value(help = "aussi gérer les bornes et les comptes")]
    Administration,
}

impl Role {
    const ALL: [(Self, &str); 3] = [
        (Self::Lecture, "lecture"),
        (Self::Edition, "edition"),
        (Self::Administration, "administration"),
    ];

    fn code(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(role, _)| *role == self)
            .map_or("", |(_, code)| code)
    }

    pub(super) fn from_code(code: &str) -> Result<Self, StoreError> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == code)
            .map(|(role, _)| *role)
            .ok_or(StoreError::Unknown("staff.role"))
    }
}

/// A person who may log in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Login name.
    pub name: String,
    /// What the person may do.
    pub role: Role,
}

/// Adds a person; `false` when the name is taken.
///
/// # Errors
/// When the database refuses.
pub fn add(
    connection: &Connection,
    member: &Member,
    password: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let added = connection
        .prepare_cached(
            "INSERT INTO staff (name, role, password, added) VALUES (?, ?, ?, ?)
             ON CONFLICT (name) DO NOTHING",
        )?
        .execute((&member.name, member.role.code(), password, now.as_second()))?;
    if added == 1 {
        audit::add(
            connection,
            now,
            audit::COMMAND,
            "compte-ajoute",
            &member.name,
        )?;
    }
    Ok(added == 1)
}

/// Removes a person and ends their sessions; `false` when there is none of that name.
///
/// # Errors
/// When the database refuses.
pub fn remove(connection: &Connection, name: &str, now: Timestamp) -> Result<bool, StoreError> {
    let removed = connection
        .prepare_cached("DELETE FROM staff WHERE name = ?")?
        .execute([name])?;
    if removed == 1 {
        audit::add(connection, now, audit::COMMAND, "compte-supprime", name)?;
    }
    Ok(removed == 1)
}

/// Replaces a password and ends the person's sessions; `false` when there is none of that name.
///
/// # Errors
/// When the database refuses.
pub fn set_password(
    connection: &Connection,
    name: &str,
    password: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let changed = connection
        .prepare_cached("UPDATE staff SET password = ? WHERE name = ?")?
        .execute((password, name))?;
    if changed == 1 {
        connection
            .prepare_cached("DELETE FROM session WHERE name = ?")?
            .execute([name])?;
        audit::add(connection, now, audit::COMMAND, "mot-de-passe-change", name)?;
    }
    Ok(changed == 1)
}

/// The stored hash of a person's password.
///
/// # Errors
/// When the database refuses.
pub fn password(connection: &Connection, name: &str) -> Result<Option<String>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT password FROM staff WHERE name = ?")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

/// All people, by name.
///
/// # Errors
/// When the database refuses or holds a role that is not known.
pub fn list(connection: &Connection) -> Result<Vec<Member>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT name, role FROM staff ORDER BY name")?;
    let mut rows = statement.query([])?;
    let mut members = Vec::new();
    while let Some(row) = rows.next()? {
        members.push(Member {
            name: row.get(0)?,
            role: Role::from_code(row.get_ref(1)?.as_str().unwrap_or_default())?,
        });
    }
    Ok(members)
}
