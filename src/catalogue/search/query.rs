//! What a visitor types, as words to look for.

use super::term::Term;
use crate::catalogue::{limits, words};

/// Words that stand in sentences rather than name anything. They make a video come earlier but
/// never keep one from being found, unless nothing else is asked.
const STOP_WORDS: &[&str] = &[
    "a", "ai", "alors", "as", "au", "aussi", "aux", "avec", "avoir", "c", "ca", "ce", "ces", "cet",
    "cette", "chez", "comme", "comment", "d", "dans", "de", "des", "devenir", "du", "elle", "en",
    "es", "est", "et", "etre", "eux", "faire", "fait", "il", "ils", "j", "je", "l", "la", "le",
    "les", "leur", "leurs", "lui", "m", "ma", "mais", "me", "mes", "moi", "mon", "n", "ne", "nos",
    "notre", "nous", "on", "ont", "ou", "par", "pas", "peut", "peux", "plus", "pour", "pourquoi",
    "qu", "quand", "que", "quel", "quelle", "quelles", "quels", "qui", "quoi", "s", "sa", "sans",
    "se", "ses", "si", "son", "sont", "suis", "sur", "t", "ta", "te", "tes", "toi", "ton", "tu",
    "un", "une", "veut", "veux", "voir", "vos", "votre", "voudrais", "vous", "y",
];

/// What must be found, and what may be.
pub struct Query {
    pub required: Vec<Atom>,
    pub optional: Vec<Atom>,
}

/// A word, or a compound such as `week-end` that is also looked for as one word.
pub struct Atom {
    pub parts: Vec<Term>,
    pub joined: Option<Term>,
}

impl Query {
    pub fn read(text: &str) -> Self {
        let end = text
            .char_indices()
            .nth(limits::QUERY_CHARS)
            .map_or(text.len(), |(at, _)| at);
        let compounds = compounds(text.get(..end).unwrap_or(text));
        let (stop, named): (Vec<_>, Vec<_>) = compounds
            .into_iter()
            .take(limits::QUERY_WORDS)
            .partition(|parts| parts.iter().all(|part| is_stop_word(part)));
        let atoms = |compounds: Vec<Vec<String>>| compounds.iter().map(|c| Atom::new(c)).collect();
        let (required, optional) = if named.is_empty() {
            (stop, named)
        } else {
            (named, stop)
        };
        Self {
            required: atoms(required),
            optional: atoms(optional),
        }
    }

    pub fn atoms_mut(&mut self) -> impl Iterator<Item = &mut Atom> {
        self.required.iter_mut().chain(&mut self.optional)
    }

    /// Letters looked for.
    pub fn letters(&self) -> usize {
        let terms = self.required.iter().flat_map(|atom| &atom.parts);
        terms.map(|term| term.text.chars().count()).sum()
    }
}

impl Atom {
    fn new(parts: &[String]) -> Self {
        Self {
            joined: (parts.len() > 1).then(|| Term::new(&parts.concat())),
            parts: parts.iter().map(|part| Term::new(part)).collect(),
        }
    }

    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.parts.iter().chain(&self.joined)
    }

    pub fn terms_mut(&mut self) -> impl Iterator<Item = &mut Term> {
        self.parts.iter_mut().chain(&mut self.joined)
    }
}

/// Whether a folded word names nothing.
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

/// The different words of the text, those of a compound together.
fn compounds(text: &str) -> Vec<Vec<String>> {
    let mut compounds: Vec<Vec<words::Word>> = Vec::new();
    for word in words::of(text) {
        match compounds.last_mut() {
            Some(parts) if word.continues_compound(parts.last()) => parts.push(word),
            _ => compounds.push(vec![word]),
        }
    }
    let mut different: Vec<Vec<String>> = Vec::new();
    for compound in compounds {
        let parts: Vec<String> = compound.into_iter().map(|word| word.folded).collect();
        if !different.contains(&parts) {
            different.push(parts);
        }
    }
    different
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_in_the_order_that_looking_them_up_needs() {
        assert!(STOP_WORDS.is_sorted());
    }
}
