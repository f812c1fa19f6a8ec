//! One look at the repository.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::Path;

use media_manifest::catalogue::FileRef;
use media_manifest::catalogue::merged::Merged;
use media_manifest::trust::{Client, Datastore, Now, PartnerFailure, TrustError};
use url::Url;

use super::download::Downloads;
use super::transport::HttpTransport;
use super::{SyncError, plan, policy};
use crate::clock::{self, Clock};
use crate::http::Http;
use crate::settings::Settings;
use crate::status::sync::{Failure, Progress, Report, SyncState};
use crate::store::{Cache, Generation, Media, Missing, generation};

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
    /// Videos that cannot be shown.
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

/// Why files are not in the store, by SHA-256.
type Reasons = HashMap<String, &'static str>;

impl Round<'_> {
    /// Fetches, verifies, downloads, promotes, evicts.
    ///
    /// # Errors
    /// The last good generation is as it was.
    pub async fn run(&self) -> Result<Outcome, SyncError> {
        self.report.update(self.clock.read().time, |status| {
            status.state = SyncState::Checking;
        });
        let current = self.current();
        let offer = self.offer(current.as_ref()).await?;
        let reasons = self.download(&offer.merged, current.as_ref()).await?;
        let missing = plan::missing(&offer.merged, &reasons);
        let outcome = self.promote(offer, missing, current)?;
        self.evict();
        Ok(outcome)
    }

    fn data(&self) -> &Path {
        &self.settings.storage.data
    }

    fn media(&self) -> Media {
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
        offer.merged = update.merged;
        Ok(offer)
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

    /// Brings all files of a catalogue into the store. Fails when the repository's server went away
    /// while there is a generation to go on with.
    async fn download(
        &self,
        merged: &Merged,
        current: Option<&Generation>,
    ) -> Result<Reasons, SyncError> {
        let media = self.media();
        let downloads = Downloads {
            http: self.http,
            media: &media,
            cache: self.cache,
            bandwidth_kb_s: self.settings.sync.bandwidth_kb_s,
            dead: RefCell::default(),
        };
        let (reasons, progress) = self.download_all(&downloads, merged).await;
        match downloads.dead(&self.settings.sync.url) {
            Some(fault) if current.is_some() && !reasons.is_empty() => Err(fault.into()),
            Some(fault) if progress.files_done == 0 => Err(fault.into()),
            _ => Ok(reasons),
        }
    }

    async fn download_all(
        &self,
        downloads: &Downloads<'_>,
        merged: &Merged,
    ) -> (Reasons, Progress) {
        let files = plan::files(merged);
        let mut reasons = Reasons::new();
        let mut progress = Progress {
            files_total: files.len() as u64,
            bytes_total: files.iter().map(|file| file.length).sum(),
            ..Progress::default()
        };
        for file in files {
            if downloads.media.path(file).is_none() {
                self.tell(progress);
                if let Err(reason) = self.file(downloads, file, merged).await {
                    reasons.insert(file.sha256.clone(), reason);
                    continue;
                }
            }
            progress.files_done += 1;
            progress.bytes_done += file.length;
        }
        self.tell(progress);
        (reasons, progress)
    }

    fn tell(&self, progress: Progress) {
        self.report.update(self.clock.read().time, |status| {
            status.state = SyncState::Downloading;
            status.progress = progress;
        });
    }

    /// Brings one file into the store, or says as a code why not.
    async fn file(
        &self,
        downloads: &Downloads<'_>,
        file: &FileRef,
        merged: &Merged,
    ) -> Result<(), &'static str> {
        let now = self.clock.read().time;
        let sha256 = &file.sha256;
        let pause = policy::quarantine;
        match self.cache.is_quarantined(sha256, now, pause) {
            Ok(false) => {}
            Ok(true) => return Err("quarantined"),
            Err(_) => return Err("disk"),
        }
        if !self.has_room(downloads.media, file, merged) {
            return Err("disk_full");
        }
        let Err(error) = downloads.fetch(file, &self.sources(file)).await else {
            return Ok(());
        };
        tracing::warn!(sha256, %error, "media not had");
        if error.is_wrong_content()
            && let Err(error) = self.cache.quarantine(sha256, now)
        {
            tracing::warn!(%error, "quarantine not noted");
        }
        Err(error.code())
    }

    /// Where a file can be had: its own addresses, then the relative ones on the mirrors.
    fn sources(&self, file: &FileRef) -> Vec<Url> {
        let sync = &self.settings.sync;
        let own = file.urls.iter().filter_map(|url| sync.url.join(url).ok());
        let relative = file.urls.iter().filter(|url| Url::parse(url).is_err());
        let mirrored = relative.flat_map(|url| {
            let mirrors = sync.mirrors.iter();
            mirrors.filter_map(move |mirror| mirror.join(url).ok())
        });
        own.chain(mirrored)
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .collect()
    }

    /// Whether a file fits beside the reserve; evicts what is not needed before it says no.
    fn has_room(&self, media: &Media, file: &FileRef, merged: &Merged) -> bool {
        let fits = || {
            media.space().is_ok_and(|space| {
                let reserve = policy::reserve(space, self.settings.storage.reserve_mb);
                space.free >= reserve.saturating_add(file.length)
            })
        };
        fits() || {
            self.evict_all_but(Some(merged));
            fits()
        }
    }

    fn promote(
        &self,
        offer: Offer,
        missing: Vec<Missing>,
        current: Option<Generation>,
    ) -> Result<Outcome, SyncError> {
        let had_videos = current
            .as_ref()
            .is_some_and(|current| !current.merged.videos.is_empty());
        if offer.merged.videos.is_empty() && had_videos {
            return Err(SyncError::Empty);
        }
        let linked = generation::current_number(self.data());
        let unchanged = current.filter(|current| {
            linked == Some(current.number)
                && current.merged == offer.merged
                && current.missing == missing
        });
        let promoted = unchanged.is_none();
        let now = self.clock.read().time;
        let current = match unchanged {
            Some(current) => current,
            None => generation::promote(self.data(), offer.merged, missing, now)?,
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
    fn evict_all_but(&self, also: Option<&Merged>) {
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
