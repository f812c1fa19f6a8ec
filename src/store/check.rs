//! Reading an object through, piece by piece: whether its content is still what its name says.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rustix::fs::{Advice, fadvise};
use sha2::{Digest, Sha256};

use super::StoreError;

/// Bytes read at once: half a millisecond of hashing, so that nobody waits for it.
const PIECE: usize = 1 << 18;

/// An object that is being read through.
#[derive(Debug)]
pub struct Check {
    file: File,
    path: PathBuf,
    sha256: String,
    hasher: Sha256,
    read: u64,
}

/// What reading on gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// So many bytes, and there may be more.
    Read(u64),
    /// The end: the content is what the name says.
    Sound,
    /// The content is another, or the disk does not give it.
    Rotten,
}

impl Check {
    pub(super) fn open(path: &Path, sha256: &str) -> Result<Self, StoreError> {
        Ok(Self {
            file: File::open(path).map_err(StoreError::io(path))?,
            path: path.to_owned(),
            sha256: sha256.to_owned(),
            hasher: Sha256::new(),
            read: 0,
        })
    }

    /// The name of the object.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Reads on. A disk that refuses to give a piece makes the object rotten.
    pub fn piece(&mut self) -> Piece {
        let mut buffer = vec![0; PIECE];
        match read(&mut self.file, &mut buffer) {
            Ok(0) if hex::encode(self.hasher.clone().finalize()) == self.sha256 => Piece::Sound,
            Ok(0) => Piece::Rotten,
            Ok(length) => {
                self.hasher.update(&buffer[..length]);
                self.forget(length as u64);
                Piece::Read(length as u64)
            }
            Err(error) => {
                tracing::error!(object = %self.path.display(), %error, "object cannot be read");
                Piece::Rotten
            }
        }
    }

    /// Reads to the end; returns whether the object is sound, and its length, bytes.
    pub fn finish(&mut self) -> (bool, u64) {
        loop {
            match self.piece() {
                Piece::Read(_) => {}
                end => return (end == Piece::Sound, self.read),
            }
        }
    }

    /// The system need not keep what was only checked: what plays has its place in memory.
    fn forget(&mut self, length: u64) {
        let piece = std::num::NonZeroU64::new(length);
        let _ = fadvise(&self.file, self.read, piece, Advice::DontNeed);
        self.read += length;
    }
}

fn read(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match file.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}
