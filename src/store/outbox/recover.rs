//! Opening, and what follows when the file is damaged.

use std::fs::{self, File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use uuid::Uuid;

use super::{Outbox, SCHEMA, WAITING};
use crate::store::{StoreError, database, files};

/// Held exclusively while the file is checked or replaced, shared while it is open. It holds the epoch
/// that was in use last: a file that knows nothing of it is not the one that was written to.
const LOCK: &str = "events.lock";

/// A damaged file was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reset {
    /// What was wrong.
    pub cause: String,
    /// Waiting events that go on in the new file.
    pub salvaged: usize,
    /// Where the damaged file is now.
    pub aside: PathBuf,
}

pub(super) fn open(data: &Path) -> Result<(Outbox, Option<Reset>), StoreError> {
    fs::create_dir_all(data).map_err(StoreError::io(data))?;
    let path = data.join(Outbox::FILE);
    let lock_path = data.join(LOCK);
    let mut lock = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&lock_path)
        .map_err(StoreError::io(&lock_path))?;
    let last = noted(&mut lock);
    let reset = match lock.try_lock() {
        Ok(()) => check_or_replace(&path, last)?,
        // Somebody has it open and has checked it.
        Err(TryLockError::WouldBlock) => None,
        Err(TryLockError::Error(error)) => return Err(StoreError::io(&lock_path)(error)),
    };
    lock.lock_shared().map_err(StoreError::io(&lock_path))?;
    let connection = database::open(&path, SCHEMA)?;
    let epoch = epoch(&connection).map_err(database::failure(&path))?;
    if last != Some(epoch)
        && let Err(error) = note(&mut lock, epoch)
    {
        // A full disk is no reason not to record.
        tracing::warn!(%error, "the epoch in use is not noted");
    }
    let outbox = Outbox {
        connection,
        path,
        epoch,
        _lock: lock,
    };
    Ok((outbox, reset))
}

/// The epoch of the file, made with its first use. `UUIDv7`: epochs sort by age.
fn epoch(connection: &Connection) -> rusqlite::Result<Uuid> {
    connection.execute(
        "INSERT INTO epoch (epoch, next_seq) SELECT ?1, 1 WHERE NOT EXISTS (SELECT epoch FROM epoch)",
        [Uuid::now_v7().to_string()],
    )?;
    let text: String = connection.query_row(
        "SELECT epoch FROM epoch ORDER BY epoch DESC LIMIT 1",
        [],
        |row| row.get(0),
    )?;
    text.parse::<Uuid>().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into())
    })
}

/// The epoch that was in use last; `None` before the first use, or when the note was cut short.
fn noted(lock: &mut File) -> Option<Uuid> {
    let mut text = String::new();
    lock.read_to_string(&mut text).ok()?;
    text.parse().ok()
}

/// Notes the epoch in use; everybody who has the file open notes the same.
fn note(lock: &mut File, epoch: Uuid) -> std::io::Result<()> {
    lock.rewind()?;
    lock.write_all(epoch.to_string().as_bytes())
}

fn check_or_replace(path: &Path, last: Option<Uuid>) -> Result<Option<Reset>, StoreError> {
    let checked = database::open(path, SCHEMA).and_then(|connection| {
        database::check(&connection, path)?;
        // A file without content is a good database of which nothing tells that it held more.
        if let Some(last) = last {
            must_know(&connection, path, last)?;
        }
        // A table that cannot be read is damage too, even when the pages are whole.
        epoch(&connection)
            .optional()
            .map_err(database::failure(path))
    });
    match checked {
        Ok(_) => Ok(None),
        Err(error) if error.is_corruption() => replace(path, &error).map(Some),
        Err(error) => Err(error),
    }
}

fn must_know(connection: &Connection, path: &Path, last: Uuid) -> Result<(), StoreError> {
    let sql = "SELECT EXISTS (SELECT epoch FROM epoch WHERE epoch = ?1)";
    let known = connection.query_row(sql, [last.to_string()], |row| row.get(0));
    if known.map_err(database::failure(path))? {
        return Ok(());
    }
    Err(StoreError::Damaged {
        path: path.to_owned(),
        finding: format!("it knows nothing of {last}, which was in use"),
    })
}

fn replace(path: &Path, cause: &StoreError) -> Result<Reset, StoreError> {
    tracing::error!(%cause, "the event database is set aside");
    let aside = set_aside(path)?;
    let rows = salvage(&aside);
    let mut connection = database::open(path, SCHEMA)?;
    restore(&mut connection, &rows).map_err(database::failure(path))?;
    Ok(Reset {
        cause: cause.to_string(),
        salvaged: rows.len(),
        aside,
    })
}

/// Moves the file with its log: either alone would be another database.
fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let name = format!("{}.damaged-{}", Outbox::FILE, Uuid::now_v7());
    let aside = path.with_file_name(name);
    for suffix in ["-wal", "-shm", ""] {
        let from = with_suffix(path, suffix);
        match fs::rename(&from, with_suffix(&aside, suffix)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::io(from)(error));
            }
            _ => {}
        }
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    files::sync_folder(folder).map_err(StoreError::io(folder))?;
    Ok(aside)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// A waiting event as it stood in the damaged file.
struct Row {
    epoch: String,
    seq: i64,
    hour: i64,
    clock: String,
    boot: String,
    uptime_ms: i64,
    event: String,
}

/// Reads waiting events until the first that cannot be read.
fn salvage(aside: &Path) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Err(error) = read_rows(aside, &mut rows) {
        tracing::warn!(%error, salvaged = rows.len(), "not every waiting event can be salvaged");
    }
    rows
}

fn read_rows(aside: &Path, rows: &mut Vec<Row>) -> rusqlite::Result<()> {
    let connection = Connection::open_with_flags(aside, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let mut statement = connection.prepare(
        "SELECT epoch, seq, hour, clock, boot, uptime_ms, event
         FROM events NOT INDEXED WHERE state = ?1",
    )?;
    let mut found = statement.query([WAITING])?;
    while let Some(row) = found.next()? {
        let row = Row {
            epoch: row.get(0)?,
            seq: row.get(1)?,
            hour: row.get(2)?,
            clock: row.get(3)?,
            boot: row.get(4)?,
            uptime_ms: row.get(5)?,
            event: row.get(6)?,
        };
        if serde_json::from_str::<serde::de::IgnoredAny>(&row.event).is_ok() {
            rows.push(row);
        }
    }
    Ok(())
}

fn restore(connection: &mut Connection, rows: &[Row]) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for row in rows {
        transaction.execute(
            "INSERT OR IGNORE INTO events
                (epoch, seq, hour, clock, boot, uptime_ms, event, state, settled_at, rejection)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, '')",
            params![
                row.epoch,
                row.seq,
                row.hour,
                row.clock,
                row.boot,
                row.uptime_ms,
                row.event
            ],
        )?;
    }
    transaction.commit()
}
