//! One file from a folder into the media store: length and hash alone decide, as from a server.

use std::io::{self, Read, Seek, SeekFrom};

use media_manifest::catalogue::FileRef;
use url::Url;

use super::download::DownloadError;
use super::folder::{Folder, is_absent};
use super::policy::SYNC_EVERY;
use crate::http::Fault;
use crate::store::cache::Progress;
use crate::store::{Cache, Media, Part, PartError};

/// Bytes copied at once: little enough that a request to stop does not wait.
const PIECE: usize = 1 << 20;

/// Copies a file into the store, from where an earlier copy or download was.
pub(super) async fn copy(
    media: &Media,
    cache: &Cache,
    folder: &Folder,
    file: &FileRef,
) -> Result<(), DownloadError> {
    let relative = file.urls.iter().filter(|url| Url::parse(url).is_err());
    let mut last = DownloadError::NoSource;
    for path in relative {
        match once_more_from_the_start(media, cache, folder, file, path).await {
            Ok(()) => return Ok(cache.forget(&file.sha256)?),
            Err(error @ DownloadError::Part(PartError::Store(_))) => return Err(error),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// What was there may have been of another file: once from the start.
async fn once_more_from_the_start(
    media: &Media,
    cache: &Cache,
    folder: &Folder,
    file: &FileRef,
    path: &str,
) -> Result<(), DownloadError> {
    let kept = cache.progress(&file.sha256)?.synced;
    match attempt(media, cache, folder, file, path, kept).await {
        Err(DownloadError::Part(PartError::WrongHash { .. })) if kept > 0 => {
            attempt(media, cache, folder, file, path, 0).await
        }
        tried => tried,
    }
}

async fn attempt(
    media: &Media,
    cache: &Cache,
    folder: &Folder,
    file: &FileRef,
    path: &str,
    kept: u64,
) -> Result<(), DownloadError> {
    let mut source = folder.open(path).map_err(|error| failed(&error))?;
    let (expected, found) = (file.length, length(&source)?);
    if found > expected {
        return Err(PartError::TooLong { expected }.into());
    }
    if found < expected {
        return Err(PartError::TooShort { expected, found }.into());
    }
    let mut part = media.part(file, kept)?;
    let start = SeekFrom::Start(part.written());
    source.seek(start).map_err(|error| failed(&error))?;
    pour(&mut source, &mut part, cache, file).await?;
    Ok(part.finish()?)
}

async fn pour(
    source: &mut std::fs::File,
    part: &mut Part,
    cache: &Cache,
    file: &FileRef,
) -> Result<(), DownloadError> {
    let mut buffer = vec![0; PIECE];
    let mut synced = part.written();
    loop {
        let read = source.read(&mut buffer).map_err(|error| failed(&error))?;
        if read == 0 {
            return Ok(());
        }
        part.write(&buffer[..read])?;
        if part.written() - synced >= SYNC_EVERY {
            part.sync()?;
            synced = part.written();
            let progress = Progress {
                synced,
                ..Progress::default()
            };
            cache.note_progress(&file.sha256, &progress)?;
        }
        tokio::task::yield_now().await;
    }
}

fn length(source: &std::fs::File) -> Result<u64, DownloadError> {
    let found = source.metadata().map_err(|error| failed(&error))?;
    Ok(found.len())
}

fn failed(error: &io::Error) -> DownloadError {
    if is_absent(error) {
        return Fault::NotFound.into();
    }
    DownloadError::Unreadable(error.to_string())
}
