//! Where the words of a query stand in a video that was found.

use std::ops::Range;

use super::place::{self, Likeness};
use super::query::{Atom, Query};
use super::sentence::Sentence;
use super::{Excerpt, Hit, Matched};
use crate::catalogue::Item;
use crate::catalogue::words::{self, Word};

/// What is shown of a video found.
pub fn hit(item: &Item, query: &Query, score: u32) -> Hit {
    let mut found = Found::default();
    for place in place::SHOWN {
        found.look(item, query, place);
    }
    if found.places.len() < query.required.len() {
        found.look(item, query, Matched::Caption);
    }
    let matched = found.places.iter().map(|&(_, place)| place).max();
    let matched = matched.unwrap_or(Matched::Title);
    Hit {
        key: item.key.clone(),
        score,
        matched,
        excerpt: excerpt(item, query, matched, &found),
        title_highlights: highlights(item.title(), query),
    }
}

/// The most prominent place of each required word.
#[derive(Default)]
struct Found {
    places: Vec<(usize, Matched)>,
}

impl Found {
    fn look(&mut self, item: &Item, query: &Query, place: Matched) {
        let missing: Vec<(usize, &Atom)> = query
            .required
            .iter()
            .enumerate()
            .filter(|(number, _)| !self.places.iter().any(|(known, _)| known == number))
            .collect();
        if missing.is_empty() {
            return;
        }
        let words: Vec<Word> = place::texts(item, place)
            .into_iter()
            .flat_map(words::with_compounds)
            .collect();
        let stands = |atom: &Atom| words.iter().any(|word| atom.likeness(word).is_some());
        let here = missing.into_iter().filter(|(_, atom)| stands(atom));
        self.places.extend(here.map(|(number, _)| (number, place)));
    }

    fn is_at(&self, number: usize, place: Matched) -> bool {
        self.places.contains(&(number, place))
    }
}

impl Atom {
    fn likeness(&self, word: &Word) -> Option<Likeness> {
        let terms = self.terms();
        terms.filter_map(|term| term.likeness(&word.folded)).min()
    }
}

/// Words of a text that the query holds, merged where they overlap.
fn highlights(text: &str, query: &Query) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = words::with_compounds(text)
        .into_iter()
        .filter(|word| is_asked(word, query))
        .map(|word| word.range)
        .collect();
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
fn is_asked(word: &Word, query: &Query) -> bool {
    let whole = |atom: &Atom| atom.likeness(word) == Some(Likeness::Whole);
    let any = |atom: &Atom| atom.likeness(word).is_some();
    query.required.iter().any(any) || query.optional.iter().any(whole)
}

fn excerpt(item: &Item, query: &Query, matched: Matched, found: &Found) -> Option<Excerpt> {
    let needed: Vec<&Atom> = query
        .required
        .iter()
        .enumerate()
        .filter(|&(number, _)| found.is_at(number, matched))
        .map(|(_, atom)| atom)
        .collect();
    let texts = match matched {
        Matched::Title | Matched::Group => return None,
        place => place::texts(item, place),
    };
    let sentence = texts
        .into_iter()
        .filter_map(|text| best_sentence(text, &needed))
        .reduce(|best, other| {
            if other.atoms > best.atoms {
                other
            } else {
                best
            }
        })?;
    let at_ms = (matched == Matched::Caption).then(|| item.script.time_at(sentence.from));
    Some(Excerpt {
        highlights: highlights(&sentence.text, query),
        at_ms: at_ms.flatten(),
        text: sentence.text,
    })
}

/// The sentence that holds the most of the words needed, the first of those.
fn best_sentence(text: &str, needed: &[&Atom]) -> Option<Sentence> {
    let words = words::with_compounds(text);
    let asked: Vec<(Range<usize>, u32)> = words
        .into_iter()
        .filter_map(|word| {
            let atoms = needed.iter().zip(0..).fold(0, |mask, (atom, bit)| {
                mask | (u32::from(atom.likeness(&word).is_some()) << bit)
            });
            (atoms > 0).then_some((word.range, atoms))
        })
        .collect();
    Sentence::with_most(text, &asked)
}
