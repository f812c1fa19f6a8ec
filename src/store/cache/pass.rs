//! How far the monthly reading of the store came.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::Cache;
use crate::store::{StoreError, database};

/// A reading of the whole store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// When it began.
    pub started: Timestamp,
    /// Name of the last object read through, in the order of names; empty at the beginning.
    pub position: String,
    /// When it ended; absent while it goes on.
    pub finished: Option<Timestamp>,
    /// Rotten objects found.
    pub rotten: u64,
}

impl Pass {
    /// One that begins.
    #[must_use]
    pub const fn begin(now: Timestamp) -> Self {
        Self {
            started: now,
            position: String::new(),
            finished: None,
            rotten: 0,
        }
    }
}

impl Cache {
    /// The last reading of the store; `None` before the first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn pass(&self) -> Result<Option<Pass>, StoreError> {
        let found: Option<(i64, String, Option<i64>, u64)> = self
            .connection
            .query_row(
                "SELECT started, position, finished, rotten FROM scrub WHERE id = 1",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )
            .optional()
            .map_err(database::failure(&self.path))?;
        let time = |second| Timestamp::from_second(second).ok();
        Ok(found.and_then(|(started, position, finished, rotten)| {
            Some(Pass {
                started: time(started)?,
                position,
                finished: finished.and_then(time),
                rotten,
            })
        }))
    }

    /// Notes how far a reading came.
    ///
    /// # Errors
    /// Nothing was noted.
    pub fn note_pass(&self, pass: &Pass) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO scrub (id, started, position, finished, rotten) VALUES (1, ?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE SET started = excluded.started,
                position = excluded.position, finished = excluded.finished,
                rotten = excluded.rotten",
            params![
                pass.started.as_second(),
                pass.position,
                pass.finished.map(Timestamp::as_second),
                pass.rotten
            ],
        )
    }
}
