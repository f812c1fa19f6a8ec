//! What can be browsed and searched: built once a generation, then only read.
//!
//! Pure: files come in through a function, the date as an argument. A catalogue of ten thousand
//! videos takes seconds to index, so the screen shows [`Catalogue::browsing`] at once and replaces
//! it by [`Catalogue::build`] from another thread when that is ready.

pub mod adviser;
pub mod captions;
pub mod vocabulary;

mod agenda;
mod choice;
mod group;
mod handover;
mod inflection;
mod item;
mod limits;
mod reading;
mod related;
mod script;
mod search;
mod shelves;
mod words;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use jiff::civil::{Date, DateTime};
use media_manifest::catalogue::merged::{Merged, MergedPlaylist, MergedSession};
use media_manifest::catalogue::{Adviser, Audience, FileRef, Phone, Video};

pub use group::Group;
pub use handover::Handover;
pub use item::Item;
pub use reading::Sentence;
pub use search::{Excerpt, Hit, Matched};

use related::Topics;
use search::Index;

/// The videos of one generation, as a visitor browses and searches them.
///
/// Lists hold only videos that can play now; [`Catalogue::video`] knows all of them. Everything is
/// the same whatever the order in which partners and videos were read.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// In the order of their keys.
    items: Vec<Item>,
    by_key: HashMap<String, usize>,
    /// Positions of all items, what is put forward first.
    order: Vec<usize>,
    /// By item, its place in `order`.
    ranks: Vec<usize>,
    univers: Vec<Group>,
    rubriques: Vec<Group>,
    likes: Vec<Group>,
    audiences: Vec<Audience>,
    sessions: Vec<MergedSession>,
    playlists: Vec<MergedPlaylist>,
    adviser: Option<Adviser>,
    phone: Option<Phone>,
    topics: Topics,
    index: Index,
}

impl Catalogue {
    /// Everything, search included.
    ///
    /// `available` tells whether a video's file is in the media store; `read_text` gives the
    /// captions or transcript, `None` when it is not there; `today` decides what is new.
    #[must_use]
    pub fn build(
        merged: &Merged,
        available: impl Fn(&Video) -> bool,
        read_text: impl Fn(&FileRef) -> Option<String>,
        today: Date,
    ) -> Self {
        let mut catalogue = Self::browsing(merged, available, today);
        for item in &mut catalogue.items {
            item.read(&read_text);
        }
        catalogue.topics = Topics::of(&catalogue.items);
        catalogue.index = Index::build(&catalogue.items);
        catalogue
    }

    /// Everything but search and captions, which stay empty, and key words for related videos:
    /// cheap enough to draw the first frame.
    #[must_use]
    pub fn browsing(merged: &Merged, available: impl Fn(&Video) -> bool, today: Date) -> Self {
        let classification = &merged.classification;
        let mut items: Vec<Item> = merged
            .videos
            .iter()
            .map(|entry| Item::new(entry, classification, available(&entry.video), today))
            .collect();
        items.sort_by(|a, b| a.key.cmp(&b.key));
        items.dedup_by(|a, b| a.key == b.key);
        let order = choice::order(&items);
        let mut ranks = vec![0; items.len()];
        for (rank, &at) in order.iter().enumerate() {
            if let Some(place) = ranks.get_mut(at) {
                *place = rank;
            }
        }
        let mut catalogue = Self {
            by_key: (0..)
                .zip(&items)
                .map(|(at, i)| (i.key.clone(), at))
                .collect(),
            order,
            ranks,
            univers: classification.univers.iter().map(Group::from).collect(),
            rubriques: classification.rubriques.iter().map(Group::from).collect(),
            likes: classification.likes.iter().map(Group::from).collect(),
            audiences: classification.audiences.clone(),
            sessions: merged.sessions.clone(),
            playlists: merged.playlists.clone(),
            adviser: classification.adviser.clone(),
            phone: classification.phone.clone(),
            topics: Topics::default(),
            index: Index::default(),
            items,
        };
        catalogue.count();
        catalogue
    }

    /// Looks again at which videos can play, after a download or an eviction; nothing is read or
    /// indexed again.
    pub fn set_available(&mut self, available: impl Fn(&Video) -> bool) {
        for item in &mut self.items {
            item.available = available(&item.video);
        }
        self.count();
    }

    /// Any video, even one that cannot play.
    #[must_use]
    pub fn video(&self, key: &str) -> Option<&Item> {
        self.items.get(*self.by_key.get(key)?)
    }

    /// Families of trades in the order of the classification, the empty ones too.
    #[must_use]
    pub fn univers(&self) -> &[Group] {
        &self.univers
    }

    /// Chapters of advice in the order of the classification, the empty ones too.
    #[must_use]
    pub fn rubriques(&self) -> &[Group] {
        &self.rubriques
    }

    /// "Ce que j'aime", in the order of the classification, the empty ones too.
    #[must_use]
    pub fn likes(&self) -> &[Group] {
        &self.likes
    }

    /// Whom sessions and playlists may be meant for.
    #[must_use]
    pub fn audiences(&self) -> &[Audience] {
        &self.audiences
    }

    /// Who answers visitors from afar.
    #[must_use]
    pub const fn adviser(&self) -> Option<&Adviser> {
        self.adviser.as_ref()
    }

    /// Sessions not over at `now`, Belgian time, the nearest first; for one audience, or all.
    #[must_use]
    pub fn agenda(&self, now: DateTime, audience: Option<&str>) -> Vec<&MergedSession> {
        agenda::upcoming(&self.sessions, now, audience)
    }

    /// Sessions still to come that go with a video, the most fitting first; none for an unknown one.
    #[must_use]
    pub fn sessions_beside(&self, key: &str, now: DateTime) -> Vec<&MergedSession> {
        self.video(key)
            .map_or_else(Vec::new, |item| agenda::beside(&self.sessions, now, item))
    }

    /// A session by its key, past ones too.
    #[must_use]
    pub fn session(&self, key: &str) -> Option<&MergedSession> {
        self.sessions.iter().find(|entry| entry.key == key)
    }

    /// Playlists, in the order of their keys.
    #[must_use]
    pub fn playlists(&self) -> &[MergedPlaylist] {
        &self.playlists
    }

    /// A playlist by its key.
    #[must_use]
    pub fn playlist(&self, key: &str) -> Option<&MergedPlaylist> {
        self.playlists.iter().find(|entry| entry.key == key)
    }

    /// Where a video goes on on a phone; `None` when the network or the video has no such address.
    #[must_use]
    pub fn handover(&self, key: &str, at_ms: u64) -> Option<Handover> {
        let code = self.video(key)?.video.code.as_deref()?;
        Some(handover::handover(self.phone.as_ref()?, code, at_ms))
    }

    /// Videos that hold every word of the query, the best first, at most `limit`.
    ///
    /// Words may be unfinished, without accents, of the other gender, and hold one typing error
    /// when they have four letters or more.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        self.index.search(&self.items, &self.ranks, query, limit)
    }

    /// The query as statistics may keep it: made of words of titles, aliases, key words and names
    /// of groups only, so that what a visitor types about themselves is never recorded.
    #[must_use]
    pub fn vocabulary_term(&self, query: &str) -> Option<String> {
        let term = vocabulary::normalise(query);
        self.is_vocabulary(&term).then_some(term)
    }

    /// Whether every word of a query is a whole word of the catalogue's own vocabulary.
    #[must_use]
    pub fn is_vocabulary(&self, normalised_query: &str) -> bool {
        self.index.is_vocabulary(normalised_query)
    }

    fn count(&mut self) {
        let playable = || self.items.iter().filter(|item| item.available);
        for group in &mut self.univers {
            group.count = playable().filter(|item| item.in_univers(&group.id)).count();
        }
        for group in &mut self.rubriques {
            group.count = playable()
                .filter(|item| item.in_rubrique(&group.id))
                .count();
        }
        for group in &mut self.likes {
            group.count = playable().filter(|item| item.in_like(&group.id)).count();
        }
    }
}
