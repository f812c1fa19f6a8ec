//! Connections with the settings that survive a power cut.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::StoreError;

/// Longest wait for another process that writes, such as `central borne add`.
const BUSY: Duration = Duration::from_secs(5);

/// Statements kept compiled: more than the program has.
const CACHED_STATEMENTS: usize = 64;

/// Safety of every connection: foreign keys hold and a damaged file is noticed, not trusted.
const SAFE: &str = "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; \
                    PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;";

/// Durability of the writer: WAL with FULL loses no acknowledged commit when the power goes. The
/// log may grow to 64 MB before it is cut back, which many small commits make worth it.
const DURABLE: &str = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; \
                       PRAGMA wal_autocheckpoint=4000; PRAGMA journal_size_limit=67108864;";

pub(super) fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    prepare(&connection)?;
    connection.execute_batch(DURABLE)?;
    Ok(connection)
}

pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    prepare(&connection)?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(BUSY)?;
    connection.execute_batch(SAFE)?;
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    Ok(())
}
