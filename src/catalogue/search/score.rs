//! Points of every video for a query.

use std::cmp::Reverse;
use std::ops::Range;

use fst::{IntoStreamer, Streamer};

use super::builder::PLACE_BITS;
use super::place::{self, Likeness};
use super::query::{Atom, Query};
use super::term::Term;
use super::{Index, Matched};

/// Points by video; 0 where something is missing.
type Points = Vec<u32>;

/// What all videos get for a query.
#[derive(Default)]
pub struct Scores {
    pub points: Points,
    /// Some video holds every word in a place that is shown, without an error.
    pub shown: bool,
    /// By required word; `None` where it was not needed to see that nothing holds them all.
    required: Vec<Option<Points>>,
}

impl Index {
    /// Scores all videos; `speech` tells whether what is said counts. Words that allow no error
    /// get what they got `before`.
    pub(super) fn scores(
        &self,
        query: &Query,
        usable: &[bool],
        speech: bool,
        before: Scores,
    ) -> Scores {
        let mut scores = Scores {
            required: before.required,
            ..Scores::default()
        };
        scores.required.resize(query.required.len(), None);
        let mut least: Points = usable
            .iter()
            .map(|&usable| u32::from(usable) * MOST)
            .collect();
        for at in longest_first(&query.required) {
            let (Some(atom), Some(known)) = (query.required.get(at), scores.required.get_mut(at))
            else {
                continue;
            };
            if known.is_none() || atom.may_hold_error() {
                *known = Some(self.atom(atom, speech));
            }
            least = zip(least, known.as_deref().unwrap_or_default(), u32::min);
            if least.iter().all(|&points| points == 0) {
                return scores;
            }
        }
        scores.shown = least
            .iter()
            .any(|&points| points > place::most_for_speech());
        scores.points = self.total(query, &scores.required, &least);
        scores
    }

    /// The sum of all words for the videos that hold those required.
    fn total(&self, query: &Query, required: &[Option<Points>], least: &[u32]) -> Points {
        let mut total = vec![0; least.len()];
        for points in required.iter().flatten() {
            total = zip(total, points, |total, points| total + points);
        }
        for atom in &query.optional {
            let points = self.atom(atom, false);
            total = zip(total, &points, |total, points| {
                total + points / OPTIONAL_SHARE
            });
        }
        zip(
            total,
            least,
            |total, least| if least > 0 { total } else { 0 },
        )
    }

    /// A compound is worth its least part, or itself as one word.
    fn atom(&self, atom: &Atom, speech: bool) -> Points {
        let parts = atom.parts.iter().map(|part| self.term(part, speech));
        let parts = parts.reduce(|least, part| zip(least, &part, u32::min));
        atom.joined
            .iter()
            .chain(&atom.bridges)
            .fold(parts.unwrap_or_default(), |best, joined| {
                zip(best, &self.term(joined, speech), u32::max)
            })
    }

    fn term(&self, term: &Term, speech: bool) -> Points {
        let mut sheet = Sheet::new(self, speech);
        let beginning = self.beginning_with(&term.text);
        let known = !beginning.is_empty() || term.bare.iter().any(|f| self.word(f).is_some());
        sheet.add(beginning, Likeness::Beginning);
        let plurals = term.bare.iter().map(|form| format!("{form}s"));
        let whole = std::iter::once(term.text.clone())
            .chain(term.bare.iter().cloned())
            .chain(plurals);
        for word in whole.filter_map(|form| self.word(&form)) {
            sheet.add(word..word + 1, Likeness::Whole);
        }
        // In what is said, a word that somebody says is not taken for an error.
        sheet.speech &= !known;
        if let Some(typos) = &term.typos {
            let mut found = self.words.search(typos).into_stream();
            while let Some((_, word)) = found.next() {
                let word = usize::try_from(word).unwrap_or(usize::MAX - 1);
                sheet.add(word..word + 1, Likeness::Typo);
            }
        }
        sheet.points
    }

    fn word(&self, word: &str) -> Option<usize> {
        self.words.get(word).and_then(|at| at.try_into().ok())
    }

    /// Words that begin so: neighbours, since words are sorted.
    fn beginning_with(&self, beginning: &str) -> Range<usize> {
        let first_from = |bound: &[u8]| {
            let mut from = self.words.range().ge(bound).into_stream();
            let first = from.next().and_then(|(_, at)| usize::try_from(at).ok());
            first.unwrap_or(self.words.len())
        };
        // No word holds this byte: UTF-8 has none.
        let past = [beginning.as_bytes(), &[0xff]].concat();
        first_from(beginning.as_bytes())..first_from(&past)
    }
}

/// Points for optional words count so many times less: they order videos that are otherwise alike.
const OPTIONAL_SHARE: u32 = 20;

/// More than any word gets.
const MOST: u32 = u32::MAX;

/// Long words are rare: they show soonest that nothing holds them all.
fn longest_first(atoms: &[Atom]) -> Vec<usize> {
    let letters = |at: &usize| atoms.get(*at).map(|atom| Reverse(atom.letters()));
    let mut order: Vec<usize> = (0..atoms.len()).collect();
    order.sort_by_key(letters);
    order
}

fn zip(mut a: Points, b: &[u32], choose: impl Fn(u32, u32) -> u32) -> Points {
    for (a, b) in a.iter_mut().zip(b) {
        *a = choose(*a, *b);
    }
    a
}

/// Points of one word being gathered: a video keeps its best.
struct Sheet<'a> {
    index: &'a Index,
    speech: bool,
    points: Points,
}

impl<'a> Sheet<'a> {
    fn new(index: &'a Index, speech: bool) -> Self {
        Self {
            index,
            speech,
            points: vec![0; index.title_words.len()],
        }
    }

    fn add(&mut self, words: Range<usize>, likeness: Likeness) {
        let said = place::points(Matched::Caption, likeness);
        // Places are numbered with the best first.
        let shown = place::SHOWN.map(|place| place::points(place, likeness));
        for word in words {
            for entry in self.index.shown.of(word) {
                let place = entry.trailing_zeros() as usize;
                self.raise(entry >> PLACE_BITS, shown.get(place).copied().unwrap_or(0));
            }
            if self.speech {
                for video in self.index.said.of(word) {
                    self.raise(video, said);
                }
            }
        }
    }

    fn raise(&mut self, video: u32, points: u32) {
        if let Some(best) = self.points.get_mut(video as usize) {
            *best = points.max(*best);
        }
    }
}
