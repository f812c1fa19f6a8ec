//! One look at the repository.

use std::collections::HashSet;
use std::path::Path;

use media_manifest::catalogue::merged::Merged;
use media_manifest::trust::{Client, Datastore, Now, PartnerFailure, TrustError};

use super::transport::HttpTransport;
use super::{SyncError, plan};
use crate::clock::{self, Clock};
use crate::http::Http;
use crate::settings::Settings;
use crate::status::sync::{Failure, Report, SyncState};
use crate::store::{Cache, Generation, Media, Missing, Refusal, generation};

/// Everything a look needs.
pub struct Round<'a> {
    /// Settings.
    pub settings: &'a Settings,
    /// Makes requests.
    pub http: &'a Http,
    /// Remembers between looks.
    pub cache: &'a Cache,
    /// The time.
    pub clock: &'a dyn Clock,
    /// Is told what happens.
    pub report: &'a Report,
}

/// What a look that did not fail found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Number of the current generation.
    pub generation: u64,
    /// It was promoted by this look.
    pub promoted: bool,
    /// What is shown, `partner=version`.
    pub catalogue_version: String,
    /// Videos of which a file could not be had.
    pub missing: Vec<Missing>,
    /// Partners whose catalogue was refused; their last good one goes on.
    pub refused: Vec<Failure>,
    /// Expiry of metadata was checked: the clock can be believed.
    pub expiry_checked: bool,
}

/// A verified catalogue on its way to a generation.
struct Offer {
    merged: Merged,
    refused: Vec<Failure>,
    expiry_checked: bool,
}

impl Round<'_> {
    /// Fetches, verifies, downloads, promotes, evicts.
    ///
    /// # Errors
    /// The last good generation is as it was.
    pub async fn run(&self) -> Result<Outcome, SyncError> {
        self.report.update(self.clock.read().time, |status| {
            status.state = SyncState::Checking;
        });
        let linked = generation::current_number(self.data());
        let current = self.current();
        let offer = self.offer(current.as_ref()).await?;
        let reasons = self.download(&offer.merged, current.as_ref()).await?;
        let missing = plan::missing(&offer.merged, &reasons);
        let outcome = self.promote(offer, missing, current, linked)?;
        self.evict();
        Ok(outcome)
    }

    pub(super) fn data(&self) -> &Path {
        &self.settings.storage.data
    }

    pub(super) fn media(&self) -> Media {
        Media::new(self.data())
    }

    /// A damaged generation is replaced by this look.
    fn current(&self) -> Option<Generation> {
        generation::load_current(self.data()).unwrap_or_else(|error| {
            tracing::error!(%error, "no generation can be read");
            None
        })
    }

    /// The verified catalogue that the repository offers now.
    async fn offer(&self, current: Option<&Generation>) -> Result<Offer, SyncError> {
        let now = self.now()?;
        let transport = HttpTransport::new(self.http.clone(), self.settings.sync.url.clone());
        let mut client = Client::new(transport.clone(), self.datastore()?, now);
        let failed = |error: TrustError| match transport.take_fault() {
            Some(fault) => SyncError::Fault(fault),
            None => SyncError::Refused(error),
        };
        let new = client.refresh().await.map_err(&failed)?;
        let mut offer = Offer {
            merged: Merged::default(),
            refused: Vec::new(),
            expiry_checked: now.check_expiry,
        };
        if let Some(current) = current.filter(|_| !new)
            && self.cache.whole_generation()? == Some(current.number)
        {
            offer.merged = current.merged.clone();
            return Ok(offer);
        }
        self.cache.note_whole_generation(None)?;
        let previous = current.map(|current| &current.merged);
        let update = client.catalogue(previous).await.map_err(&failed)?;
        // A server that went away in between is no partner's fault.
        if let Some(fault) = transport.take_fault() {
            return Err(fault.into());
        }
        let update = update.into_inner();
        let failures = update.failures.iter();
        offer.refused = failures.map(|it| failure(it, now.time)).collect();
        offer.merged = self.unless_refused(update.merged, previous)?;
        Ok(offer)
    }

    /// Leaves out what an administrator went back from, until something newer comes.
    fn unless_refused(
        &self,
        merged: Merged,
        current: Option<&Merged>,
    ) -> Result<Merged, SyncError> {
        let (Some(refusal), Some(current)) = (Refusal::load(self.data()), current) else {
            return Ok(merged);
        };
        if !refusal.concerns(&merged) {
            Refusal::end(self.data())?;
            return Ok(merged);
        }
        tracing::info!(
            left = refusal.generation,
            "what was gone back from stays refused"
        );
        Ok(refusal.apply(&merged, current))
    }

    /// The time that metadata are judged by.
    fn now(&self) -> Result<Now, SyncError> {
        let reading = self.clock.read();
        let (time, check_expiry) = clock::for_expiry(&reading, self.cache.last_synced()?);
        if reading.synced {
            self.cache.note_synced(reading.time)?;
        } else {
            tracing::warn!("the clock is not synchronised: expiry of metadata is not checked");
        }
        Ok(Now { time, check_expiry })
    }

    fn datastore(&self) -> Result<Datastore, SyncError> {
        let path = &self.settings.sync.root;
        let root = std::fs::read(path).map_err(|source| SyncError::Root {
            path: path.display().to_string(),
            source,
        })?;
        Ok(Datastore::init(self.data().join("trust"), &root)?)
    }

    fn promote(
        &self,
        offer: Offer,
        missing: Vec<Missing>,
        current: Option<Generation>,
        linked: Option<u64>,
    ) -> Result<Outcome, SyncError> {
        let had_videos = current
            .as_ref()
            .is_some_and(|current| !current.merged.videos.is_empty());
        if offer.merged.videos.is_empty() && had_videos {
            return Err(SyncError::Empty);
        }
        let _lock = generation::lock(self.data())?;
        if generation::current_number(self.data()) != linked {
            return Err(SyncError::Switched);
        }
        let is_current = |current: &Generation| linked == Some(current.number);
        let same = current.filter(|it| is_current(it) && it.merged == offer.merged);
        let now = self.clock.read().time;
        let (promoted, current) = match same {
            Some(current) if current.missing == missing => (false, current),
            Some(_) => (
                true,
                generation::amend(self.data(), offer.merged, missing, now)?,
            ),
            None => (
                true,
                generation::promote(self.data(), offer.merged, missing, now)?,
            ),
        };
        let whole = offer.refused.is_empty().then_some(current.number);
        self.cache.note_whole_generation(whole)?;
        Ok(Outcome {
            generation: current.number,
            promoted,
            catalogue_version: current.merged.version(),
            missing: current.missing,
            refused: offer.refused,
            expiry_checked: offer.expiry_checked,
        })
    }

    fn evict(&self) {
        self.evict_all_but(None);
    }

    /// Removes what neither the current nor the previous generation nor `also` needs.
    pub(super) fn evict_all_but(&self, also: Option<&Merged>) {
        let kept = [self.current(), generation::load_previous(self.data())];
        let catalogues = kept.iter().flatten().map(|kept| &kept.merged).chain(also);
        let keep: HashSet<&str> = catalogues
            .flat_map(plan::files)
            .map(|file| file.sha256.as_str())
            .collect();
        if keep.is_empty() {
            return;
        }
        match self.media().evict(&keep) {
            Ok(0) => {}
            Ok(freed) => tracing::info!(freed, "media evicted"),
            Err(error) => tracing::warn!(%error, "media not evicted"),
        }
    }
}

fn failure(failure: &PartnerFailure, at: jiff::Timestamp) -> Failure {
    let code = match &failure.error {
        TrustError::Expired { .. } => "expired",
        TrustError::Transport { .. } => "incomplete",
        _ => "refused",
    };
    Failure {
        code: code.to_owned(),
        partner: failure.partner.clone(),
        detail: failure.error.to_string(),
        at,
    }
}
