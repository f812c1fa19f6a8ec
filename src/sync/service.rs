//! What the worker's thread runs: looks at the repository, and deliveries beside them.

use std::fs::{File, TryLockError};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::scrub::{Scrub, Step};
use super::{Outcome, Round, SyncError, policy};
use crate::clock::Clock;
use crate::http::Http;
use crate::settings::{Central, Settings};
use crate::stats::delivery::{Courier, Delivered, DeliveryError};
use crate::status;
use crate::status::sync::{Failure, Report, SyncState};
use crate::store::{Cache, Media, StoreError, generation};

/// Held while a process synchronises a data folder.
const LOCK: &str = "sync.lock";

/// All that looks and deliveries share; one for each data folder.
pub(super) struct Service {
    settings: Settings,
    http: Http,
    cache: Cache,
    clock: Arc<dyn Clock>,
    random: fn() -> f64,
    report: Report,
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
        let round = Round {
            settings: &self.settings,
            http: &self.http,
            cache: &self.cache,
            clock: &*self.clock,
            report: &self.report,
        };
        let result = round.run().await;
        self.note_look(&result);
        result
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

    /// Looks again and again; at once when told.
    pub(super) async fn looks(&self, wake: &tokio::sync::Notify) {
        let mut failures = 0;
        let mut scrub = Scrub::default();
        loop {
            let pause = match self.look().await {
                Ok(_) => {
                    failures = 0;
                    let setting = Duration::from_secs(self.settings.sync.interval_s);
                    policy::interval(setting, (self.random)())
                }
                Err(error) => {
                    failures += 1;
                    let asked = error.pause().unwrap_or_default();
                    policy::back_off(failures, (self.random)()).max(asked)
                }
            };
            self.note_next(pause);
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = wake.notified() => {}
                () = self.read_store(&mut scrub) => {}
            }
            self.put_down(&mut scrub);
        }
    }

    /// Reads the store through, slowly, as long as nothing is downloaded. Ends when a rotten object
    /// has been set aside: the next look fetches it again.
    async fn read_store(&self, scrub: &mut Scrub) {
        let media = Media::new(&self.settings.storage.data);
        loop {
            let pause = match scrub.step(&media, &self.cache, self.clock.read().time) {
                Ok(Step::Read(bytes)) => policy::scrub_pause(bytes),
                Ok(Step::Rotten(sha256)) => {
                    tracing::warn!(sha256, "rotten object set aside");
                    return;
                }
                Ok(Step::Finished) => {
                    tracing::info!("the media store has been read through");
                    self.put_down(scrub);
                    policy::NO_PASS_DUE
                }
                Ok(Step::Idle) => policy::NO_PASS_DUE,
                Err(error) => {
                    tracing::warn!(%error, "the media store cannot be read through");
                    policy::NO_PASS_DUE
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    fn put_down(&self, scrub: &mut Scrub) {
        if let Err(error) = scrub.rest(&self.cache) {
            tracing::warn!(%error, "reading of the store not noted");
        }
        let Ok(Some(pass)) = self.cache.pass() else {
            return;
        };
        self.report.update(self.clock.read().time, |status| {
            status.scrub = Some(status::sync::Scrub {
                started: pass.started,
                finished: pass.finished,
                rotten: pass.rotten,
            });
        });
    }

    /// Delivers again and again.
    pub(super) async fn deliveries(&self) {
        let mut failures = 0;
        loop {
            let Some(result) = self.deliver().await else {
                return;
            };
            let interval = self.settings.central.as_ref().map_or(0, |it| it.interval_s);
            let pause = match result {
                Ok(_) => {
                    failures = 0;
                    policy::interval(Duration::from_secs(interval), (self.random)())
                }
                Err(error) => {
                    failures += 1;
                    let asked = error.pause().unwrap_or_default();
                    policy::back_off(failures, (self.random)()).max(asked)
                }
            };
            tokio::time::sleep(pause).await;
        }
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
        }
    }

    fn note_look(&self, result: &Result<Outcome, SyncError>) {
        let now = self.clock.read().time;
        self.report.update(now, |status| {
            status.state = SyncState::Waiting;
            status.generation = generation::current_number(&self.settings.storage.data);
            match result {
                Ok(outcome) => {
                    status.last_success = Some(now);
                    status.last_error = None;
                    status
                        .catalogue_version
                        .clone_from(&outcome.catalogue_version);
                    status.missing.clone_from(&outcome.missing);
                    status.refused.clone_from(&outcome.refused);
                    status.expiry_checked = outcome.expiry_checked;
                }
                Err(error) => {
                    tracing::warn!(%error, code = error.code(), "look failed");
                    status.last_error = Some(failure(error.code(), error.to_string(), now));
                }
            }
        });
    }

    fn note_next(&self, pause: Duration) {
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
