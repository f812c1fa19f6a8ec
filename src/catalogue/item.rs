use jiff::civil::Date;
use media_manifest::catalogue::merged::Entry;
use media_manifest::catalogue::{Classification, FileRef, Kind, Track, Video};

use super::captions::Cue;
use super::limits;
use super::reading::Sentence;
use super::script::Script;

/// A video as the screens show it.
#[derive(Clone, Debug)]
pub struct Item {
    /// `partner/id`.
    pub key: String,
    /// Its entry in the catalogue.
    pub video: Video,
    /// Names of its univers and rubrique; those that the classification does not know are left out.
    pub group_names: Vec<String>,
    /// Came within the last sixty days.
    pub is_new: bool,
    /// Its file is in the media store.
    pub available: bool,
    /// What is said in it.
    pub(super) script: Script,
}

impl Item {
    pub(super) fn new(
        entry: &Entry,
        classes: &Classification,
        available: bool,
        today: Date,
    ) -> Self {
        let video = entry.video.clone();
        Self {
            key: entry.key.clone(),
            group_names: group_names(&video, classes),
            is_new: is_new(video.added, today),
            available,
            script: Script::default(),
            video,
        }
    }

    /// Title as shown.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.video.title
    }

    /// Trade or advice.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.video.kind
    }

    /// Language spoken, BCP 47.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.video.language
    }

    /// Length, ms.
    #[must_use]
    pub fn duration_ms(&self) -> u64 {
        self.video.duration_ms
    }

    /// It has captions in some language.
    #[must_use]
    pub fn has_captions(&self) -> bool {
        !self.video.captions.is_empty()
    }

    /// The captions that show by default: in the language spoken, else in French, else the first.
    #[must_use]
    pub fn captions(&self) -> Option<&Track> {
        let tracks = &self.video.captions;
        let in_language = |language: &str| {
            tracks
                .iter()
                .find(|track| same_language(&track.language, language))
        };
        in_language(self.language())
            .or_else(|| in_language("fr"))
            .or_else(|| tracks.first())
    }

    /// The default captions, in the order of their beginnings; empty when there are none.
    #[must_use]
    pub fn cues(&self) -> Vec<Cue> {
        self.script.cues()
    }

    /// What is said, sentence by sentence; empty when neither captions nor transcript are there.
    #[must_use]
    pub fn sentences(&self) -> Vec<Sentence> {
        self.script.sentences()
    }

    /// Everything said, as one text; empty when neither captions nor transcript are there.
    #[must_use]
    pub fn spoken_text(&self) -> &str {
        self.script.text()
    }

    pub(super) fn in_univers(&self, id: &str) -> bool {
        self.video.univers.iter().any(|univers| univers == id)
    }

    pub(super) fn in_rubrique(&self, id: &str) -> bool {
        self.video.rubrique.as_deref() == Some(id)
    }

    pub(super) fn in_like(&self, id: &str) -> bool {
        self.video.likes.iter().any(|like| like == id)
    }

    /// Reads what is said: the captions, which have times, else the transcript.
    pub(super) fn read(&mut self, read_text: impl Fn(&FileRef) -> Option<String>) {
        let timed = self
            .captions()
            .and_then(|track| read_text(&track.file))
            .and_then(|text| super::captions::parse(&text).ok())
            .map(|parsed| Script::timed(&parsed.cues))
            .filter(|script| !script.text().is_empty());
        let script = timed.or_else(|| {
            let transcript = self.video.transcript.as_ref()?;
            Some(Script::untimed(&read_text(transcript)?))
        });
        self.script = script.unwrap_or_default();
    }
}

fn group_names(video: &Video, classes: &Classification) -> Vec<String> {
    let univers = video.univers.iter().filter_map(|id| {
        let found = classes.univers.iter().find(|univers| univers.id == *id)?;
        Some(found.name.clone())
    });
    let rubrique = video.rubrique.iter().filter_map(|id| {
        let found = classes.rubriques.iter().find(|r| r.id == *id)?;
        Some(found.name.clone())
    });
    univers.chain(rubrique).collect()
}

/// A video from the future is not new: the clock of a borne without network may be years behind.
fn is_new(added: Date, today: Date) -> bool {
    let days = today.duration_since(added).as_hours() / 24;
    (0..i64::from(limits::NEW_DAYS)).contains(&days)
}

/// Same primary language: `fr-BE` and `fr`.
fn same_language(a: &str, b: &str) -> bool {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or("").to_lowercase();
    primary(a) == primary(b)
}
