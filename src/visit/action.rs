use central_protocol::Event;
use central_protocol::event::{End, Entry};

use super::access::{Area, Verdict};
use super::comfort::ComfortOption;
use super::idle::Activity;
use super::machine::Order;
use super::outlook::Asked;
use super::place::{Door, Shelf, Trial};
use super::setup::Deed;
use crate::host::{Answer, Request};

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
    /// "Texte de la vidéo": of the video that plays, or of another.
    OpenFiche(String),
    /// A sentence of the transcript, ms.
    ReadAt(u64),
    /// "Continuer sur mon téléphone".
    OpenPhone {
        /// Key of the video.
        key: String,
        /// Where the phone goes on, ms.
        at_ms: u64,
    },
    /// "Parler à un conseiller".
    OpenAdviser,
    /// "Agenda".
    OpenAgenda,
    /// Only what is for an audience, by id; `None` for all.
    ForAudience(Option<String>),
    /// A dated session, by key.
    OpenSession(String),
    /// The way to an area that asks for a code.
    OpenCode(Area),
    /// A digit of the code.
    Digit(char),
    /// The code is complete.
    Enter,
    /// The code was looked at.
    CodeJudged(Verdict),
    /// A playlist is begun.
    BeginPlaylist {
        /// Its key.
        playlist: String,
        /// Keys of its videos, in order.
        videos: Vec<String>,
    },
    /// On to the next video of the playlist, or to its end.
    NextVideo,
    /// Hands raised for an answer.
    CountHands {
        /// Which answer, from 0.
        answer: usize,
        /// How many more, negative for fewer.
        by: i32,
    },
    /// People in the group, more or, negative, fewer.
    CountHeads(i32),
    /// The session of the group is over.
    EndPlaylist,
    /// A trial of the machine.
    Try(Trial),
    /// Something is set up: the borne when it is first started, or its network.
    SetUp(Deed),
    /// Something is done to the machine.
    Order(Order),
    /// The machine has answered.
    Answered(Asked, Answer),
    /// "Aide".
    Help,
    /// "Confort".
    OpenComfort,
    /// A comfort option.
    Toggle(ComfortOption),
    /// Steps louder, negative for quieter.
    Louder(i8),
    /// The next speed.
    Faster,
    /// Another language, BCP 47.
    Speak(String),
    /// The site's rules for sound have changed: quiet hours begin or end.
    SoundRules(SoundPolicy),
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
    /// Hold the video: its text is read.
    Hold,
    /// Go on with the video, from a position in ms when one is given.
    GoOn(Option<u64>),
    /// Another rendition of the video may be wanted: look at the comfort options.
    Rendition,
    /// Set the speed, percent.
    Speed(u32),
    /// Look at a code.
    Judge {
        /// What it opens.
        area: Area,
        /// As typed.
        code: String,
    },
    /// Ask the machine.
    Ask(Request),
    /// Turn the picture, and note how it was turned before.
    TryTurn {
        /// Degrees clockwise, as it stands.
        before: u16,
        /// Degrees clockwise, as it is to stand.
        degrees: u16,
    },
    /// The picture stays as it stands: the note goes.
    KeepTurn,
    /// The site's loudness has changed.
    Loudness(SoundPolicy),
    /// Set the volume, percent.
    Volume(u8),
    /// Keep an event.
    Record(Event),
}
