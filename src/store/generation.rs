//! Generations of the catalogue: `catalogue/generations/N/catalogue.json`, one of them `current`.
//!
//! `current` and `previous` are symbolic links, switched by rename. A reader that finds `current`
//! damaged takes `previous`.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use media_manifest::catalogue::merged::Merged;
use serde::{Deserialize, Serialize};

use super::StoreError;

/// A catalogue as promoted, with what of it could not be had.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generation {
    /// Counts up from 1.
    pub number: u64,
    /// When it was promoted, by the borne's clock.
    pub promoted_at: Timestamp,
    /// The verified catalogue.
    pub merged: Merged,
    /// Videos that cannot be shown: "indisponible".
    pub missing: Vec<Missing>,
}

/// A video whose files are not all there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Key of the video, `partner/id`.
    pub key: String,
    /// Why, as a short code, for example `not_found`, `wrong_hash`, `disk_full`.
    pub reason: String,
}

/// The number of the current generation; cheap, for polling. `None` before the first sync.
#[must_use]
pub fn current_number(data: &Path) -> Option<u64> {
    number(data, "current")
}

/// Loads the current generation, or the previous one when the current one is damaged. `None` before
/// the first sync.
///
/// # Errors
/// Neither generation can be read.
pub fn load_current(data: &Path) -> Result<Option<Generation>, StoreError> {
    let Some(current) = current_number(data) else {
        return Ok(None);
    };
    load(data, current).map(Some).or_else(|error| {
        let Some(previous) = number(data, "previous") else {
            return Err(error);
        };
        tracing::warn!(%error, previous, "the current generation is damaged");
        load(data, previous).map(Some).map_err(|_| error)
    })
}

fn load(data: &Path, number: u64) -> Result<Generation, StoreError> {
    let path = folder(data, number).join("catalogue.json");
    let bytes = fs::read(&path).map_err(StoreError::io(&path))?;
    serde_json::from_slice(&bytes).map_err(|source| StoreError::Generation { path, source })
}

fn number(data: &Path, link: &str) -> Option<u64> {
    let target = fs::read_link(root(data).join(link)).ok()?;
    target.file_name()?.to_str()?.parse().ok()
}

fn root(data: &Path) -> PathBuf {
    data.join("catalogue")
}

fn folder(data: &Path, number: u64) -> PathBuf {
    root(data).join("generations").join(number.to_string())
}
