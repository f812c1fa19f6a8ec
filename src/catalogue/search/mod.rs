//! Search while typing.
//!
//! A sorted dictionary of all words (an FST) gives those that begin as typed or nearly so; packed
//! lists give the videos of each word. Only for the few videos that are shown, their texts are
//! read again to say where the words stand.

mod builder;
mod explain;
mod place;
mod postings;
mod query;
mod score;
mod sentence;
mod term;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::fmt;
use std::ops::Range;

use levenshtein_automata::LevenshteinAutomatonBuilder;

use super::Item;
use super::words;
use builder::{Builder, PLACE_BITS};
use postings::Lists;
use query::Query;
pub use query::is_stop_word;
use score::Scores;

/// A video found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Key of the video.
    pub key: String,
    /// Higher is better; comparable within one search only.
    pub score: u32,
    /// The least prominent place that was needed to find all words.
    pub matched: Matched,
    /// The text that matched where that is neither the title nor the name of a group.
    pub excerpt: Option<Excerpt>,
}

/// Where words were found, the most prominent place first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matched {
    /// The title.
    Title,
    /// Another form of the title.
    Alias,
    /// A key word.
    Keyword,
    /// The summary.
    Summary,
    /// The name of its univers or rubrique.
    Group,
    /// What is said in it.
    Caption,
}

/// A piece of text that holds words searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// One sentence or less, on one line.
    pub text: String,
    /// Matching words of `text`, in bytes, in order, apart from each other.
    pub highlights: Vec<Range<usize>>,
    /// When it is said, ms from the beginning; `None` for a text without times.
    pub at_ms: Option<u64>,
}

/// All words of a catalogue and where they are.
#[derive(Default)]
pub struct Index {
    /// Words, folded, with their numbers in alphabetical order.
    words: fst::Map<Vec<u8>>,
    /// By word, the videos that show it, each with the places.
    shown: Lists,
    /// By word, the videos in which it is said.
    said: Lists,
    /// By video, how many words of its title name something.
    title_words: Box<[u8]>,
    /// Makes automata that forgive an error; none in an empty index.
    automata: Option<LevenshteinAutomatonBuilder>,
}

impl Index {
    pub fn build(items: &[Item]) -> Self {
        Builder::build(items)
    }

    /// `ranks` orders videos that are equally good, the lowest first.
    pub fn search(&self, items: &[Item], ranks: &[usize], text: &str, limit: usize) -> Vec<Hit> {
        let mut query = Query::read(text);
        if query.required.is_empty() || limit == 0 {
            return Vec::new();
        }
        let usable: Vec<bool> = items.iter().map(|item| item.available).collect();
        // One letter is said in every video.
        let speech = query.letters() > 1;
        let mut scores = self.scores(&query, &usable, speech, Scores::default());
        if !scores.shown && self.forgive(&mut query) {
            scores = self.scores(&query, &usable, speech, scores);
        }
        let best = self.best(&scores, ranks, limit);
        best.into_iter()
            .filter_map(|(video, score)| Some(explain::hit(items.get(video)?, &query, score)))
            .collect()
    }

    /// Whether all words are shown words of the catalogue, and one of them names something.
    pub fn is_vocabulary(&self, term: &str) -> bool {
        let mut words = words::of(term).map(|word| word.folded).peekable();
        let mut named = false;
        words.peek().is_some()
            && words.all(|word| {
                named |= !is_stop_word(&word);
                self.is_public(&word)
            })
            && named
    }

    /// The word stands in a title, an alias, a key word or the name of a group: not only in a
    /// summary or in speech, where people are named.
    fn is_public(&self, word: &str) -> bool {
        let public = place::SHOWN
            .iter()
            .zip(0..)
            .filter(|&(place, _)| *place != Matched::Summary)
            .fold(0, |mask, (_, bit)| mask | (1_u32 << bit));
        self.words
            .get(word)
            .and_then(|at| usize::try_from(at).ok())
            .is_some_and(|at| self.shown.of(at).any(|entry| entry & public != 0))
    }

    /// Lets words hold an error; tells whether any may.
    fn forgive(&self, query: &mut Query) -> bool {
        let Some(automata) = &self.automata else {
            return false;
        };
        let mut any = false;
        for term in query.atoms_mut().flat_map(query::Atom::terms_mut) {
            term.forgive(automata);
            any |= term.typos.is_some();
        }
        any
    }

    /// The videos with the most points, at most `limit`; among equals those whose title is the
    /// shortest, then by rank.
    fn best(&self, scores: &Scores, ranks: &[usize], limit: usize) -> Vec<(usize, u32)> {
        let key = |&(video, points): &(usize, u32)| {
            let words = self.title_words.get(video).copied();
            (Reverse(points), words, ranks.get(video).copied(), video)
        };
        let points = scores.points.iter().copied().enumerate();
        let mut found: Vec<(usize, u32)> = points.filter(|&(_, points)| points > 0).collect();
        if found.len() > limit {
            found.select_nth_unstable_by_key(limit, key);
            found.truncate(limit);
        }
        found.sort_unstable_by_key(key);
        found
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index")
            .field("videos", &self.title_words.len())
            .field("words", &self.words.len())
            .finish_non_exhaustive()
    }
}

// The places of an entry fit below the number of its video.
const _: () = assert!(place::SHOWN.len() <= PLACE_BITS as usize);
