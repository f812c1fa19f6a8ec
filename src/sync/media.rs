//! The part of a look that brings media into the store.

use std::cell::RefCell;
use std::collections::HashMap;

use media_manifest::catalogue::FileRef;
use media_manifest::catalogue::merged::Merged;
use url::Url;

use super::download::Downloads;
use super::{Round, SyncError, plan, policy};
use crate::status::sync::{Progress, SyncState};
use crate::store::{Generation, Media};

/// Why files are not in the store, by SHA-256.
pub(super) type Reasons = HashMap<String, &'static str>;

impl Round<'_> {
    /// Brings all files of a catalogue into the store. Fails when the repository's server went away
    /// while there is a generation to go on with.
    pub(super) async fn download(
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
}
