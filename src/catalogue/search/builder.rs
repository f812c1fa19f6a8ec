//! Gathers the words of all videos into an [`Index`].

use std::collections::HashMap;

use levenshtein_automata::LevenshteinAutomatonBuilder;

use super::place;
use super::postings::Lists;
use super::query::is_stop_word;
use super::{Index, Matched};
use crate::catalogue::{Item, inflection, words};

/// Bits of an entry of the lists of places shown, one a place, below the number of the video.
pub const PLACE_BITS: u32 = 5;

/// Words seen so far, in the order of their first use.
#[derive(Default)]
pub struct Builder {
    numbers: HashMap<Box<str>, usize>,
    words: Vec<Use>,
    /// By word, the numbers of its other forms; `None` for what is only a form so far.
    others: Vec<Option<Box<[usize]>>>,
}

/// Where a word is used.
#[derive(Default)]
struct Use {
    /// Videos and, in the lowest bits, the places.
    shown: Vec<u32>,
    said: Vec<u32>,
}

impl Builder {
    pub fn build(items: &[Item]) -> Index {
        let mut builder = Self::default();
        for (video, item) in (0..).zip(items) {
            for (bit, place) in place::SHOWN.into_iter().enumerate() {
                for text in place::texts(item, place) {
                    builder.add(text, |word| word.show(video, bit));
                }
            }
            for text in place::texts(item, Matched::Caption) {
                builder.add(text, |word| word.say(video));
            }
        }
        builder.finish(items)
    }

    fn add(&mut self, text: &str, mut used: impl FnMut(&mut Use)) {
        words::each(text, |_, word| {
            let number = self.number(word);
            let others = self.others.get(number).and_then(|others| others.as_deref());
            for &number in std::iter::once(&number).chain(others.unwrap_or_default()) {
                if let Some(word) = self.words.get_mut(number) {
                    used(word);
                }
            }
        });
    }

    /// The number of a word, which a new one gets together with its other forms.
    fn number(&mut self, word: &str) -> usize {
        let number = self.number_alone(word);
        if self.others.get(number).is_some_and(Option::is_none) {
            let others = inflection::others(word)
                .map(|form| self.number_alone(&form))
                .collect();
            if let Some(known) = self.others.get_mut(number) {
                *known = Some(others);
            }
        }
        number
    }

    fn number_alone(&mut self, word: &str) -> usize {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = self.words.len();
        self.numbers.insert(word.into(), number);
        self.words.push(Use::default());
        self.others.push(None);
        number
    }

    fn finish(self, items: &[Item]) -> Index {
        let mut sorted: Vec<(Box<str>, usize)> = self.numbers.into_iter().collect();
        sorted.sort_unstable();
        let uses = || {
            sorted
                .iter()
                .filter_map(|&(_, number)| self.words.get(number))
        };
        let words = sorted.iter().zip(0..).map(|((word, _), at)| (&**word, at));
        Index {
            // Words come sorted and once each, the only thing that can be refused.
            words: fst::Map::from_iter(words).unwrap_or_default(),
            shown: Lists::pack(uses().map(|word| word.shown.iter().copied())),
            said: Lists::pack(uses().map(|word| word.said.iter().copied())),
            title_words: items.iter().map(title_words).collect(),
            automata: Some(LevenshteinAutomatonBuilder::new(1, true)),
        }
    }
}

impl Use {
    fn show(&mut self, video: u32, bit: usize) {
        match self.shown.last_mut() {
            Some(last) if *last >> PLACE_BITS == video => *last |= 1 << bit,
            _ => self.shown.push((video << PLACE_BITS) | (1 << bit)),
        }
    }

    fn say(&mut self, video: u32) {
        if self.said.last() != Some(&video) {
            self.said.push(video);
        }
    }
}

fn title_words(item: &Item) -> u8 {
    let named = words::of(item.title()).filter(|word| !is_stop_word(&word.folded));
    named.count().try_into().unwrap_or(u8::MAX)
}
