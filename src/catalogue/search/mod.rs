//! Search while typing.

use std::ops::Range;

use super::Item;

/// A video found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Key of the video.
    pub key: String,
    /// Higher is better; comparable within one search only.
    pub score: u32,
    /// The least prominent place that was needed to find all words.
    pub matched: Matched,
    /// The text that matched where that is not the title.
    pub excerpt: Option<Excerpt>,
    /// Matching words of the title, in bytes.
    pub title_highlights: Vec<Range<usize>>,
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
#[derive(Debug, Default)]
pub struct Index;

impl Index {
    pub fn build(_items: &[Item]) -> Self {
        Self
    }

    pub fn search(&self, _items: &[Item], _query: &str, _limit: usize) -> Vec<Hit> {
        Vec::new()
    }

    pub fn is_vocabulary(&self, _term: &str) -> bool {
        false
    }
}
