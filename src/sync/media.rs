//! The part of a look that brings media into the store.

use std::cell::RefCell;
use std::collections::HashMap;

use media_manifest::catalogue::FileRef;
use media_manifest::catalogue::merged::Merged;
use url::Url;

use super::copy::copy;
use super::download::{DownloadError, Downloads};
use super::{Round, Source, SyncError, plan, policy};
use crate::http::{Fault, Http};
use crate::status::sync::{Progress, SyncState};
use crate::store::{Generation, Media};

/// Why files are not in the store, by SHA-256.
pub(super) type Reasons = HashMap<String, &'static str>;

/// What gives way when the disk has no room for a catalogue as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nothing that is shown: what the new catalogue has so far is promoted first.
    Beside,
    /// What is of least importance, one by one.
    Instead,
}

/// What was brought.
#[derive(Debug, Default)]
pub(super) struct Haul {
    /// Why files are not there.
    pub reasons: Reasons,
    /// Some would have room in the place of what is still shown.
    pub waits: bool,
}

impl Round<'_> {
    /// Brings all files of a catalogue into the store that it has room for. Fails when the source
    /// went away while there is a generation to go on with.
    pub(super) async fn bring(
        &self,
        merged: &Merged,
        current: Option<&Generation>,
        stage: Stage,
        fault: Option<&Fault>,
    ) -> Result<Haul, SyncError> {
        let media = self.media();
        match self.source {
            Source::Web(http) => {
                let open = || current.is_none() || self.is_open();
                let downloads = self.downloads(http, &media, &open, fault);
                let fetch = async |file: &FileRef| downloads.fetch(file, &self.sources(file)).await;
                let (haul, progress) = self
                    .bring_all(&media, merged, current, stage, fetch)
                    .await?;
                match downloads.dead(&self.settings.sync.url) {
                    Some(fault) if current.is_some() && !haul.reasons.is_empty() => {
                        Err(fault.into())
                    }
                    Some(fault) if progress.files_done == 0 => Err(fault.into()),
                    _ => Ok(haul),
                }
            }
            Source::Folder(folder) => {
                let fetch = async |file: &FileRef| copy(&media, self.cache, folder, file).await;
                let (haul, _) = self
                    .bring_all(&media, merged, current, stage, fetch)
                    .await?;
                if !haul.reasons.is_empty() && folder.mark().is_none() {
                    return Err(folder.unreadable("it has gone".to_owned()));
                }
                Ok(haul)
            }
        }
    }

    pub(super) fn downloads<'a>(
        &'a self,
        http: &'a Http,
        media: &'a Media,
        open: &'a dyn Fn() -> bool,
        fault: Option<&Fault>,
    ) -> Downloads<'a> {
        let downloads = Downloads {
            http,
            media,
            cache: self.cache,
            bandwidth_kb_s: self.settings.sync.bandwidth_kb_s,
            open,
            dead: RefCell::default(),
        };
        if let Some(fault) = fault {
            downloads.note_dead(&self.settings.sync.url, fault);
        }
        downloads
    }

    async fn bring_all(
        &self,
        media: &Media,
        merged: &Merged,
        current: Option<&Generation>,
        stage: Stage,
        fetch: impl AsyncFn(&FileRef) -> Result<(), DownloadError>,
    ) -> Result<(Haul, Progress), SyncError> {
        let files = plan::files(merged);
        let mut progress = Progress {
            files_total: files.len() as u64,
            bytes_total: files.iter().map(|file| file.length).sum(),
            ..Progress::default()
        };
        let mut haul = Haul::default();
        let out = self.left_out(media, merged, &files)?;
        let mut space = None;
        for file in files {
            if media.path(file).is_none() {
                self.tell(progress);
                if out.contains(file.sha256.as_str()) {
                    haul.reasons.insert(file.sha256.clone(), "disk_full");
                    continue;
                }
                let space = match &mut space {
                    Some(space) => space,
                    None => space.insert(self.space(media, merged, current, stage, &out)?),
                };
                if !space.make(file.length.saturating_sub(media.part_length(file))) {
                    haul.reasons.insert(file.sha256.clone(), "disk_full");
                    haul.waits |= stage == Stage::Beside && current.is_some();
                    continue;
                }
                if let Err(reason) = self.file(file, &fetch).await {
                    haul.reasons.insert(file.sha256.clone(), reason);
                    if reason == "closed" {
                        return Err(SyncError::Closed);
                    }
                    continue;
                }
            }
            progress.files_done += 1;
            progress.bytes_done += file.length;
        }
        // What gave way to a file before it.
        let gone = out.iter().filter(|sha256| !media.has(sha256));
        haul.reasons
            .extend(gone.map(|sha256| ((*sha256).to_owned(), "disk_full")));
        self.tell(progress);
        Ok((haul, progress))
    }

    fn tell(&self, progress: Progress) {
        self.report.update(self.clock.read().time, |status| {
            status.state = match self.source {
                Source::Web(_) => SyncState::Downloading,
                Source::Folder(_) => SyncState::Importing,
            };
            status.progress = progress;
        });
    }

    /// Brings one file into the store, or says as a code why not.
    pub(super) async fn file(
        &self,
        file: &FileRef,
        fetch: impl AsyncFn(&FileRef) -> Result<(), DownloadError>,
    ) -> Result<(), &'static str> {
        let now = self.clock.read().time;
        let sha256 = &file.sha256;
        // A stick is another source than the one that served wrongly.
        if let Source::Web(_) = self.source {
            match self.cache.is_quarantined(sha256, now, policy::quarantine) {
                Ok(false) => {}
                Ok(true) => return Err("quarantined"),
                Err(_) => return Err("disk"),
            }
        }
        let Err(error) = fetch(file).await else {
            return Ok(());
        };
        tracing::warn!(sha256, %error, "media not had");
        if error.is_wrong_content()
            && matches!(self.source, Source::Web(_))
            && let Err(error) = self.cache.quarantine(sha256, now)
        {
            tracing::warn!(%error, "quarantine not noted");
        }
        Err(error.code())
    }

    /// Where a file can be had: its own addresses and the relative ones on the mirrors, these first
    /// when they are nearer.
    pub(super) fn sources(&self, file: &FileRef) -> Vec<Url> {
        let sync = &self.settings.sync;
        let own = file.urls.iter().filter_map(|url| sync.url.join(url).ok());
        let relative = file.urls.iter().filter(|url| Url::parse(url).is_err());
        let mirrored = relative.flat_map(|url| {
            let mirrors = sync.mirrors.iter();
            mirrors.filter_map(move |mirror| mirror.join(url).ok())
        });
        let web = |url: &Url| matches!(url.scheme(), "http" | "https");
        if sync.mirrors_first {
            mirrored.chain(own).filter(web).collect()
        } else {
            own.chain(mirrored).filter(web).collect()
        }
    }
}
