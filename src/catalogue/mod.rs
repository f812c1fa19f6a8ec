//! What can be browsed and searched: built once a generation, then only read.
//!
//! Pure: files come in through a function, the date as an argument. A catalogue of ten thousand
//! videos takes seconds to index, so the screen shows [`Catalogue::browsing`] at once and replaces
//! it by [`Catalogue::build`] from another thread when that is ready.

pub mod captions;
pub mod vocabulary;

mod choice;
mod group;
mod inflection;
mod item;
mod limits;
mod related;
mod script;
mod search;
mod words;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod measure;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use jiff::civil::Date;
use media_manifest::catalogue::merged::Merged;
use media_manifest::catalogue::{FileRef, Kind, Video};

pub use group::Group;
pub use item::Item;
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

    /// Videos of a univers: featured first, then the newest.
    #[must_use]
    pub fn in_univers(&self, id: &str) -> Vec<&Item> {
        self.ordered().filter(|item| item.in_univers(id)).collect()
    }

    /// Videos of a rubrique: featured first, then the newest.
    #[must_use]
    pub fn in_rubrique(&self, id: &str) -> Vec<&Item> {
        self.ordered().filter(|item| item.in_rubrique(id)).collect()
    }

    /// Videos of a kind: featured first, then the newest.
    #[must_use]
    pub fn of_kind(&self, kind: Kind) -> Vec<&Item> {
        self.ordered().filter(|item| item.kind() == kind).collect()
    }

    /// For the home screen: trades and advice in turn, each featured first, then the newest.
    #[must_use]
    pub fn featured(&self) -> Vec<&Item> {
        choice::featured(self.ordered())
    }

    /// For the attract loop: the featured ones, those with captions first since it plays muted.
    #[must_use]
    pub fn attract(&self) -> Vec<&Item> {
        choice::attract(&self.featured())
    }

    /// Videos close to this one, the nearest first; empty when the key is unknown.
    #[must_use]
    pub fn related(&self, key: &str) -> Vec<&Item> {
        let Some(&at) = self.by_key.get(key) else {
            return Vec::new();
        };
        related::near(&self.items, &self.topics, at)
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

    fn ordered(&self) -> impl Iterator<Item = &Item> {
        self.order
            .iter()
            .filter_map(|&at| self.items.get(at))
            .filter(|item| item.available)
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
    }
}
