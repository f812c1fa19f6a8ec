//! What a borne holds, read from its data folder independently of the borne.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::webvtt::{self, Cue};

/// The current generation of the catalogue, and the files it names.
#[derive(Debug)]
pub struct Shelf {
    store: PathBuf,
    /// Counts up from 1.
    pub number: u64,
    /// Its videos, in the order of their keys.
    pub videos: Vec<Video>,
    /// Keys of those that cannot be shown.
    pub missing: Vec<String>,
}

/// A video of the catalogue.
#[derive(Clone, Debug, Deserialize)]
pub struct Video {
    /// `partner/id`.
    pub key: String,
    /// Title as shown.
    pub title: String,
    /// Shown on the home screen.
    #[serde(default)]
    pub featured: bool,
    /// Lower is fetched first.
    #[serde(default)]
    pub priority: u16,
    /// The video file.
    pub media: Media,
    /// Captions, by language.
    #[serde(default)]
    captions: Vec<Track>,
}

/// A video file.
#[derive(Clone, Debug, Deserialize)]
pub struct Media {
    /// The file.
    pub file: File,
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
    /// It has sound.
    pub sound: bool,
}

/// A file of the media store.
#[derive(Clone, Debug, Deserialize)]
pub struct File {
    /// Its name in the store.
    pub sha256: String,
}

#[derive(Clone, Debug, Deserialize)]
struct Track {
    file: File,
}

#[derive(Deserialize)]
struct Generation {
    number: u64,
    merged: Merged,
    missing: Vec<Missing>,
}

#[derive(Deserialize)]
struct Merged {
    videos: Vec<Video>,
}

#[derive(Deserialize)]
struct Missing {
    key: String,
}

impl Shelf {
    /// The current generation of a borne.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    pub fn open(data: &Path) -> Result<Self> {
        let path = data.join("catalogue/current/catalogue.json");
        let bytes = fs::read(&path).with_context(|| format!("catalogue {}", path.display()))?;
        let generation: Generation = serde_json::from_slice(&bytes).context("catalogue")?;
        Ok(Self {
            store: data.join("store"),
            number: generation.number,
            videos: generation.merged.videos,
            missing: generation.missing.into_iter().map(|one| one.key).collect(),
        })
    }

    /// The video with a key.
    ///
    /// # Errors
    /// The catalogue has none.
    pub fn video(&self, key: &str) -> Result<&Video> {
        let found = self.videos.iter().find(|video| video.key == key);
        found.with_context(|| format!("la vidéo {key} n'est pas au catalogue"))
    }

    /// The captions of a video, as published; none when it has none.
    ///
    /// # Errors
    /// The file is not in the store.
    pub fn cues(&self, video: &Video) -> Result<Vec<Cue>> {
        let Some(track) = video.captions.first() else {
            return Ok(Vec::new());
        };
        let path = self.path(&track.file);
        let text = fs::read_to_string(&path).with_context(|| format!("{}", path.display()))?;
        Ok(webvtt::cues(&text))
    }

    /// Where a file is kept, whether it is there or not.
    #[must_use]
    pub fn path(&self, file: &File) -> PathBuf {
        let folder = file.sha256.get(..2).unwrap_or_default();
        self.store.join(folder).join(&file.sha256)
    }
}
