//! `cache.db`: what sync remembers between two looks. It can be rebuilt, so a damaged one is removed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::{StoreError, database};

pub use pass::Pass;

mod pass; // how far the monthly reading came

const FILE: &str = "cache.db";

const SCHEMA: &[&str] = &[
    "
    CREATE TABLE fact (
        name TEXT PRIMARY KEY NOT NULL,
        value INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE download (
        sha256 TEXT PRIMARY KEY NOT NULL,
        url TEXT NOT NULL,
        etag TEXT NOT NULL,         -- strong, or empty
        synced INTEGER NOT NULL     -- bytes that survive a power cut
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE quarantine (
        sha256 TEXT PRIMARY KEY NOT NULL,
        failures INTEGER NOT NULL,
        since INTEGER NOT NULL      -- last failure, seconds since 1970
    ) STRICT, WITHOUT ROWID;
",
    "
    CREATE TABLE scrub (            -- times in seconds since 1970
        id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
        started INTEGER NOT NULL,
        position TEXT NOT NULL,     -- last object read through
        finished INTEGER,
        rotten INTEGER NOT NULL
    ) STRICT;
",
];

/// An open `cache.db`.
#[derive(Debug)]
pub struct Cache {
    connection: Connection,
    path: PathBuf,
}

/// How far a download came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// From where.
    pub url: String,
    /// Strong `ETag` of the answer, or empty.
    pub etag: String,
    /// Bytes that survive a power cut.
    pub synced: u64,
}

impl Cache {
    /// Opens the cache of a data folder, made when absent, made anew when damaged.
    ///
    /// # Errors
    /// It can be neither opened nor made anew.
    pub fn open(data: &Path) -> Result<Self, StoreError> {
        let path = data.join(FILE);
        let connection = match checked(&path) {
            Err(error) if error.is_corruption() => {
                tracing::warn!(%error, "the cache database is made anew");
                remove(&path)?;
                checked(&path)?
            }
            opened => opened?,
        };
        Ok(Self { connection, path })
    }

    /// The last time the clock was known to be right.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn last_synced(&self) -> Result<Option<Timestamp>, StoreError> {
        let second = self.fact("last_synced")?;
        Ok(second.and_then(|second| Timestamp::from_second(second).ok()))
    }

    /// Notes that the clock is right.
    ///
    /// # Errors
    /// Nothing was noted.
    pub fn note_synced(&self, now: Timestamp) -> Result<(), StoreError> {
        self.note_fact("last_synced", now.as_second())
    }

    /// The generation that holds all that the trusted metadata offer, nothing of it refused.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn whole_generation(&self) -> Result<Option<u64>, StoreError> {
        let number = self.fact("whole_generation")?;
        Ok(number.and_then(|number| u64::try_from(number).ok()))
    }

    /// Notes which generation holds all that the trusted metadata offer; `None`: none does.
    ///
    /// # Errors
    /// Nothing was noted.
    pub fn note_whole_generation(&self, number: Option<u64>) -> Result<(), StoreError> {
        let number = number.and_then(|number| i64::try_from(number).ok());
        self.note_fact("whole_generation", number.unwrap_or(-1))
    }

    /// The generation beside which a newer catalogue waits for the hours in which media are fetched.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn waiting_beside(&self) -> Result<Option<u64>, StoreError> {
        let number = self.fact("waiting_beside")?;
        Ok(number.and_then(|number| u64::try_from(number).ok()))
    }

    /// Notes beside which generation a newer catalogue waits; `None`: none does.
    ///
    /// # Errors
    /// Nothing was noted.
    pub fn note_waiting_beside(&self, number: Option<u64>) -> Result<(), StoreError> {
        let number = number.and_then(|number| i64::try_from(number).ok());
        self.note_fact("waiting_beside", number.unwrap_or(-1))
    }

    fn fact(&self, name: &str) -> Result<Option<i64>, StoreError> {
        self.connection
            .query_row("SELECT value FROM fact WHERE name = ?1", [name], |row| {
                row.get(0)
            })
            .optional()
            .map_err(database::failure(&self.path))
    }

    fn note_fact(&self, name: &str, value: i64) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO fact (name, value) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value
             WHERE value <> excluded.value",
            params![name, value],
        )
    }

    /// How far the download of an object came.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn progress(&self, sha256: &str) -> Result<Progress, StoreError> {
        let found = self
            .connection
            .query_row(
                "SELECT url, etag, synced FROM download WHERE sha256 = ?1",
                [sha256],
                |row| {
                    Ok(Progress {
                        url: row.get(0)?,
                        etag: row.get(1)?,
                        synced: row.get(2)?,
                    })
                },
            )
            .optional()
            .map_err(database::failure(&self.path))?;
        Ok(found.unwrap_or_default())
    }

    /// Notes how far the download of an object came.
    ///
    /// # Errors
    /// Nothing was noted.
    pub fn note_progress(&self, sha256: &str, progress: &Progress) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO download (sha256, url, etag, synced) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (sha256) DO UPDATE SET
                url = excluded.url, etag = excluded.etag, synced = excluded.synced",
            params![sha256, progress.url, progress.etag, progress.synced],
        )
    }

    /// Forgets all of an object: it is complete, or not wanted any more.
    ///
    /// # Errors
    /// Nothing was forgotten.
    pub fn forget(&self, sha256: &str) -> Result<(), StoreError> {
        self.execute("DELETE FROM download WHERE sha256 = ?1", params![sha256])?;
        self.execute("DELETE FROM quarantine WHERE sha256 = ?1", params![sha256])
    }

    /// Notes that every source of an object served something else.
    ///
    /// # Errors
    /// Nothing was noted.
    pub fn quarantine(&self, sha256: &str, now: Timestamp) -> Result<(), StoreError> {
        self.execute("DELETE FROM download WHERE sha256 = ?1", params![sha256])?;
        self.execute(
            "INSERT INTO quarantine (sha256, failures, since) VALUES (?1, 1, ?2)
             ON CONFLICT (sha256) DO UPDATE SET
                failures = failures + 1, since = excluded.since",
            params![sha256, now.as_second()],
        )
    }

    /// Whether an object is still in quarantine; `pause` says how long after so many failures.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn is_quarantined(
        &self,
        sha256: &str,
        now: Timestamp,
        pause: impl Fn(u32) -> Duration,
    ) -> Result<bool, StoreError> {
        let found: Option<(u32, i64)> = self
            .connection
            .query_row(
                "SELECT failures, since FROM quarantine WHERE sha256 = ?1",
                [sha256],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .map_err(database::failure(&self.path))?;
        Ok(found.is_some_and(|(failures, since)| {
            // A clock that was set back must not make the pause endless.
            let past = u64::try_from(now.as_second() - since);
            past.is_ok_and(|past| past < pause(failures).as_secs())
        }))
    }

    fn execute(&self, sql: &str, values: impl rusqlite::Params) -> Result<(), StoreError> {
        let change = || self.connection.prepare_cached(sql)?.execute(values);
        change().map(|_| ()).map_err(database::failure(&self.path))
    }
}

fn checked(path: &Path) -> Result<Connection, StoreError> {
    let connection = database::open(path, SCHEMA)?;
    database::check(&connection, path)?;
    Ok(connection)
}

fn remove(path: &Path) -> Result<(), StoreError> {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::io(path)(error));
            }
            _ => {}
        }
    }
    Ok(())
}
