//! One look at the repository.

use std::collections::HashSet;
use std::path::Path;

use media_manifest::catalogue::merged::Merged;

use super::media::Stage;
use super::offer::{Notes, Offer};
use super::{Folder, SyncError, plan};
use crate::clock::{self, Clock};
use crate::http::Http;
use crate::settings::Settings;
use crate::status::sync::{Failure, Mirror, Report, SyncState};
use crate::store::{Cache, Generation, Media, Missing, generation};

/// Everything a look needs.
pub struct Round<'a> {
    /// Settings.
    pub settings: &'a Settings,
    /// Where the repository is.
    pub source: Source<'a>,
    /// Remembers between looks.
    pub cache: &'a Cache,
    /// The time.
    pub clock: &'a dyn Clock,
    /// Is told what happens.
    pub report: &'a Report,
}

/// Where a repository is looked at. What comes of it is verified the same way.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    /// At the addresses of the settings.
    Web(&'a Http),
    /// In a folder, for example on a stick.
    Folder(&'a Folder),
}

/// What a look that did not fail found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Number of the current generation.
    pub generation: u64,
    /// It was promoted by this look.
    pub promoted: bool,
    /// A newer catalogue waits for the hours in which media are fetched.
    pub postponed: bool,
    /// What is shown, `partner=version`.
    pub catalogue_version: String,
    /// Videos of which a file could not be had.
    pub missing: Vec<Missing>,
    /// Partners whose catalogue was refused; their last good one goes on.
    pub refused: Vec<Failure>,
    /// Expiry of metadata was checked: the clock can be believed.
    pub expiry_checked: bool,
    /// The mirror that served in place of the repository.
    pub mirror: Option<Mirror>,
}

impl Round<'_> {
    /// Fetches, verifies, downloads, promotes, evicts.
    ///
    /// # Errors
    /// The last good generation is as it was, or better.
    pub async fn run(&self) -> Result<Outcome, SyncError> {
        self.tell_state(match self.source {
            Source::Web(_) => SyncState::Checking,
            Source::Folder(_) => SyncState::Importing,
        });
        let linked = generation::current_number(self.data());
        let current = self.current();
        let mut offer = self.offer(current.as_ref()).await?;
        let (firmware, fault) = (offer.firmware.take(), offer.notes.fault.clone());
        let outcome = self.follow(offer, current, linked).await?;
        self.firmware(firmware, fault.as_ref()).await;
        Ok(outcome)
    }

    /// Does with an offer what is to be done with it now.
    async fn follow(
        &self,
        offer: Offer,
        current: Option<Generation>,
        linked: Option<u64>,
    ) -> Result<Outcome, SyncError> {
        let notes = offer.notes.clone();
        if let Some(current) = &current
            && (offer.waits || self.must_wait(&offer.merged))
        {
            return self.postpone(&offer, current);
        }
        match self.take(offer, current, linked).await {
            Ok((current, promoted)) => {
                let outcome = outcome(&current, promoted, notes);
                drop(current);
                self.evict();
                Ok(outcome)
            }
            Err(SyncError::Closed) => {
                let current = self.current().ok_or(SyncError::Closed)?;
                Ok(postponed(&current, notes))
            }
            Err(error) => Err(error),
        }
    }

    /// Leaves a catalogue for the hours in which media are fetched.
    fn postpone(&self, offer: &Offer, current: &Generation) -> Result<Outcome, SyncError> {
        let notes = offer.notes.clone();
        if !offer.waits && offer.merged == current.merged {
            return Ok(outcome(current, false, notes));
        }
        self.cache.note_waiting_beside(Some(current.number))?;
        Ok(postponed(current, notes))
    }

    /// Brings the media of an offer into the store and promotes it.
    async fn take(
        &self,
        offer: Offer,
        current: Option<Generation>,
        linked: Option<u64>,
    ) -> Result<(Generation, bool), SyncError> {
        let Offer { merged, notes, .. } = offer;
        let fault = notes.fault.as_ref();
        let mut haul = self
            .bring(&merged, current.as_ref(), Stage::Beside, fault)
            .await?;
        let stepwise = haul.waits && self.shows_something(&merged);
        if haul.waits && !stepwise {
            haul = self
                .bring(&merged, current.as_ref(), Stage::Instead, fault)
                .await?;
        }
        let missing = plan::missing(&merged, &haul.reasons);
        let (mut current, mut promoted) = self.settle(merged, missing, current, linked)?;
        if stepwise {
            let haul = self
                .bring(&current.merged, Some(&current), Stage::Instead, fault)
                .await?;
            let missing = plan::missing(&current.merged, &haul.reasons);
            let (merged, linked) = (current.merged.clone(), Some(current.number));
            let (amended, again) = self.settle(merged, missing, Some(current), linked)?;
            (current, promoted) = (amended, promoted || again);
        }
        let whole = notes.refused.is_empty().then_some(current.number);
        self.cache.note_whole_generation(whole)?;
        Ok((current, promoted))
    }

    /// Makes a catalogue the current generation, unless it is that already.
    fn settle(
        &self,
        merged: Merged,
        missing: Vec<Missing>,
        current: Option<Generation>,
        linked: Option<u64>,
    ) -> Result<(Generation, bool), SyncError> {
        let had = current.as_ref().map_or(0, |it| it.merged.videos.len());
        if merged.videos.is_empty() && had > 0 {
            return Err(SyncError::Empty);
        }
        let _lock = generation::lock(self.data())?;
        if generation::current_number(self.data()) != linked {
            return Err(SyncError::Switched);
        }
        let is_current = |it: &Generation| linked == Some(it.number) && it.merged == merged;
        let now = self.clock.read().time;
        Ok(match current.filter(is_current) {
            Some(current) if current.missing == missing => (current, false),
            Some(_) => (generation::amend(self.data(), merged, missing, now)?, true),
            None => (
                generation::promote(self.data(), merged, missing, now)?,
                true,
            ),
        })
    }

    pub(super) fn data(&self) -> &Path {
        &self.settings.storage.data
    }

    pub(super) fn media(&self) -> Media {
        Media::new(self.data())
    }

    pub(super) fn tell_state(&self, state: SyncState) {
        let now = self.clock.read().time;
        self.report.update(now, |status| status.state = state);
    }

    /// Whether media may be fetched at this hour.
    pub(super) fn is_open(&self) -> bool {
        let (Some(window), Source::Web(_)) = (self.settings.sync.window, self.source) else {
            return true;
        };
        let reading = self.clock.read();
        window.open(reading.synced, clock::on_the_wall(reading.time).time())
    }

    /// Whether a catalogue lacks media that may not be fetched at this hour.
    fn must_wait(&self, merged: &Merged) -> bool {
        let media = self.media();
        let absent = || {
            plan::files(merged)
                .into_iter()
                .any(|file| media.path(file).is_none())
        };
        !self.is_open() && absent()
    }

    /// Whether one video at least of a catalogue can be shown.
    fn shows_something(&self, merged: &Merged) -> bool {
        let media = self.media();
        let mut videos = merged.videos.iter();
        videos.any(|entry| media.path(&entry.video.media.file).is_some())
    }

    /// A damaged generation is replaced by this look.
    fn current(&self) -> Option<Generation> {
        generation::load_current(self.data()).unwrap_or_else(|error| {
            tracing::error!(%error, "no generation can be read");
            None
        })
    }

    /// Removes what neither the current nor the previous generation needs.
    fn evict(&self) {
        let mut needed: HashSet<String> = HashSet::new();
        let mut keep = |kept: Option<Generation>| {
            for merged in kept.iter().map(|kept| &kept.merged) {
                let names = plan::files(merged).into_iter().map(|file| &*file.sha256);
                let names = names.chain(self.playing(std::iter::once(merged)));
                needed.extend(names.map(str::to_owned));
            }
        };
        // One after the other: a large catalogue is held once.
        keep(self.current());
        keep(generation::load_previous(self.data()));
        if needed.is_empty() {
            return;
        }
        let needed = needed.iter().map(String::as_str).collect();
        match self.media().evict(&needed) {
            Ok(0) => {}
            Ok(freed) => tracing::info!(freed, "media evicted"),
            Err(error) => tracing::warn!(%error, "media not evicted"),
        }
    }
}

fn postponed(current: &Generation, notes: Notes) -> Outcome {
    Outcome {
        postponed: true,
        ..outcome(current, false, notes)
    }
}

fn outcome(current: &Generation, promoted: bool, notes: Notes) -> Outcome {
    Outcome {
        generation: current.number,
        promoted,
        postponed: false,
        catalogue_version: current.merged.version(),
        missing: current.missing.clone(),
        refused: notes.refused,
        expiry_checked: notes.expiry_checked,
        mirror: notes.mirror,
    }
}
