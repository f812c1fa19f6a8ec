//! A repository in a folder, for example on a stick: whoever made it is as little to be trusted as a
//! server, so nothing but plain files below it is opened.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use media_manifest::trust::{Transport, TransportError};
use rustix::fs::{AtFlags, FileType, Mode, OFlags, fstat, open, openat, statat};
use rustix::io::Errno;

use super::SyncError;

/// The file that every refresh reads: a folder without it is no repository.
const TIMESTAMP: &str = "metadata/timestamp.json";

/// A repository in a folder.
#[derive(Clone, Debug)]
pub struct Folder {
    base: PathBuf,
    /// What the system last said when it refused.
    fault: Arc<Mutex<Option<String>>>,
}

/// Tells one repository on a stick from another, without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    device: u64,
    inode: u64,
    changed: (i64, u64),
    length: u64,
}

impl Folder {
    /// The repository below `base`; nothing is touched.
    #[must_use]
    pub fn new(base: impl Into<PathBuf>) -> Self {
        Self {
            base: base.into(),
            fault: Arc::default(),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn base(&self) -> &Path {
        &self.base
    }

    /// The mark of the repository there; `None` when there is none.
    #[must_use]
    pub fn mark(&self) -> Option<Mark> {
        let found = fstat(self.open(TIMESTAMP).ok()?).ok()?;
        Some(Mark {
            device: found.st_dev,
            inode: found.st_ino,
            changed: (found.st_mtime, found.st_mtime_nsec),
            length: u64::try_from(found.st_size).ok()?,
        })
    }

    /// Opens a plain file below the base. No link is followed, not even to a place below it.
    ///
    /// # Errors
    /// `NotFound` when there is no such file, `PermissionDenied` when it is none to be opened.
    pub fn open(&self, path: &str) -> io::Result<File> {
        let mut parts: Vec<&str> = path.split('/').collect();
        if parts.iter().any(|part| matches!(*part, "" | "." | "..")) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let name = parts.pop().unwrap_or_default();
        let folders = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let mut folder = open(&self.base, folders, Mode::empty())?;
        for part in parts {
            folder = openat(&folder, part, folders | OFlags::NOFOLLOW, Mode::empty())?;
        }
        // Opening a device or a pipe can do something: look first, and make sure after.
        plain(statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW)?.st_mode)?;
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = openat(&folder, name, flags, Mode::empty())?;
        plain(fstat(&file)?.st_mode)?;
        Ok(file.into())
    }

    /// Why the folder could not be read since the last call.
    pub(super) fn take_fault(&self) -> Option<SyncError> {
        let mut fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        fault.take().map(|reason| self.unreadable(reason))
    }

    pub(super) fn unreadable(&self, reason: String) -> SyncError {
        SyncError::Folder {
            path: self.base.display().to_string(),
            reason,
        }
    }

    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, TransportError> {
        let mut bytes = Vec::new();
        self.open(path)
            .and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes))
            .map_err(|error| self.note(&error))?;
        if bytes.len() as u64 > limit {
            return Err(TransportError::TooLong { limit });
        }
        Ok(bytes)
    }

    fn note(&self, error: &io::Error) -> TransportError {
        if is_absent(error) {
            return TransportError::NotFound;
        }
        let reason = error.to_string();
        let mut fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        *fault = Some(reason.clone());
        TransportError::Unreachable {
            reason,
            retryable: true,
        }
    }
}

impl Transport for Folder {
    fn fetch(
        &self,
        path: &str,
        limit: u64,
    ) -> impl Future<Output = Result<Vec<u8>, TransportError>> + Send {
        std::future::ready(self.read(path, limit))
    }
}

/// There is nothing under that name that could be a file of a repository. What is no plain file
/// counts as absent: it is of no use, and the other files are judged by themselves.
pub(super) fn is_absent(error: &io::Error) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
    let is_link = error.raw_os_error() == Some(Errno::LOOP.raw_os_error());
    is_link || matches!(error.kind(), NotFound | NotADirectory | PermissionDenied)
}

fn plain(mode: u32) -> io::Result<()> {
    if FileType::from_raw_mode(mode) == FileType::RegularFile {
        return Ok(());
    }
    Err(io::ErrorKind::PermissionDenied.into())
}
