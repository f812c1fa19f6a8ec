//! The generation at hand: noticed on disk, read and indexed away from the main loop.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use media_manifest::catalogue::{FileRef, Video};

use crate::catalogue::Catalogue;
use crate::store::media::Media;
use crate::store::{Generation, generation};

use super::inbox::{Inbox, Message};

/// Longest captions or transcript that is read, bytes: an hour of speech is a tenth of it.
const MAX_TEXT: u64 = 1 << 20;

/// The media store without what is in quarantine.
#[derive(Clone)]
struct Shelf {
    media: Media,
    /// SHA-256 of the files.
    quarantined: Arc<HashSet<String>>,
}

impl Shelf {
    fn path(&self, file: &FileRef) -> Option<PathBuf> {
        let barred = self.quarantined.contains(&file.sha256);
        if barred { None } else { self.media.path(file) }
    }
}

/// What can be shown now.
pub struct Library {
    data: PathBuf,
    shelf: Shelf,
    generation: Generation,
    catalogue: Catalogue,
    asked: Option<u64>,
    lost: Lost,
    inbox: Inbox,
}

/// Files that the generation counts as there and the store did not have when it was read: what has
/// rotted is set aside, and fetched again into the same generation.
type Lost = Arc<Mutex<Vec<FileRef>>>;

impl Library {
    /// What the disk holds, without search and captions: those follow.
    /// Files in quarantine are not there.
    pub fn open(data: PathBuf, quarantined: HashSet<String>, today: Date, inbox: Inbox) -> Self {
        let shelf = Shelf {
            media: Media::new(&data),
            quarantined: Arc::new(quarantined),
        };
        let generation = generation::load_current(&data)
            .unwrap_or_else(|error| {
                tracing::error!(%error, "no generation can be read");
                None
            })
            .unwrap_or_default();
        let available = |video: &Video| shelf.path(&video.media.file).is_some();
        let catalogue = Catalogue::browsing(&generation.merged, available, today);
        Self {
            data,
            shelf,
            generation,
            catalogue,
            asked: None,
            lost: Lost::default(),
            inbox,
        }
    }

    /// The videos.
    pub const fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// There is something to show.
    pub fn is_ready(&self) -> bool {
        self.generation.number > 0
    }

    /// Where a file of the catalogue is, when it is there.
    pub fn path(&self, file: &FileRef) -> Option<PathBuf> {
        self.shelf.path(file)
    }

    /// Where the still of each video is, by key.
    pub fn stills(&self) -> HashMap<String, PathBuf> {
        let entries = self.generation.merged.videos.iter();
        entries
            .filter_map(|entry| Some((entry.key.clone(), self.path(&entry.video.poster)?)))
            .collect()
    }

    /// Looks whether sync has promoted a generation, or fetched again what was lost, and has it read.
    pub fn look(&mut self, today: Date) {
        let current = generation::current_number(&self.data);
        if current.is_none() || (current == self.asked && !self.has_found()) {
            return;
        }
        self.asked = current;
        self.lost().clear();
        let (data, shelf, inbox) = (self.data.clone(), self.shelf.clone(), self.inbox.clone());
        let lost = Arc::clone(&self.lost);
        let promise = self.inbox.promise();
        let reading = std::thread::Builder::new()
            .name("library".to_owned())
            .spawn(move || {
                match generation::load_current(&data) {
                    Ok(Some(generation)) => {
                        let catalogue = build(&generation, &shelf, &lost, today);
                        inbox.put(Message::Catalogue(Box::new((generation, catalogue))));
                    }
                    Ok(None) => {}
                    Err(error) => tracing::error!(%error, "the new generation cannot be read"),
                }
                drop(promise);
            });
        if let Err(error) = reading {
            tracing::error!(%error, "no thread to read the catalogue");
            self.asked = None;
        }
    }

    /// Something that was lost is there again.
    fn has_found(&self) -> bool {
        let lost = self.lost();
        lost.iter().any(|file| self.shelf.path(file).is_some())
    }

    fn lost(&self) -> MutexGuard<'_, Vec<FileRef>> {
        self.lost.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a catalogue that was read.
    pub fn replace(&mut self, generation: Generation, catalogue: Catalogue) {
        tracing::info!(
            number = generation.number,
            videos = generation.merged.videos.len(),
            "catalogue ready"
        );
        self.generation = generation;
        self.catalogue = catalogue;
    }
}

fn build(generation: &Generation, shelf: &Shelf, lost: &Lost, today: Date) -> Catalogue {
    let missing: HashSet<_> = generation
        .missing
        .iter()
        .map(|it| it.key.as_str())
        .collect();
    let entries = generation.merged.videos.iter();
    let announced: HashSet<_> = entries
        .filter(|entry| !missing.contains(entry.key.as_str()))
        .map(|entry| &entry.video.media.file.sha256)
        .collect();
    let available = |video: &Video| {
        let file = &video.media.file;
        let there = shelf.path(file).is_some();
        if !there && announced.contains(&file.sha256) {
            let mut lost = lost.lock().unwrap_or_else(PoisonError::into_inner);
            lost.push(file.clone());
        }
        there
    };
    let read = |file: &FileRef| read_text(&shelf.path(file)?);
    Catalogue::build(&generation.merged, available, read, today)
}

fn read_text(path: &std::path::Path) -> Option<String> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(MAX_TEXT).read_to_string(&mut text));
    if let Err(error) = read {
        tracing::warn!(file = %path.display(), %error, "text cannot be read");
        return None;
    }
    Some(text)
}
