//! `events.db`: events that wait for central.
//!
//! An event keeps its key `(epoch, seq)` for ever, also when it is salvaged from a damaged file, so
//! that delivering it twice has no effect. `borne play` appends, `borne sync` delivers; both may have
//! the file open.

mod deliver;
mod recover;
mod retain;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::path::{Path, PathBuf};

use central_protocol::{ClockTrust, Event};
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, params};
use uuid::Uuid;

use super::{StoreError, database};
use crate::clock::Reading;

pub use deliver::Delivery;
pub use recover::Reset;
pub use retain::Retention;

const SCHEMA: &[&str] = &["
    CREATE TABLE epoch (
        epoch TEXT PRIMARY KEY NOT NULL,
        next_seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE events (
        epoch TEXT NOT NULL,
        seq INTEGER NOT NULL,
        hour INTEGER NOT NULL,      -- seconds since 1970, UTC, a whole hour
        clock TEXT NOT NULL,        -- synced, corrected or unknown
        boot TEXT NOT NULL,
        uptime_ms INTEGER NOT NULL,
        event TEXT NOT NULL,        -- JSON
        state INTEGER NOT NULL,     -- 0 waiting, 1 acknowledged, 2 rejected
        settled_at INTEGER NOT NULL,-- seconds since 1970; 0 while waiting
        rejection TEXT NOT NULL,    -- why central rejected it
        PRIMARY KEY (epoch, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX events_by_state ON events (state, epoch, seq);
"];

const WAITING: i64 = 0;
const ACKNOWLEDGED: i64 = 1;
const REJECTED: i64 = 2;

/// An open `events.db`.
#[derive(Debug)]
pub struct Outbox {
    connection: Connection,
    path: PathBuf,
    epoch: Uuid,
    /// Held shared while open: nobody sets the file aside meanwhile.
    _lock: File,
}

/// How many events there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Wait for central.
    pub waiting: u64,
    /// Rejected by central.
    pub rejected: u64,
}

impl Outbox {
    /// Name of the file in the data folder.
    pub const FILE: &str = "events.db";

    /// Opens the outbox of a data folder, made when absent. A damaged file is set aside and what can
    /// be salvaged goes on in a new one.
    ///
    /// # Errors
    /// The file can be neither opened nor replaced.
    pub fn open(data: &Path) -> Result<(Self, Option<Reset>), StoreError> {
        recover::open(data)
    }

    /// The epoch of new events.
    #[must_use]
    pub const fn epoch(&self) -> Uuid {
        self.epoch
    }

    /// Appends events in one transaction.
    ///
    /// # Errors
    /// Nothing was appended.
    pub fn append(&mut self, events: &[(Reading, Event)]) -> Result<(), StoreError> {
        let epoch = self.epoch;
        self.write(|transaction| insert(transaction, epoch, events))
    }

    /// Counts events.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn count(&self) -> Result<Count, StoreError> {
        count(&self.connection).map_err(database::failure(&self.path))
    }

    /// Counts events from outside: the file is neither made, checked nor changed.
    ///
    /// # Errors
    /// There is no such file, or it cannot be read.
    pub fn peek(data: &Path) -> Result<Count, StoreError> {
        let path = data.join(Self::FILE);
        Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .and_then(|connection| count(&connection))
            .map_err(database::failure(&path))
    }

    /// One closure is one transaction.
    fn write<T>(
        &mut self,
        change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let run = |connection: &mut Connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = change(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        run(&mut self.connection).map_err(database::failure(&self.path))
    }
}

fn count(connection: &Connection) -> rusqlite::Result<Count> {
    let of = |state: i64| {
        let sql = "SELECT count(*) FROM events WHERE state = ?1";
        connection.query_row(sql, [state], |row| row.get::<_, u64>(0))
    };
    Ok(Count {
        waiting: of(WAITING)?,
        rejected: of(REJECTED)?,
    })
}

/// Appends events; takes their numbers from the epoch.
fn insert(
    transaction: &Transaction<'_>,
    epoch: Uuid,
    events: &[(Reading, Event)],
) -> rusqlite::Result<()> {
    let epoch = epoch.to_string();
    let first: i64 = transaction.query_row(
        "UPDATE epoch SET next_seq = next_seq + ?2 WHERE epoch = ?1 RETURNING next_seq - ?2",
        params![epoch, events.len()],
        |row| row.get(0),
    )?;
    let mut statement = transaction.prepare_cached(
        "INSERT INTO events
            (epoch, seq, hour, clock, boot, uptime_ms, event, state, settled_at, rejection)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, '')",
    )?;
    for (seq, (reading, event)) in (first..).zip(events) {
        let event = serde_json::to_string(event)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        statement.execute(params![
            epoch,
            seq,
            hour(reading.time),
            clock_name(reading.trust()),
            reading.boot,
            reading.uptime_ms,
            event
        ])?;
    }
    Ok(())
}

/// The whole hour before a time, in seconds since 1970.
fn hour(time: Timestamp) -> i64 {
    time.as_second().div_euclid(3_600) * 3_600
}

const fn clock_name(trust: ClockTrust) -> &'static str {
    match trust {
        ClockTrust::Synced => "synced",
        ClockTrust::Corrected => "corrected",
        ClockTrust::Unknown => "unknown",
    }
}
