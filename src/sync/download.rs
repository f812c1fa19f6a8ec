//! One file into the media store: length and hash alone decide, whatever the server does.

mod failure; // why a file is not in the store

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use media_manifest::catalogue::FileRef;
use reqwest::{Response, header};
use url::Url;

use super::policy::{SYNC_EVERY, TRIES_WITHOUT_PROGRESS, TRY_AGAIN};
use super::range::{self, Brings};
use crate::clock::Monotonic;
use crate::http::{Fault, Http};
use crate::store::cache::Progress;
use crate::store::{Cache, Media, Part, PartError};

pub use failure::DownloadError;

/// What downloads share.
pub struct Downloads<'a> {
    /// Makes requests.
    pub http: &'a Http,
    /// Takes objects.
    pub media: &'a Media,
    /// Remembers how far a download came.
    pub cache: &'a Cache,
    /// Most of the link to take, kB/s; 0: no limit.
    pub bandwidth_kb_s: u64,
    /// Whether media may be fetched at this hour.
    pub open: &'a dyn Fn() -> bool,
    /// Servers that cannot be used now, by origin: they are not asked again in this look.
    pub dead: RefCell<HashMap<String, Fault>>,
}

impl Downloads<'_> {
    /// Brings a file into the store from the first of `urls` that serves it.
    pub async fn fetch(&self, file: &FileRef, urls: &[Url]) -> Result<(), DownloadError> {
        let mut last = DownloadError::NoSource;
        for url in urls {
            if let Some(fault) = self.dead(url) {
                last = fault.into();
                continue;
            }
            match self.exhaust(file, url).await {
                Ok(()) => return Ok(self.cache.forget(&file.sha256)?),
                Err(error @ (DownloadError::Part(PartError::Store(_)) | DownloadError::Closed)) => {
                    return Err(error);
                }
                Err(error) => {
                    tracing::warn!(%url, %error, "media not had from this source");
                    if let DownloadError::Fault(fault) = &error {
                        self.note_dead(url, fault);
                    }
                    last = error;
                }
            }
        }
        Err(last)
    }

    /// Why a server is not asked any more in this look.
    pub fn dead(&self, url: &Url) -> Option<Fault> {
        let origin = url.origin().ascii_serialization();
        self.dead.borrow().get(&origin).cloned()
    }

    /// Asks a server no more in this look when nothing can be had of it.
    pub fn note_dead(&self, url: &Url, fault: &Fault) {
        if fault.is_site_wide() {
            let origin = url.origin().ascii_serialization();
            self.dead.borrow_mut().insert(origin, fault.clone());
        }
    }

    /// Tries one source until it is done, refused, or makes no progress.
    async fn exhaust(&self, file: &FileRef, url: &Url) -> Result<(), DownloadError> {
        let mut idle_tries = 0;
        let mut resumed_wrong = false;
        loop {
            let progress = self.cache.progress(&file.sha256)?;
            let mut part = self.media.part(file, progress.synced)?;
            let start = part.written();
            let Err(error) = self.attempt(file, url, &progress, &mut part).await else {
                match part.finish() {
                    // What was resumed may have been of an older file: once from the start.
                    Err(PartError::WrongHash { .. }) if start > 0 && !resumed_wrong => {
                        resumed_wrong = true;
                        self.cache.forget(&file.sha256)?;
                        continue;
                    }
                    finished => return Ok(finished?),
                }
            };
            if !matches!(error, DownloadError::Fault(Fault::Interrupted(_))) {
                return Err(error);
            }
            if part.written() > start {
                idle_tries = 0;
                continue;
            }
            idle_tries += 1;
            if idle_tries >= TRIES_WITHOUT_PROGRESS {
                return Err(error);
            }
            tokio::time::sleep(TRY_AGAIN.saturating_mul(1 << idle_tries)).await;
        }
    }

    /// One request, from where the part ends.
    async fn attempt(
        &self,
        file: &FileRef,
        url: &Url,
        progress: &Progress,
        part: &mut Part,
    ) -> Result<(), DownloadError> {
        if part.written() == file.length && file.length > 0 {
            return Ok(());
        }
        let mut response = match self.ask(url, progress, part.written()).await {
            // The server has no such range: what is there is of no use.
            Err(Fault::Status(416)) if part.written() > 0 => {
                part.restart()?;
                self.ask(url, progress, 0).await?
            }
            answer => answer?,
        };
        let (status, headers) = (response.status(), response.headers());
        match range::brings(status, headers, part.written(), file.length) {
            Brings::Rest => {}
            Brings::Whole => part.restart()?,
            Brings::Other => {
                part.restart()?;
                response = self.ask(url, progress, 0).await?;
            }
        }
        let (headers, more) = (response.headers(), response.content_length());
        range::refuse_early(headers, more, part.written(), file)?;
        let mut progress = Progress {
            url: url.to_string(),
            etag: range::strong_etag(headers).to_owned(),
            synced: 0,
        };
        let received = self.receive(&mut response, file, part, &mut progress).await;
        if received.is_err() {
            self.note(file, part, &mut progress)?;
        }
        received
    }

    async fn ask(&self, url: &Url, progress: &Progress, from: u64) -> Result<Response, Fault> {
        let same_source = progress.url == url.as_str() && !progress.etag.is_empty();
        self.http
            .get(url.clone(), |request| {
                let request = request.header(header::ACCEPT_ENCODING, "identity");
                match (from, same_source) {
                    (0, _) => request,
                    (_, true) => request
                        .header(header::RANGE, format!("bytes={from}-"))
                        .header(header::IF_RANGE, &progress.etag),
                    (_, false) => request.header(header::RANGE, format!("bytes={from}-")),
                }
            })
            .await
    }

    async fn receive(
        &self,
        response: &mut Response,
        file: &FileRef,
        part: &mut Part,
        progress: &mut Progress,
    ) -> Result<(), DownloadError> {
        let start = part.written();
        let mut synced = start;
        let time = Monotonic::start();
        while let Some(bytes) = self.http.chunk(response).await? {
            part.write(&bytes)?;
            if part.written() - synced >= SYNC_EVERY {
                self.note(file, part, progress)?;
                synced = part.written();
                if !(self.open)() {
                    return Err(DownloadError::Closed);
                }
            }
            self.pace(part.written() - start, time).await;
        }
        if part.written() < file.length {
            let reason = format!("{} of {} bytes", part.written(), file.length);
            return Err(Fault::Interrupted(reason).into());
        }
        Ok(())
    }

    /// Records how far the download came, once that survives a power cut.
    fn note(
        &self,
        file: &FileRef,
        part: &Part,
        progress: &mut Progress,
    ) -> Result<(), DownloadError> {
        part.sync()?;
        progress.synced = part.written();
        Ok(self.cache.note_progress(&file.sha256, progress)?)
    }

    /// Waits when more came than the bandwidth allows.
    async fn pace(&self, bytes: u64, since: Monotonic) {
        if let Some(due_ms) = bytes.checked_div(self.bandwidth_kb_s) {
            let ahead = Duration::from_millis(due_ms).saturating_sub(since.elapsed());
            if !ahead.is_zero() {
                tokio::time::sleep(ahead).await;
            }
        }
    }
}
