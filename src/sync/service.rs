//! What the worker's thread runs: a look at the repository, an import, a delivery.

use std::fs::{File, TryLockError};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Folder, Outcome, Round, Source, SyncError};
use crate::clock::Clock;
use crate::http::Http;
use crate::settings::{Central, Settings};
use crate::stats::delivery::{Courier, Delivered, DeliveryError, software};
use crate::status::sync::{Failure, Import, Report, SyncState, SyncStatus};
use crate::store::{Cache, StoreError, generation};

/// Held while a process synchronises a data folder.
const LOCK: &str = "sync.lock";

/// All that looks and deliveries share; one for each data folder.
pub(super) struct Service {
    pub(super) settings: Settings,
    http: Http,
    pub(super) cache: Cache,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) random: fn() -> f64,
    pub(super) report: Report,
    _lock: File,
}

impl Service {
    pub(super) fn open(
        settings: Settings,
        clock: Arc<dyn Clock>,
        random: fn() -> f64,
    ) -> Result<Self, SyncError> {
        let data = settings.storage.data.clone();
        std::fs::create_dir_all(&data).map_err(StoreError::io(&data))?;
        let path = data.join(LOCK);
        let lock = File::create(&path).map_err(StoreError::io(&path))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => SyncError::Locked,
            TryLockError::Error(error) => StoreError::io(&path)(error).into(),
        })?;
        Ok(Self {
            http: Http::new(settings.sync.proxy.as_ref())?,
            cache: Cache::open(&data)?,
            report: Report::start(&data, clock.read().time),
            settings,
            clock,
            random,
            _lock: lock,
        })
    }

    /// One look, with its trace in the status.
    pub(super) async fn look(&self) -> Result<Outcome, SyncError> {
        let started = self.clock.read();
        self.report.update(started.time, |status| {
            status.last_attempt = Some(started.time);
            status.clock_synced = started.synced;
        });
        let result = self.round(Source::Web(&self.http)).run().await;
        self.note_look(&result);
        result
    }

    /// One look at a folder, with its trace in the status.
    pub(super) async fn import(&self, folder: &Folder) -> Result<Outcome, SyncError> {
        let result = self.round(Source::Folder(folder)).run().await;
        self.note_import(folder, &result);
        result
    }

    /// Imports what lies in the folder of the settings; `None` when there is nothing.
    pub(super) async fn import_if_there(&self) -> Option<Result<Outcome, SyncError>> {
        let folder = Folder::new(self.settings.sync.import.as_deref()?);
        folder.mark()?;
        Some(self.import(&folder).await)
    }

    fn round<'a>(&'a self, source: Source<'a>) -> Round<'a> {
        Round {
            settings: &self.settings,
            source,
            cache: &self.cache,
            clock: &*self.clock,
            report: &self.report,
        }
    }

    /// One delivery, with its trace in the status; `None` without a central endpoint.
    pub(super) async fn deliver(&self) -> Option<Result<Delivered, DeliveryError>> {
        let central = self.settings.central.as_ref()?;
        let result = self.courier(central).deliver().await;
        let now = self.clock.read().time;
        self.report.update(now, |status| {
            let delivery = &mut status.delivery;
            match &result {
                Ok(delivered) => {
                    delivery.last_success = Some(now);
                    delivery.last_error = None;
                    delivery.waiting = delivered.queue.waiting;
                    delivery.rejected = delivered.queue.rejected;
                }
                Err(error) => {
                    tracing::warn!(%error, "statistics wait");
                    delivery.last_error = Some(failure(error.code(), error.to_string(), now));
                }
            }
        });
        Some(result)
    }

    /// The last word in the status.
    pub(super) fn stopped(&self) {
        self.report.update(self.clock.read().time, |status| {
            status.state = SyncState::Stopped;
            status.next_attempt = None;
        });
    }

    fn courier<'a>(&'a self, central: &'a Central) -> Courier<'a> {
        Courier {
            http: &self.http,
            central,
            borne: &self.settings.borne.id,
            data: &self.settings.storage.data,
            clock: &*self.clock,
            catalogue_version: self.report.status().catalogue_version,
            software: software(self.settings.firmware.as_ref()),
        }
    }

    fn note_look(&self, result: &Result<Outcome, SyncError>) {
        let now = self.clock.read().time;
        self.report.update(now, |status| {
            self.note_outcome(status, result);
            match result {
                Ok(outcome) => {
                    status.last_success = Some(now);
                    status.last_error = None;
                    status.mirror.clone_from(&outcome.mirror);
                    status.postponed = outcome.postponed;
                }
                Err(error) => {
                    tracing::warn!(%error, code = error.code(), "look failed");
                    status.last_error = Some(failure(error.code(), error.to_string(), now));
                }
            }
        });
    }

    fn note_import(&self, folder: &Folder, result: &Result<Outcome, SyncError>) {
        let now = self.clock.read().time;
        self.report.update(now, |status| {
            self.note_outcome(status, result);
            status.import = Some(Import {
                at: now,
                folder: folder.base().display().to_string(),
                promoted: result.as_ref().is_ok_and(|outcome| outcome.promoted),
                error: result.as_ref().err().map(|error| {
                    tracing::warn!(%error, code = error.code(), "import failed");
                    failure(error.code(), error.to_string(), now)
                }),
            });
        });
    }

    /// What every look that did not fail has found.
    fn note_outcome(&self, status: &mut SyncStatus, result: &Result<Outcome, SyncError>) {
        status.state = SyncState::Waiting;
        status.generation = generation::current_number(&self.settings.storage.data);
        if let Ok(outcome) = result {
            let version = &outcome.catalogue_version;
            status.catalogue_version.clone_from(version);
            status.missing.clone_from(&outcome.missing);
            status.refused.clone_from(&outcome.refused);
            status.expiry_checked = outcome.expiry_checked;
        }
    }

    pub(super) fn note_next(&self, pause: Duration) {
        let now = self.clock.read().time;
        let due = SignedDuration::try_from(pause)
            .ok()
            .and_then(|pause| now.checked_add(pause).ok());
        self.report.update(now, |status| status.next_attempt = due);
    }
}

fn failure(code: &str, detail: String, at: Timestamp) -> Failure {
    Failure {
        code: code.to_owned(),
        partner: String::new(),
        detail,
        at,
    }
}
