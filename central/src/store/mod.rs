//! The database: one thread writes, many readers read, and only this module speaks SQL.
//!
//! A write is a closure and one transaction. Closures that wait together share one commit (each in
//! its own savepoint), and every one is answered only after that commit.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::{Semaphore, oneshot};

use crate::limits::{READERS, WRITE_QUEUE};

pub mod audit;
pub mod bornes;
mod connection;
mod counts;
pub mod delivery;
pub mod figures;
mod migrations;
pub mod purge;
pub mod sessions;
pub mod staff;
mod writer;

/// Name of the database file in the data folder.
pub const FILE: &str = "central.db";

/// What went wrong with the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data folder cannot be made.
    #[error("data folder {path}: {source}")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A statement failed.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The database was written by a later version of this program.
    #[error("database: its schema {found} is newer than {known}, which this program knows")]
    Newer {
        /// Version found.
        found: usize,
        /// Latest version known here.
        known: usize,
    },
    /// The commit failed: nothing of the transaction is kept.
    #[error("database: the commit failed: {0}")]
    Commit(String),
    /// Too many transactions wait, or the writer has stopped.
    #[error("database: no room for another transaction")]
    Busy,
    /// A value in the database is not one this program writes.
    #[error("database: {0} holds an unknown value")]
    Unknown(&'static str),
}

impl StoreError {
    /// Whether trying again later can help.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Busy | Self::Commit(_))
            || matches!(self, Self::Sqlite(error) if matches!(
                error.sqlite_error_code(),
                Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DiskFull)
            ))
    }
}

/// A handle to the database; clones share the writer and the readers.
#[derive(Clone)]
pub struct Store {
    writer: Arc<writer::Writer>,
    readers: Arc<Readers>,
}

struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    permits: Semaphore,
}

impl Store {
    /// Opens the database in a data folder, made and brought to the current schema when needed.
    ///
    /// # Errors
    /// When the folder or file cannot be written, or is of a later version.
    pub fn open(data: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(data).map_err(|source| StoreError::Folder {
            path: data.to_owned(),
            source,
        })?;
        let path = data.join(FILE);
        let mut connection = connection::open_writer(&path)?;
        migrations::run(&mut connection)?;
        Ok(Self {
            writer: Arc::new(writer::Writer::start(connection, WRITE_QUEUE)),
            readers: Arc::new(Readers {
                path,
                idle: Mutex::new(Vec::new()),
                permits: Semaphore::new(READERS),
            }),
        })
    }

    /// Runs a closure as one transaction; returns after the commit.
    ///
    /// # Errors
    /// What the closure returns (its changes are undone then), or a failed or impossible commit.
    pub async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        self.writer.submit(writer::job(work, answer))?;
        answered.await.unwrap_or(Err(StoreError::Busy))
    }

    /// Runs a closure on one consistent, read-only view.
    ///
    /// # Errors
    /// What the closure returns, or a failure to open the database.
    pub async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let readers = Arc::clone(&self.readers);
        let _permit = self
            .readers
            .permits
            .acquire()
            .await
            .map_err(|_| StoreError::Busy)?;
        tokio::task::spawn_blocking(move || readers.read(work))
            .await
            .unwrap_or(Err(StoreError::Busy))
    }

    /// Whether the writer still takes work.
    #[must_use]
    pub fn is_writable(&self) -> bool {
        self.writer.is_running()
    }
}

impl Readers {
    fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => connection::open_reader(&self.path)?,
        };
        let view = connection.transaction()?;
        let result = work(&view);
        view.finish()?;
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(connection);
        result
    }
}

/// The number of a row that a key names, added when it is new.
///
/// The first statement finds it, the second adds it and returns it.
fn number_of(
    connection: &Connection,
    find: &str,
    add: &str,
    key: &[&dyn rusqlite::ToSql],
) -> Result<i64, StoreError> {
    let found = connection
        .prepare_cached(find)?
        .query_row(key, |row| row.get(0));
    match found {
        Ok(number) => Ok(number),
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(connection
            .prepare_cached(add)?
            .query_row(key, |row| row.get(0))?),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests;
