//! One word of a query, and whether a word of a video resembles it.

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};

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
        if same == Some(Likeness::Whole) || !self.may_have_other_form(word) {
            return same;
        }
        let other = inflection::others(word).filter_map(|form| self.likeness_of_form(&form));
        other.chain(same).min()
    }

    fn likeness_of_form(&self, word: &str) -> Option<Likeness> {
        if word == self.text || self.bare.iter().any(|form| is_form_of(word, form)) {
            Some(Likeness::Whole)
        } else if word.starts_with(&self.text) {
            Some(Likeness::Beginning)
        } else {
            let typos = self.typos.as_ref()?;
            matches!(typos.eval(word), Distance::Exact(_)).then_some(Likeness::Typo)
        }
    }

    /// Spares making forms of words that cannot match: all forms begin with the same letters.
    fn may_have_other_form(&self, word: &str) -> bool {
        self.typos.is_some()
            || self
                .text
                .bytes()
                .zip(word.bytes())
                .take(inflection::COMMON_CHARS)
                .all(|(a, b)| a == b)
    }
}

/// The form itself or its plural.
pub fn is_form_of(word: &str, form: &str) -> bool {
    word.strip_prefix(form)
        .is_some_and(|rest| rest.is_empty() || rest == "s")
}
