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
    generation: Arc<Generation>,
    catalogue: Catalogue,
    asked: Option<u64>,
    /// There is a generation, and none that could be read is at hand yet.
    awaited: bool,
    lost: Lost,
    inbox: Inbox,
}

/// Files that the generation counts as there and the store did not have when it was read: what has
/// rotted is set aside, and fetched again into the same generation.
type Lost = Arc<Mutex<Vec<FileRef>>>;

impl Library {
    /// Nothing is read yet: the first picture does not wait for the catalogue, however many videos
    /// there are. Files in quarantine are not there.
    pub fn open(data: PathBuf, quarantined: HashSet<String>, inbox: Inbox) -> Self {
        Self {
            shelf: Shelf {
                media: Media::new(&data),
                quarantined: Arc::new(quarantined),
            },
            awaited: generation::current_number(&data).is_some(),
            data,
            generation: Arc::default(),
            catalogue: Catalogue::default(),
            asked: None,
            lost: Lost::default(),
            inbox,
        }
    }

    /// The videos.
    pub const fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// There is something to show, or it is about to come.
    pub fn is_ready(&self) -> bool {
        self.generation.number > 0 || self.awaited
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
        self.awaited = true;
        self.lost().clear();
        let (data, inbox, promise) = (self.data.clone(), self.inbox.clone(), self.inbox.promise());
        let reader = Reader {
            shelf: self.shelf.clone(),
            lost: Arc::clone(&self.lost),
            today,
        };
        let is_first = self.generation.number == 0;
        let reading = std::thread::Builder::new()
            .name("library".to_owned())
            .spawn(move || {
                match generation::load_current(&data) {
                    Ok(Some(generation)) => reader.read(generation, is_first, &inbox),
                    Ok(None) => inbox.put(Message::Unreadable),
                    Err(error) => {
                        tracing::error!(%error, "no generation can be read");
                        inbox.put(Message::Unreadable);
                    }
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
    pub fn replace(&mut self, generation: Arc<Generation>, catalogue: Catalogue) {
        tracing::info!(
            number = generation.number,
            videos = generation.merged.videos.len(),
            "catalogue ready"
        );
        self.generation = generation;
        self.catalogue = catalogue;
    }

    /// What was asked for cannot be read: what was there stays.
    pub const fn fail(&mut self) {
        self.awaited = false;
    }
}

/// Reads a generation, on a thread of its own.
struct Reader {
    shelf: Shelf,
    lost: Lost,
    today: Date,
}

impl Reader {
    /// The first one can be browsed before it can be searched; a later one replaces what can be
    /// searched already.
    fn read(&self, generation: Generation, is_first: bool, inbox: &Inbox) {
        let generation = Arc::new(generation);
        let tell = |catalogue| {
            inbox.put(Message::Catalogue(
                Arc::clone(&generation),
                Box::new(catalogue),
            ));
        };
        if is_first {
            let available = |video: &Video| self.shelf.path(&video.media.file).is_some();
            tell(Catalogue::browsing(
                &generation.merged,
                available,
                self.today,
            ));
        }
        tell(self.build(&generation));
    }

    fn build(&self, generation: &Generation) -> Catalogue {
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
            let there = self.shelf.path(file).is_some();
            if !there && announced.contains(&file.sha256) {
                let mut lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
                lost.push(file.clone());
            }
            there
        };
        let read = |file: &FileRef| read_text(&self.shelf.path(file)?);
        Catalogue::build(&generation.merged, available, read, self.today)
    }
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

#[cfg(test)]
mod tests {
    use std::io::Write;

    use jiff::Timestamp;
    use media_manifest::catalogue::merged::Merged;
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    use tempfile::TempDir;

    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 22);

    /// A generation whose content comes when somebody writes it; what it is, and where.
    fn slow(data: &TempDir) -> (Vec<u8>, PathBuf) {
        let now = Timestamp::UNIX_EPOCH;
        generation::promote(data.path(), Merged::default(), Vec::new(), now).unwrap();
        let path = data.path().join("catalogue/current/catalogue.json");
        let content = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let mode = Mode::RUSR | Mode::WUSR;
        mknodat(CWD, &path, FileType::Fifo, mode, 0).unwrap();
        (content, path)
    }

    /// What a library says, given what its generation holds once the library is open.
    fn said(content: impl Fn(Vec<u8>) -> Vec<u8>) -> (Library, Vec<Message>) {
        let data = TempDir::new().unwrap();
        let (good, path) = slow(&data);
        let inbox = Inbox::new(slint::Weak::default());
        let folder = data.path().to_owned();
        let mut library = Library::open(folder, HashSet::new(), inbox.clone());
        library.look(TODAY);
        assert!(library.is_ready());
        assert!(inbox.take().is_empty());
        let mut pipe = File::options().write(true).open(path).unwrap();
        pipe.write_all(&content(good)).unwrap();
        drop(pipe);
        let mut said = Vec::new();
        while !inbox.is_quiet() {
            std::thread::yield_now();
            said.extend(inbox.take());
        }
        (library, said)
    }

    #[test]
    fn a_library_opens_before_its_catalogue_is_read() {
        let (_, said) = said(|good| good);
        let browsed_then_searched = [
            Message::Catalogue(Arc::default(), Box::default()),
            Message::Catalogue(Arc::default(), Box::default()),
        ];
        let kinds = |all: &[Message]| all.iter().map(std::mem::discriminant).collect::<Vec<_>>();
        assert_eq!(kinds(&said), kinds(&browsed_then_searched));
    }

    #[test]
    fn a_catalogue_that_cannot_be_read_is_as_none() {
        let (mut library, said) = said(|good| good[..good.len() / 2].to_vec());
        assert!(matches!(said.as_slice(), [Message::Unreadable]));
        library.fail();
        assert!(!library.is_ready());
    }
}
