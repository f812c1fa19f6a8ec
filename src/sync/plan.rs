//! Which files a catalogue needs, in which order; which videos lack some. Pure.

use std::collections::{HashMap, HashSet};

use media_manifest::catalogue::FileRef;
use media_manifest::catalogue::merged::{Entry, Merged};

use crate::store::Missing;

/// All files of a catalogue, each once: what lists show and captions first, because they are small
/// and make the catalogue usable; then videos by priority; then their renditions, which nobody needs
/// to see a video.
#[must_use]
pub fn files(merged: &Merged) -> Vec<&FileRef> {
    let mut entries: Vec<&Entry> = merged.videos.iter().collect();
    entries.sort_by_key(|entry| (entry.video.priority, &entry.key));
    let small = entries.iter().flat_map(|entry| entry.video.small_files());
    let videos = entries.iter().map(|entry| &entry.video.media.file);
    let renditions = entries.iter().flat_map(|entry| entry.video.renditions());
    let mut seen = HashSet::new();
    small
        .chain(videos)
        .chain(renditions.map(|rendition| &rendition.file))
        .filter(|file| seen.insert((&file.sha256, file.length)))
        .collect()
}

/// The videos of which a file could not be had, with the first reason. A video plays as long as its
/// main file is there.
#[must_use]
pub fn missing(merged: &Merged, reasons: &HashMap<String, &'static str>) -> Vec<Missing> {
    let reason = |entry: &Entry| {
        let mut files = entry.video.files();
        files.find_map(|file| reasons.get(&file.sha256).copied())
    };
    merged
        .videos
        .iter()
        .filter_map(|entry| {
            reason(entry).map(|reason| Missing {
                key: entry.key.clone(),
                reason: reason.to_owned(),
            })
        })
        .collect()
}
