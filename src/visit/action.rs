use central_protocol::Event;
use central_protocol::event::{End, Entry};

use super::comfort::ComfortOption;
use super::idle::Activity;
use super::place::{Door, Shelf};

/// How loud a visit starts and how loud it may get, percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoundPolicy {
    /// At the start of every visit.
    pub default: u8,
    /// Never above this.
    pub ceiling: u8,
}

/// What a visitor does, or does not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The first touch: it only wakes.
    Wake,
    /// A touch that hits nothing.
    Touch,
    /// A door of the home screen.
    OpenDoor(Door),
    /// A tile.
    OpenShelf(Shelf),
    /// Pages forward or back; `pages` bounds it.
    Turn {
        /// Pages to go, negative for back.
        by: isize,
        /// Pages of the shelf.
        pages: usize,
    },
    /// A video is chosen.
    Play {
        /// Its key.
        key: String,
        /// Where to start, ms.
        start_ms: u64,
    },
    /// The video was seen to its end.
    Ended,
    /// The video cannot be shown.
    Failed,
    /// "Accueil".
    Home,
    /// "Retour", "Fin".
    Back,
    /// "Chercher".
    Search,
    /// A key.
    Type(char),
    /// The last letter goes.
    Erase,
    /// All letters go.
    Clear,
    /// What the search found for the query as it stands.
    Found {
        /// How many videos.
        results: usize,
        /// The query as statistics may keep it.
        term: Option<String>,
    },
    /// "Aide".
    Help,
    /// "Confort".
    OpenComfort,
    /// A comfort option.
    Toggle(ComfortOption),
    /// Steps louder, negative for quieter.
    Louder(i8),
    /// Another language, BCP 47.
    Speak(String),
    /// "Oui, je continue".
    Stay,
    /// "Non, j'ai fini".
    Leave,
    /// Time has passed.
    Tick(Activity),
}

/// What is to be done besides showing where the visitor is.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open a video.
    Open {
        /// Its key.
        key: String,
        /// Where to start, ms.
        start_ms: u64,
        /// From where, for statistics.
        entry: Entry,
    },
    /// Close the video.
    Close(End),
    /// Captions are wanted, or not.
    Captions(bool),
    /// Set the volume, percent.
    Volume(u8),
    /// Keep an event.
    Record(Event),
}
