//! Generations of the catalogue: `catalogue/generations/N/catalogue.json`, one of them `current`.
//!
//! `current` and `previous` are symbolic links, switched by rename. A reader that finds `current`
//! damaged takes `previous`. Who switches them holds [`lock`].

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use media_manifest::catalogue::merged::Merged;
use serde::{Deserialize, Serialize};

use super::{Refusal, StoreError, files};

/// Held while the links are switched.
const LOCK: &str = "lock";

/// A catalogue as promoted, with what of it could not be had.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generation {
    /// Counts up from 1.
    pub number: u64,
    /// When it was promoted, by the borne's clock.
    pub promoted_at: Timestamp,
    /// The verified catalogue.
    pub merged: Merged,
    /// Videos of which a file could not be had. One without its main file cannot be shown:
    /// "indisponible".
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

/// Bytes of a catalogue written at once: few calls, little memory.
const WRITTEN_AT_ONCE: usize = 1 << 20;

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
        let Some(previous) = previous_number(data) else {
            return Err(error);
        };
        tracing::warn!(%error, previous, "the current generation is damaged");
        load(data, previous).map(Some).map_err(|_| error)
    })
}

/// Makes a catalogue the current one; the current one becomes the previous one. On return this
/// survives a power cut; at no moment is there no current generation once there was one.
///
/// # Errors
/// The current generation is as it was.
pub fn promote(
    data: &Path,
    merged: Merged,
    missing: Vec<Missing>,
    promoted_at: Timestamp,
) -> Result<Generation, StoreError> {
    let current = current_number(data);
    let generation = write_next(data, merged, missing, promoted_at)?;
    if let Some(current) = current {
        switch(data, "previous", current)?;
    }
    switch(data, "current", generation.number)?;
    forget_others(data, [Some(generation.number), current]);
    Ok(generation)
}

/// Replaces the current generation by one of the same catalogue of which more or less could be had:
/// the way back still leads to the catalogue before. Otherwise as [`promote`].
///
/// # Errors
/// The current generation is as it was.
pub fn amend(
    data: &Path,
    merged: Merged,
    missing: Vec<Missing>,
    promoted_at: Timestamp,
) -> Result<Generation, StoreError> {
    let generation = write_next(data, merged, missing, promoted_at)?;
    switch(data, "current", generation.number)?;
    forget_others(data, [Some(generation.number), previous_number(data)]);
    Ok(generation)
}

fn write_next(
    data: &Path,
    merged: Merged,
    missing: Vec<Missing>,
    promoted_at: Timestamp,
) -> Result<Generation, StoreError> {
    let last = last_number(data).max(current_number(data));
    let generation = Generation {
        number: last.map_or(1, |last| last + 1),
        promoted_at,
        merged,
        missing,
    };
    write(data, &generation)?;
    Ok(generation)
}

/// Waits until nobody else switches generations; they stay as they are until the file is dropped.
///
/// # Errors
/// The data folder refuses.
pub fn lock(data: &Path) -> Result<File, StoreError> {
    let root = root(data);
    let path = root.join(LOCK);
    let open = || {
        fs::create_dir_all(&root)?;
        let file = File::create(&path)?;
        file.lock()?;
        Ok(file)
    };
    open().map_err(StoreError::io(&path))
}

/// Makes a generation that is still on disk the current one, at once: the one left becomes the
/// previous one, and what it brought is refused until something newer comes. Taking a newer
/// generation again ends every refusal. On return this survives a power cut.
///
/// # Errors
/// There is no such generation, or it cannot be read: nothing has changed.
pub fn take(data: &Path, number: u64, at: Timestamp) -> Result<Generation, StoreError> {
    let _lock = lock(data)?;
    let taken = load(data, number)?;
    let Some(left) = current_number(data).filter(|current| *current != number) else {
        return Ok(taken);
    };
    if number < left {
        // Before the switch: a power cut in between must not let the next look undo it.
        let mut refusal = Refusal::load(data).unwrap_or_default();
        refusal.add(&load(data, left)?, &taken, at);
        refusal.write(data)?;
    }
    switch(data, "current", number)?;
    switch(data, "previous", left)?;
    if number > left {
        Refusal::end(data)?;
    }
    Ok(taken)
}

/// The generations on disk, the newest first; those that cannot be read are left out.
#[must_use]
pub fn on_disk(data: &Path) -> Vec<Generation> {
    let mut found: Vec<Generation> = numbers(data)
        .filter_map(|number| load(data, number).ok())
        .collect();
    found.sort_by_key(|generation| std::cmp::Reverse(generation.number));
    found
}

/// The number of the previous generation.
#[must_use]
pub fn previous_number(data: &Path) -> Option<u64> {
    number(data, "previous")
}

fn write(data: &Path, generation: &Generation) -> Result<(), StoreError> {
    let folder = folder(data, generation.number);
    fs::create_dir_all(&folder).map_err(StoreError::io(&folder))?;
    let path = folder.join("catalogue.json");
    // Written as it is made: a large catalogue is not held as text, too.
    let file = File::create(&path).map_err(StoreError::io(&path))?;
    let mut out = BufWriter::with_capacity(WRITTEN_AT_ONCE, file);
    serde_json::to_writer(&mut out, generation).map_err(|source| {
        if source.is_io() {
            return StoreError::io(&path)(source.into());
        }
        StoreError::Generation {
            path: path.clone(),
            source,
        }
    })?;
    out.into_inner()
        .map_err(std::io::IntoInnerError::into_error)
        .and_then(|file| file.sync_all())
        .map_err(StoreError::io(&path))?;
    for folder in [&folder, &root(data).join("generations"), &root(data), data] {
        files::sync_folder(folder).map_err(StoreError::io(folder))?;
    }
    Ok(())
}

fn switch(data: &Path, link: &str, number: u64) -> Result<(), StoreError> {
    let root = root(data);
    let temporary = root.join(format!("{link}.new"));
    let _ = fs::remove_file(&temporary);
    std::os::unix::fs::symlink(format!("generations/{number}"), &temporary)
        .and_then(|()| fs::rename(&temporary, root.join(link)))
        .and_then(|()| files::sync_folder(&root))
        .map_err(StoreError::io(root.join(link)))
}

/// Removes generations that are neither current nor previous; one that stays is no harm.
fn forget_others(data: &Path, kept: [Option<u64>; 2]) {
    for number in numbers(data).filter(|number| !kept.contains(&Some(*number))) {
        if let Err(error) = fs::remove_dir_all(folder(data, number)) {
            tracing::warn!(number, %error, "old generation not removed");
        }
    }
}

fn last_number(data: &Path) -> Option<u64> {
    numbers(data).max()
}

fn numbers(data: &Path) -> impl Iterator<Item = u64> + use<> {
    let entries = fs::read_dir(root(data).join("generations"));
    entries
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
}

/// Loads the previous generation; `None` when there is none that can be read.
#[must_use]
pub fn load_previous(data: &Path) -> Option<Generation> {
    load(data, previous_number(data)?).ok()
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

pub(super) fn root(data: &Path) -> PathBuf {
    data.join("catalogue")
}

fn folder(data: &Path, number: u64) -> PathBuf {
    root(data).join("generations").join(number.to_string())
}
