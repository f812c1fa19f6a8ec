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
    /// This word and a neighbour as one, which stands for both: `le forem` is `leforem`.
    pub bridges: Vec<Term>,
}

/// Letters of two neighbours, at least, that are also looked for as one word.
const BRIDGE_CHARS: usize = 5;

impl Query {
    pub fn read(text: &str) -> Self {
        let end = text
            .char_indices()
            .nth(limits::QUERY_CHARS)
            .map_or(text.len(), |(at, _)| at);
        let mut compounds = compounds(text.get(..end).unwrap_or(text));
        compounds.truncate(limits::QUERY_WORDS);
        let atoms: Vec<Atom> = (0..compounds.len())
            .map(|at| Atom::new(&compounds, at))
            .collect();
        let (optional, required): (Vec<_>, Vec<_>) = atoms.into_iter().partition(Atom::is_small);
        if required.is_empty() {
            return Self {
                required: optional,
                optional: required,
            };
        }
        Self { required, optional }
    }

    pub fn atoms_mut(&mut self) -> impl Iterator<Item = &mut Atom> {
        self.required.iter_mut().chain(&mut self.optional)
    }

    /// Letters looked for.
    pub fn letters(&self) -> usize {
        self.required.iter().map(Atom::letters).sum()
    }
}

impl Atom {
    fn new(compounds: &[Vec<String>], at: usize) -> Self {
        let parts = compounds.get(at).map(Vec::as_slice).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|before| compounds.get(before));
        let bridges = [
            before.and_then(|before| bridge(before, parts)),
            compounds.get(at + 1).and_then(|after| bridge(parts, after)),
        ];
        Self {
            joined: (parts.len() > 1).then(|| Term::new(&parts.concat())),
            parts: parts.iter().map(|part| Term::new(part)).collect(),
            bridges: bridges.into_iter().flatten().collect(),
        }
    }

    /// Letters of its parts.
    pub fn letters(&self) -> usize {
        let parts = self.parts.iter();
        parts.map(|part| part.text.chars().count()).sum()
    }

    /// One of its words allows an error.
    pub fn may_hold_error(&self) -> bool {
        self.terms().any(|term| term.typos.is_some())
    }

    fn is_small(&self) -> bool {
        self.parts.iter().all(|part| is_stop_word(&part.text))
    }

    /// All words any of which shows that this one stands in a text.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.parts.iter().chain(&self.joined).chain(&self.bridges)
    }

    /// The words that may hold an error.
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
            Some(parts) if word.continues_compound(bytes_of_last(parts)) => parts.push(word),
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

/// Two words as one, unless that is too short to mean the two.
fn bridge(a: &[String], b: &[String]) -> Option<Term> {
    let joined = [a, b].concat().concat();
    let long = joined.chars().count() >= BRIDGE_CHARS;
    (long && a.len() == 1 && b.len() == 1).then(|| Term::new(&joined))
}

fn bytes_of_last(parts: &[words::Word]) -> usize {
    parts.last().map_or(0, |part| part.folded.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_in_the_order_that_looking_them_up_needs() {
        assert!(STOP_WORDS.is_sorted());
    }
}
