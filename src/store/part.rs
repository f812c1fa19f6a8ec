//! A media object on its way: `store/ab/<sha256>.part` until its content has been verified.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use media_manifest::catalogue::FileRef;
use sha2::{Digest, Sha256};

use super::media::PART;
use super::{StoreError, files};

/// Why bytes did not become an object.
#[derive(Debug, thiserror::Error)]
pub enum PartError {
    /// More bytes than the catalogue says.
    #[error("longer than the {expected} bytes signed")]
    TooLong {
        /// Length signed, bytes.
        expected: u64,
    },
    /// Fewer bytes than the catalogue says.
    #[error("{found} of the {expected} bytes signed")]
    TooShort {
        /// Length signed, bytes.
        expected: u64,
        /// Bytes there.
        found: u64,
    },
    /// The content is another.
    #[error("its SHA-256 is {found}")]
    WrongHash {
        /// SHA-256 of what came.
        found: String,
    },
    /// The system refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The beginning of an object, hashed as it grows.
#[derive(Debug)]
pub struct Part {
    file: File,
    path: PathBuf,
    target: PathBuf,
    hasher: Sha256,
    sha256: String,
    expected: u64,
    written: u64,
}

impl Part {
    /// Opens the part of an object and hashes what is there again: a disk may lie.
    pub(super) fn open(target: PathBuf, file: &FileRef, kept: u64) -> Result<Self, StoreError> {
        let path = target.with_extension(PART);
        let open = || {
            fs::create_dir_all(target.parent().unwrap_or(Path::new(".")))?;
            let file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)?;
            let kept = kept.min(file.metadata()?.len());
            file.set_len(kept)?;
            Ok((file, kept))
        };
        let (handle, written) = open().map_err(StoreError::io(&path))?;
        let mut part = Self {
            file: handle,
            path,
            target,
            hasher: Sha256::new(),
            sha256: file.sha256.clone(),
            expected: file.length,
            written,
        };
        if written > file.length {
            part.restart()?;
        }
        part.rehash().map_err(StoreError::io(&part.path))?;
        Ok(part)
    }

    /// Bytes there.
    #[must_use]
    pub const fn written(&self) -> u64 {
        self.written
    }

    /// Forgets what is there.
    ///
    /// # Errors
    /// The system refuses.
    pub fn restart(&mut self) -> Result<(), StoreError> {
        self.hasher = Sha256::new();
        self.written = 0;
        self.file
            .set_len(0)
            .and_then(|()| self.file.rewind())
            .map_err(StoreError::io(&self.path))
    }

    /// Appends bytes.
    ///
    /// # Errors
    /// [`PartError::TooLong`] before anything is written, or the system refuses.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), PartError> {
        let written = self.written + bytes.len() as u64;
        if written > self.expected {
            let expected = self.expected;
            return Err(PartError::TooLong { expected });
        }
        self.file
            .write_all(bytes)
            .map_err(StoreError::io(&self.path))?;
        self.hasher.update(bytes);
        self.written = written;
        Ok(())
    }

    /// Makes what is there survive a power cut.
    ///
    /// # Errors
    /// The system refuses.
    pub fn sync(&self) -> Result<(), StoreError> {
        self.file.sync_data().map_err(StoreError::io(&self.path))
    }

    /// Verifies, then gives the object its name; on return it survives a power cut. What is wrong
    /// is removed; what is short stays.
    ///
    /// # Errors
    /// There is no object of that name.
    pub fn finish(self) -> Result<(), PartError> {
        if self.written < self.expected {
            return Err(PartError::TooShort {
                expected: self.expected,
                found: self.written,
            });
        }
        let found = hex::encode(self.hasher.clone().finalize());
        if found != self.sha256 {
            fs::remove_file(&self.path).map_err(StoreError::io(&self.path))?;
            return Err(PartError::WrongHash { found });
        }
        self.sync()?;
        let folder = self.target.parent().unwrap_or(Path::new("."));
        fs::rename(&self.path, &self.target)
            .and_then(|()| files::sync_folder(folder))
            .and_then(|()| files::sync_folder(folder.parent().unwrap_or(folder)))
            .map_err(StoreError::io(&self.target))?;
        Ok(())
    }

    fn rehash(&mut self) -> io::Result<()> {
        self.file.rewind()?;
        feed(&mut self.hasher, &mut self.file, self.written)?;
        self.file.seek(SeekFrom::Start(self.written)).map(|_| ())
    }
}

/// Hashes the next `length` bytes of a file.
pub(super) fn feed(hasher: &mut Sha256, file: &mut File, length: u64) -> io::Result<()> {
    let mut buffer = vec![0; 1 << 18];
    let mut left = length;
    while left > 0 {
        let most = usize::try_from(left)
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        let read = file.read(&mut buffer[..most])?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        hasher.update(&buffer[..read]);
        left -= read as u64;
    }
    Ok(())
}
