//! One word of a query, and whether a word of a video resembles it.

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};

use super::place::Likeness;
use crate::catalogue::{inflection, limits};

/// A word looked for.
pub struct Term {
    /// Folded.
    pub text: String,
    /// Singular or masculine forms of it, should it be finished.
    pub bare: Vec<String>,
    /// Recognises beginnings of words with one error; `None` where none is forgiven.
    pub typos: Option<DFA>,
}

impl Term {
    pub fn new(text: &str) -> Self {
        Self {
            bare: inflection::bare(text),
            typos: None,
            text: text.to_owned(),
        }
    }

    /// Forgives one error from now on, when the word is long enough and has letters only. What
    /// follows the masculine singular may then be anything: `fonctionelle` finds `fonctionnel`.
    pub fn forgive(&mut self, automata: &LevenshteinAutomatonBuilder) {
        let shortest = self.bare.iter().min_by_key(|form| form.len());
        let stem = shortest.unwrap_or(&self.text);
        let letters = stem.chars().filter(|sign| sign.is_alphabetic()).count();
        if letters >= limits::TYPO_CHARS && letters == stem.chars().count() {
            self.typos = Some(automata.build_prefix_dfa(stem));
        }
    }

    /// How a folded word of a video resembles this one, in any gender.
    pub fn likeness(&self, word: &str) -> Option<Likeness> {
        let same = self.likeness_of_form(word);
        if same == Some(Likeness::Whole) || !self.may_be_like_another_form(word) {
            return same;
        }
        let other = inflection::others(word).filter_map(|form| self.likeness_of_form(&form));
        other.chain(same).min()
    }

    fn likeness_of_form(&self, word: &str) -> Option<Likeness> {
        let begins_alike = self.shared_beginning(word) >= inflection::COMMON_CHARS;
        if word == self.text || begins_alike && self.bare.iter().any(|form| is_form_of(word, form))
        {
            Some(Likeness::Whole)
        } else if word.starts_with(&self.text) {
            Some(Likeness::Beginning)
        } else {
            let (_, typo) = read(self.typos.as_ref()?, word);
            typo.then_some(Likeness::Typo)
        }
    }

    /// Spares making forms of words that cannot match: all forms of a word begin with the same
    /// letters, and differ in a few at the end.
    fn may_be_like_another_form(&self, word: &str) -> bool {
        let stem = word.len().saturating_sub(inflection::ENDING_CHARS);
        let stem = stem.max(inflection::COMMON_CHARS);
        self.shared_beginning(word) >= stem.min(self.text.len())
            || self
                .typos
                .as_ref()
                .is_some_and(|typos| read(typos, word).0 >= stem)
    }

    /// Bytes that the word begins with as this one does.
    fn shared_beginning(&self, word: &str) -> usize {
        let pairs = self.text.bytes().zip(word.bytes());
        pairs.take_while(|(a, b)| a == b).count()
    }
}

/// Bytes of the word until it cannot match any more, and whether it matches.
fn read(typos: &DFA, word: &str) -> (usize, bool) {
    let mut state = typos.initial_state();
    for (at, byte) in word.bytes().enumerate() {
        state = typos.transition(state, byte);
        if state == SINK_STATE {
            return (at, false);
        }
    }
    (
        word.len(),
        matches!(typos.distance(state), Distance::Exact(_)),
    )
}

/// The form itself or its plural.
fn is_form_of(word: &str, form: &str) -> bool {
    word.strip_prefix(form)
        .is_some_and(|rest| rest.is_empty() || rest == "s")
}
