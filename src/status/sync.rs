//! What `borne sync` says of itself, in `run/sync.json`.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::firmware::Note;
use crate::store::{Missing, files};

const FILE: &str = "run/sync.json";

/// Synchronisation at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SyncStatus {
    /// Process.
    pub pid: u32,
    /// When the process started.
    pub started_at: Timestamp,
    /// When this was written.
    pub updated_at: Timestamp,
    /// What it does now.
    pub state: SyncState,
    /// When the last look at the repository began.
    pub last_attempt: Option<Timestamp>,
    /// When the last look ended well.
    pub last_success: Option<Timestamp>,
    /// Why the last look failed; absent after one that ended well.
    pub last_error: Option<Failure>,
    /// When the next look is due.
    pub next_attempt: Option<Timestamp>,
    /// Number of the current generation.
    pub generation: Option<u64>,
    /// `partner=version` pairs, comma-separated.
    pub catalogue_version: String,
    /// Videos of which a file could not be had.
    pub missing: Vec<Missing>,
    /// Partners whose catalogue was refused; their last good one goes on.
    pub refused: Vec<Failure>,
    /// How far downloads are.
    pub progress: Progress,
    /// The clock is synchronised.
    pub clock_synced: bool,
    /// Expiry of metadata was checked in the last look.
    pub expiry_checked: bool,
    /// Deliveries to central.
    pub delivery: Delivery,
    /// The last reading of the whole media store; absent before the first.
    pub scrub: Option<Scrub>,
    /// The mirror that served in place of the repository in the last look that ended well.
    pub mirror: Option<Mirror>,
    /// A newer catalogue waits for the hours in which media are fetched.
    pub postponed: bool,
    /// The last import from a folder.
    pub import: Option<Import>,
    /// The next system, as far as its bundle's coming.
    pub firmware: Option<Note>,
}

/// A mirror that served in place of the repository.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mirror {
    /// Its address.
    pub url: String,
    /// Why the repository's own address did not serve, as a short code.
    pub code: String,
}

/// An import from a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// When it ended.
    pub at: Timestamp,
    /// The folder.
    pub folder: String,
    /// It brought a new generation.
    pub promoted: bool,
    /// Why it failed; absent when it went well.
    pub error: Option<Failure>,
}

/// A reading of the whole media store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scrub {
    /// When it began.
    pub started: Timestamp,
    /// When it ended; absent while it goes on.
    pub finished: Option<Timestamp>,
    /// Rotten objects found and set aside.
    pub rotten: u64,
}

/// What sync does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncState {
    /// Waits for the next look.
    #[default]
    Waiting,
    /// Fetches and verifies metadata and catalogues.
    Checking,
    /// Downloads media.
    Downloading,
    /// Takes over a repository from a folder.
    Importing,
    /// Has ended.
    Stopped,
}

/// Something that failed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Short code, for example `offline`, `portal`, `refused`, `disk_full`.
    pub code: String,
    /// The partner concerned; empty when it is the whole.
    #[serde(default)]
    pub partner: String,
    /// Detail for a log, in English unless it quotes a catalogue's problem.
    pub detail: String,
    /// When.
    pub at: Timestamp,
}

/// How far downloads are: of all files of the catalogue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Files there.
    pub files_done: u64,
    /// Files of the catalogue.
    pub files_total: u64,
    /// Bytes of files there.
    pub bytes_done: u64,
    /// Bytes of all files of the catalogue.
    pub bytes_total: u64,
}

/// Deliveries to central.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// When central last acknowledged, or was last found with nothing to say.
    pub last_success: Option<Timestamp>,
    /// Why the last delivery failed; absent after one that went well.
    pub last_error: Option<Failure>,
    /// Events that wait.
    pub waiting: u64,
    /// Events that central rejected.
    pub rejected: u64,
}

/// Reads the status; `None` when there is none that can be read.
#[must_use]
pub fn read(data: &Path) -> Option<SyncStatus> {
    files::read_json(&data.join(FILE)).ok()
}

/// Keeps the status and writes it with each change.
#[derive(Debug)]
pub struct Report {
    path: PathBuf,
    status: RefCell<SyncStatus>,
}

impl Report {
    /// Goes on with what the last process wrote.
    #[must_use]
    pub fn start(data: &Path, now: Timestamp) -> Self {
        let status = SyncStatus {
            pid: std::process::id(),
            started_at: now,
            updated_at: now,
            state: SyncState::Waiting,
            ..read(data).unwrap_or_default()
        };
        Self {
            path: data.join(FILE),
            status: RefCell::new(status),
        }
    }

    /// Changes the status and writes it; not durable. A disk that refuses is no reason to stop.
    pub fn update(&self, now: Timestamp, change: impl FnOnce(&mut SyncStatus)) {
        let mut status = self.status.borrow_mut();
        change(&mut status);
        status.updated_at = now;
        if let Err(error) = files::write_json_volatile(&self.path, &*status) {
            tracing::warn!(%error, "status not written");
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> SyncStatus {
        self.status.borrow().clone()
    }
}
