//! Points of every video for a query.

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
pub struct Scores {
    pub points: Points,
    /// Some video holds every word in a place that is shown, without an error.
    pub shown: bool,
}

impl Index {
    /// Scores all videos; `speech` tells whether what is said counts.
    pub(super) fn scores(&self, query: &Query, usable: &[bool], speech: bool) -> Scores {
        let required: Vec<Points> = query
            .required
            .iter()
            .map(|atom| self.atom(atom, speech))
            .collect();
        let optional: Vec<Points> = query
            .optional
            .iter()
            .map(|atom| self.atom(atom, false))
            .collect();
        let mut scores = Scores {
            points: vec![0; usable.len()],
            shown: false,
        };
        for (video, total) in scores.points.iter_mut().enumerate() {
            let of = |points: &Points| points.get(video).copied().unwrap_or(0);
            let least = required.iter().map(of).min().unwrap_or(0);
            if least > 0 && usable.get(video) == Some(&true) {
                scores.shown |= least > place::most_for_speech();
                let extra: u32 = optional.iter().map(of).sum();
                *total = required.iter().map(of).sum::<u32>() + extra / OPTIONAL_SHARE;
            }
        }
        scores
    }

    /// A compound is worth its least part, or itself as one word.
    fn atom(&self, atom: &Atom, speech: bool) -> Points {
        let mut least: Option<Points> = None;
        for part in &atom.parts {
            let points = self.term(part, speech);
            least = Some(match least {
                None => points,
                Some(before) => zip(before, &points, u32::min),
            });
        }
        let parts = least.unwrap_or_default();
        match &atom.joined {
            None => parts,
            Some(joined) => zip(parts, &self.term(joined, speech), u32::max),
        }
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

fn zip(mut a: Points, b: &Points, choose: impl Fn(u32, u32) -> u32) -> Points {
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
