//! The thread that writes. Transactions that wait together share one commit: the disk is asked to
//! be sure once for all of them, and all are answered after it.

use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};
use tracing::{error, info};

use super::StoreError;
use crate::limits::WRITE_GROUP;

/// Tells a caller how the commit went. Dropping it unsaid says that nothing was done.
type Reply = Box<dyn FnOnce(&Result<(), StoreError>) + Send>;

/// Does a caller's work in its savepoint.
pub(super) type Job = Box<dyn FnOnce(&Connection) -> Reply + Send>;

pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection, queue: usize) -> Self {
        let (jobs, waiting) = mpsc::channel(queue);
        let thread = std::thread::spawn(move || run(&connection, waiting));
        Self {
            jobs: Some(jobs),
            thread: Some(thread),
        }
    }

    /// Queues a job without waiting: a full queue is the caller's to report.
    pub(super) fn submit(&self, job: Job) -> Result<(), StoreError> {
        let jobs = self.jobs.as_ref().ok_or(StoreError::Busy)?;
        jobs.try_send(job).map_err(|_| StoreError::Busy)
    }

    pub(super) fn is_running(&self) -> bool {
        self.jobs.as_ref().is_some_and(|jobs| !jobs.is_closed())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            error!("the writing thread failed");
        }
    }
}

/// Makes a job of a closure: its result waits for the commit.
pub(super) fn job<T: Send + 'static>(
    work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    answer: oneshot::Sender<Result<T, StoreError>>,
) -> Job {
    Box::new(move |connection| {
        let result = in_savepoint(connection, work);
        Box::new(move |commit| {
            let outcome = result.and_then(|value| match commit {
                Ok(()) => Ok(value),
                Err(error) => Err(StoreError::Commit(error.to_string())),
            });
            // A caller that went away needs no answer.
            let _ = answer.send(outcome);
        })
    })
}

fn in_savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.execute_batch("SAVEPOINT job")?;
    let result = work(connection);
    let end = if result.is_ok() {
        "RELEASE job"
    } else {
        "ROLLBACK TO job; RELEASE job"
    };
    // When the whole transaction is gone already, the group notices and fails as one.
    if !connection.is_autocommit() {
        connection.execute_batch(end)?;
    }
    result
}

fn run(connection: &Connection, mut waiting: mpsc::Receiver<Job>) {
    while let Some(first) = waiting.blocking_recv() {
        if let Err(error) = group(connection, first, &mut waiting) {
            error!(%error, "a group of transactions was undone");
            roll_back(connection);
        }
    }
    info!("the database has no more writers");
}

fn roll_back(connection: &Connection) {
    if !connection.is_autocommit()
        && let Err(error) = connection.execute_batch("ROLLBACK")
    {
        error!(%error, "the transaction could not be undone");
    }
}

/// Runs the first job and those that already wait, then commits and answers. On an error the
/// replies are dropped, which tells every caller that nothing was kept.
fn group(
    connection: &Connection,
    first: Job,
    waiting: &mut mpsc::Receiver<Job>,
) -> Result<(), StoreError> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let mut replies = Vec::new();
    let mut next = Some(first);
    while let Some(job) = next {
        replies.push(job(connection));
        // A full disk, for example, rolls everything back at once.
        if connection.is_autocommit() {
            return Err(StoreError::Commit("rolled back by the database".to_owned()));
        }
        next = if replies.len() < WRITE_GROUP {
            waiting.try_recv().ok()
        } else {
            None
        };
    }
    let outcome = connection.execute_batch("COMMIT").map_err(StoreError::from);
    replies.into_iter().for_each(|reply| reply(&outcome));
    outcome
}
