//! What the service does again and again: looks, imports, readings of the store, deliveries.

use std::time::Duration;

use super::complaint::{self, Complaints};
use super::policy;
use super::scrub::{Scrub, Step};
use super::service::Service;
use super::stick::Watch;
use crate::status;
use crate::store::Media;

impl Service {
    /// Looks again and again; at once when told.
    pub(super) async fn looks(&self, wake: &tokio::sync::Notify) {
        let mut failures = 0;
        let mut scrub = Scrub::default();
        let mut watch = Watch::new(self.settings.sync.import.as_deref());
        let mut complaints = Complaints::default();
        loop {
            // Whoever plugs a stick in does not wait for a slow server: that look is put off.
            let result = tokio::select! {
                biased;
                stick = watch.appears() => {
                    watch.done(self.import(&stick).await.is_err());
                    continue;
                }
                result = self.look() => result,
            };
            watch.forget_failure();
            let pause = match result {
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
                () = self.hear(&mut complaints) => {}
                _ = watch.appears() => {}
            }
            self.put_down(&mut scrub);
        }
    }

    /// Reads the store through, slowly, as long as nothing is downloaded. Ends when a rotten object
    /// has been set aside: the next look fetches it again.
    async fn read_store(&self, scrub: &mut Scrub) {
        let media = Media::new(&self.settings.storage.data);
        loop {
            let step = scrub.step(&media, &self.cache, self.clock.read().time);
            let pause = match step {
                Ok(Step::Read(bytes)) => policy::scrub_pause(bytes),
                Ok(Step::Rotten(sha256)) => {
                    tracing::warn!(sha256, "rotten object set aside");
                    return;
                }
                Ok(Step::Idle) => policy::NO_PASS_DUE,
                Ok(Step::Finished) => self.has_read(scrub),
                Err(error) => {
                    tracing::warn!(%error, "the media store cannot be read through");
                    policy::NO_PASS_DUE
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// The store is read through: how long until it may be due again is looked at.
    fn has_read(&self, scrub: &mut Scrub) -> Duration {
        tracing::info!("the media store has been read through");
        self.put_down(scrub);
        policy::NO_PASS_DUE
    }

    /// Reads through what play could not show. Ends when a rotten object has been set aside: the next
    /// look fetches it again.
    async fn hear(&self, complaints: &mut Complaints) {
        let data = &self.settings.storage.data;
        let media = Media::new(data);
        loop {
            let (key, mark) = complaints.next(data).await;
            let mut rotten = false;
            for sha256 in complaint::objects(data, &key) {
                match complaint::look_into(&media, &sha256).await {
                    Ok(true) => {
                        tracing::warn!(video = key, sha256, "rotten object set aside");
                        rotten = true;
                    }
                    Ok(false) => {}
                    Err(error) => tracing::warn!(video = key, %error, "object not read through"),
                }
            }
            complaints.settle(mark);
            if rotten {
                return;
            }
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
}
