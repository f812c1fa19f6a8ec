//! Media files: what is known of them, and their place in the repository.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::files::Draft;
use super::{PublishError, file_url, policy};

/// What was found by decoding a video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// `video/mp4` or `video/webm`.
    pub mime: String,
    /// Width of the picture, pixels, rotation applied.
    pub width: u32,
    /// Height of the picture, pixels, rotation applied.
    pub height: u32,
    /// Frames a second, rounded; 0 when it varies.
    pub fps: u32,
    /// It has sound.
    pub sound: bool,
    /// Length, ms.
    pub duration_ms: u64,
    /// Gain that brings the sound to −23 LUFS, hundredths of a decibel; 0 when none is needed.
    pub gain_centidb: i16,
}

impl Media {
    /// Extension of its file name.
    #[must_use]
    pub fn extension(&self) -> &'static str {
        match self.mime.as_str() {
            "video/webm" => "webm",
            _ => "mp4",
        }
    }

    /// The moment of the frame that becomes its poster, ms.
    #[must_use]
    pub const fn poster_at_ms(&self) -> u64 {
        self.duration_ms / 100 * policy::POSTER_PERCENT
    }
}

/// Why a video is refused, in French.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

/// Decodes videos.
pub trait Prober {
    /// Decodes a video from start to end.
    ///
    /// # Errors
    /// Why bornes could not play it.
    fn probe(&self, file: &Path) -> Result<Media, Refusal>;

    /// Writes the frame shown at a moment as a JPEG file.
    ///
    /// # Errors
    /// Why there is no such frame.
    fn frame(&self, file: &Path, at_ms: u64, image: &Path) -> Result<(), Refusal>;
}

/// A file of a source and its address in the repository.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) from: PathBuf,
    pub(super) sha256: String,
    pub(super) url: String,
}

impl Stored {
    pub(super) fn new(from: PathBuf, sha256: String, extension: &str) -> Self {
        let url = file_url(&sha256, extension);
        Self { from, sha256, url }
    }
}

/// Copies into the repository what it does not hold yet. The bytes are copied, never linked: a
/// partner who edits a file in place must not change what was signed.
pub(super) fn store(
    repository: &Path,
    media: &[Stored],
    progress: &mut dyn FnMut(&str),
) -> Result<usize, PublishError> {
    let mut added = 0;
    for file in media {
        let to = repository.join(&file.url);
        let length = |path: &Path| fs::metadata(path).map(|metadata| metadata.len()).ok();
        if length(&to).is_some() && length(&to) == length(&file.from) {
            continue;
        }
        progress(&format!("copie de {}", file.from.display()));
        copy(file, &to)?;
        added += 1;
    }
    Ok(added)
}

fn copy(file: &Stored, to: &Path) -> Result<(), PublishError> {
    let mut new = Draft::new(to)?;
    let sha256 = read(&file.from, |bytes| new.write(bytes))?;
    if sha256 != file.sha256 {
        return Err(PublishError::Changed {
            path: file.from.clone(),
        });
    }
    new.keep()
}

/// SHA-256 of a file.
pub(super) fn hash(path: &Path) -> Result<String, PublishError> {
    read(path, |_| Ok(()))
}

fn read(
    path: &Path,
    mut each: impl FnMut(&[u8]) -> Result<(), PublishError>,
) -> Result<String, PublishError> {
    let mut file = File::open(path).map_err(PublishError::io(path))?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let count = file.read(&mut buffer).map_err(PublishError::io(path))?;
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else {
            return Ok(hex::encode(hash.finalize()));
        };
        hash.update(bytes);
        each(bytes)?;
    }
}
