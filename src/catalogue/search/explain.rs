//! Where the words of a query stand in a video that was found.

use std::ops::Range;

use super::place::{self, Likeness};
use super::query::{Atom, Query};
use super::sentence::Sentence;
use super::{Excerpt, Hit, Matched};
use crate::catalogue::{Item, words};

/// What is shown of a video found.
pub fn hit(item: &Item, query: &Query, score: u32) -> Hit {
    let all = (1_u32 << query.required.len()) - 1;
    let places = place::SHOWN.into_iter().chain([Matched::Caption]);
    let mut missing = all;
    let mut last = None;
    for place in places {
        if missing == 0 {
            break;
        }
        let looked = Look::at(item, query, place, missing);
        if looked.found() != 0 {
            missing &= !looked.found();
            last = Some(looked);
        }
    }
    Hit {
        key: item.key.clone(),
        score,
        matched: last.as_ref().map_or(Matched::Title, |looked| looked.place),
        excerpt: last.and_then(|looked| looked.excerpt(item, query)),
    }
}

/// A word found, and as bits which required ones it is.
type Asked = (Range<usize>, u32);

/// The texts of a place, with the words found in each.
struct Look<'a> {
    place: Matched,
    texts: Vec<(&'a str, Vec<Asked>)>,
}

impl<'a> Look<'a> {
    /// Looks for the required words given as bits.
    fn at(item: &'a Item, query: &Query, place: Matched, wanted: u32) -> Self {
        let wanted: Vec<(u32, &Atom)> = (0..)
            .zip(&query.required)
            .map(|(number, atom)| (1 << number, atom))
            .filter(|(bit, _)| wanted & bit != 0)
            .collect();
        let texts = place::texts(item, place).into_iter();
        Self {
            place,
            texts: texts.map(|text| (text, found_in(text, &wanted))).collect(),
        }
    }

    fn found(&self) -> u32 {
        let words = self.texts.iter().flat_map(|(_, words)| words);
        words.fold(0, |mask, (_, atoms)| mask | atoms)
    }

    fn excerpt(&self, item: &Item, query: &Query) -> Option<Excerpt> {
        if matches!(self.place, Matched::Title | Matched::Group) {
            return None;
        }
        let sentences = self
            .texts
            .iter()
            .filter_map(|(text, words)| Sentence::with_most(text, words));
        let best = sentences.reduce(|best, other| {
            if other.atoms > best.atoms {
                other
            } else {
                best
            }
        })?;
        let said = self.place == Matched::Caption;
        Some(Excerpt {
            highlights: highlights(&best.text, query),
            at_ms: said.then(|| item.script.time_at(best.from)).flatten(),
            text: best.text,
        })
    }
}

fn found_in(text: &str, wanted: &[(u32, &Atom)]) -> Vec<Asked> {
    let mut found = Vec::new();
    words::each(text, |range, word| {
        let atoms = wanted.iter().fold(0, |mask, (bit, atom)| {
            let here = atom.likeness(word).is_some();
            if here { mask | bit } else { mask }
        });
        if atoms != 0 {
            found.push((range.clone(), atoms));
        }
    });
    found.sort_by_key(|(range, _)| range.start);
    found
}

impl Atom {
    fn likeness(&self, word: &str) -> Option<Likeness> {
        self.terms().filter_map(|term| term.likeness(word)).min()
    }
}

/// Words of a text that the query holds, merged where they overlap.
fn highlights(text: &str, query: &Query) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    words::each(text, |range, word| {
        if is_asked(word, query) {
            ranges.push(range.clone());
        }
    });
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

/// A small word counts only whole: `en` does not light up `entretien`.
fn is_asked(word: &str, query: &Query) -> bool {
    let whole = |atom: &Atom| atom.likeness(word) == Some(Likeness::Whole);
    let any = |atom: &Atom| atom.likeness(word).is_some();
    query.required.iter().any(any) || query.optional.iter().any(whole)
}
