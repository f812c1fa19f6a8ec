//! Bornes and their tokens.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;

use super::{StoreError, audit};
use crate::secret::Digest;

/// Where a borne stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum HostKind {
    /// Carrefour emploi formation orientation, "Carrefour des métiers" since 2022.
    #[value(
        help = "Carrefour emploi formation orientation (« Carrefour des métiers » depuis 2022)"
    )]
    Cefo,
    /// A library.
    #[value(help = "bibliothèque")]
    Bibliotheque,
    /// A youth information centre.
    #[value(help = "centre Infor Jeunes")]
    InforJeunes,
    /// A training centre.
    #[value(help = "centre de formation")]
    CentreDeFormation,
    /// A youth centre.
    #[value(help = "maison de jeunes")]
    MaisonDeJeunes,
}

impl HostKind {
    const ALL: [(Self, &str); 5] = [
        (Self::Cefo, "cefo"),
        (Self::Bibliotheque, "bibliotheque"),
        (Self::InforJeunes, "infor-jeunes"),
        (Self::CentreDeFormation, "centre-de-formation"),
        (Self::MaisonDeJeunes, "maison-de-jeunes"),
    ];

    fn code(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, code)| code)
    }

    fn from_code(code: &str) -> Result<Self, StoreError> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == code)
            .map(|(kind, _)| *kind)
            .ok_or(StoreError::Unknown("borne.host_kind"))
    }
}

/// The borne a token belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Row of the borne.
    pub number: i64,
    /// Identifier of the borne.
    pub id: String,
}

/// What is known of a borne.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Borne {
    /// Identifier.
    pub id: String,
    /// Name of the place.
    pub site: String,
    /// Kind of place.
    pub host_kind: HostKind,
    /// It has a token that is not revoked.
    pub active: bool,
    /// What it last said of itself; absent before its first delivery.
    pub contact: Option<Contact>,
}

/// What a borne last said of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// When it was heard, seconds since 1970, by the server's clock.
    pub at: i64,
    /// Its own time then, seconds since 1970.
    pub sent_at: i64,
    /// Trust in its clock: `synced`, `corrected` or `unknown`.
    pub clock: String,
    /// Time since it booted, ms.
    pub uptime_ms: i64,
    /// Version of its software.
    pub firmware: String,
    /// Versions of its catalogues.
    pub catalogue_version: String,
}

/// What came of adding a borne.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is new.
    New,
    /// It was known without a valid token and has one again.
    Again,
    /// It has a valid token: nothing was changed.
    Already,
}

/// Adds a borne, or gives a revoked one its new token.
///
/// # Errors
/// When the database refuses.
pub fn add(
    connection: &Connection,
    id: &str,
    site: &str,
    host_kind: HostKind,
    token: &Digest,
    now: Timestamp,
) -> Result<Added, StoreError> {
    let known = find(connection, id)?;
    if known.is_some_and(|(_, active)| active) {
        return Ok(Added::Already);
    }
    let number: i64 = connection
        .prepare_cached(
            "INSERT INTO borne (id, site, host_kind, added) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE SET site = ?2, host_kind = ?3 RETURNING number",
        )?
        .query_row((id, site, host_kind.code(), now.as_second()), |row| {
            row.get(0)
        })?;
    connection
        .prepare_cached("INSERT INTO token (key, digest, borne, issued) VALUES (?, ?, ?, ?)")?
        .execute((token.key(), token.bytes(), number, now.as_second()))?;
    audit::add(connection, now, audit::COMMAND, "borne-ajoutee", id)?;
    Ok(if known.is_some() {
        Added::Again
    } else {
        Added::New
    })
}

fn find(connection: &Connection, id: &str) -> Result<Option<(i64, bool)>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT number, EXISTS (SELECT 1 FROM token
                 WHERE token.borne = borne.number AND token.revoked IS NULL)
             FROM borne WHERE id = ?",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// Takes a borne's token from it; `false` when there is no such borne with a valid token.
///
/// # Errors
/// When the database refuses.
pub fn revoke(connection: &Connection, id: &str, now: Timestamp) -> Result<bool, StoreError> {
    let Some((number, true)) = find(connection, id)? else {
        return Ok(false);
    };
    connection
        .prepare_cached("UPDATE token SET revoked = ? WHERE borne = ? AND revoked IS NULL")?
        .execute((now.as_second(), number))?;
    audit::add(connection, now, audit::COMMAND, "borne-revoquee", id)?;
    Ok(true)
}

/// The borne that holds a token, when the token is valid.
///
/// # Errors
/// When the database refuses.
pub fn identify(connection: &Connection, token: &Digest) -> Result<Option<Identity>, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT token.digest, borne.number, borne.id FROM token
             JOIN borne ON borne.number = token.borne
             WHERE token.key = ? AND token.revoked IS NULL",
        )?
        .query_row([token.key()], |row| {
            Ok((
                row.get::<_, Vec<u8>>(0)?,
                Identity {
                    number: row.get(1)?,
                    id: row.get(2)?,
                },
            ))
        })
        .optional()?;
    Ok(found.and_then(|(digest, identity)| token.matches(&digest).then_some(identity)))
}

/// All bornes, by site then identifier.
///
/// # Errors
/// When the database refuses or holds a kind of place that is not known.
pub fn list(connection: &Connection) -> Result<Vec<Borne>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, site, host_kind,
             EXISTS (SELECT 1 FROM token WHERE token.borne = borne.number AND revoked IS NULL),
             contact.at, sent_at, clock, uptime_ms, firmware, catalogue_version
         FROM borne LEFT JOIN contact ON contact.borne = borne.number ORDER BY site, id",
    )?;
    let mut rows = statement.query([])?;
    let mut bornes = Vec::new();
    while let Some(row) = rows.next()? {
        bornes.push(Borne {
            id: row.get(0)?,
            site: row.get(1)?,
            host_kind: HostKind::from_code(row.get_ref(2)?.as_str().unwrap_or_default())?,
            active: row.get(3)?,
            contact: contact(row)?,
        });
    }
    Ok(bornes)
}

fn contact(row: &rusqlite::Row<'_>) -> Result<Option<Contact>, StoreError> {
    let Some(at) = row.get(4)? else {
        return Ok(None);
    };
    Ok(Some(Contact {
        at,
        sent_at: row.get(5)?,
        clock: row.get(6)?,
        uptime_ms: row.get(7)?,
        firmware: row.get(8)?,
        catalogue_version: row.get(9)?,
    }))
}
