//! What is spoken for a text that stands on the screen. Pure.
//!
//! A screen writes short ("0:34", "financier.ère", "F/H/X"); a voice that reads those signs is not
//! understood. What is not known here is left to the voice.

mod gender;
mod number;
mod tongue;
mod web;

#[cfg(test)]
mod tests;

use tongue::Tongue;

/// Signs that stand alone between words and are heard as a pause.
const PAUSES: &[&str] = &["/", "|", "·", "•", "–", "—", "→"];

/// Signs around words that are not heard.
const SILENT: &[char] = &['«', '»', '“', '”', '„', '"', '‹', '›'];

/// The words to speak for one line of text; `language` is BCP 47.
pub(super) fn spoken(line: &str, language: &str) -> String {
    let audible = line.replace(SILENT, "");
    let words: Vec<_> = audible.split_whitespace().collect();
    let Some(tongue) = Tongue::of(language) else {
        return words.join(" ");
    };
    let mut said = Said::default();
    let mut rest = words.as_slice();
    while let [word, after @ ..] = rest {
        rest = after;
        if PAUSES.contains(word) {
            said.pause();
        } else if let Some((measure, left)) = number::measure(word, after, tongue) {
            said.word(&measure);
            rest = left;
        } else {
            said.word(&one(word, tongue));
        }
    }
    said.0
}

/// One word with the punctuation around it.
fn one(word: &str, tongue: &Tongue) -> String {
    let begin = word.trim_start_matches(['(', '[']);
    let mut core = begin.trim_end_matches(['.', ',', ';', ':', '!', '?', '…', ']']);
    // The bracket of `étudiant(e)` belongs to the word.
    if !core.contains('(') {
        core = core.trim_end_matches([')', '.', ',', ';', ':', '!', '?', '…']);
    }
    let before = &word[..word.len() - begin.len()];
    let after = &begin[core.len()..];
    let told = gender::letters(core, tongue)
        .or_else(|| web::address(core, tongue))
        .or_else(|| number::clock(core, tongue))
        .or_else(|| gender::both(core, tongue))
        .or_else(|| alternatives(core))
        .or_else(|| (core == "&").then(|| tongue.and.to_owned()));
    format!("{before}{}{after}", told.as_deref().unwrap_or(core))
}

/// `vendeur/vendeuse`: one after the other.
fn alternatives(word: &str) -> Option<String> {
    let parts: Vec<_> = word.split('/').collect();
    let is_word = |part: &&str| part.chars().any(char::is_alphabetic);
    (parts.len() > 1 && parts.iter().all(is_word)).then(|| parts.join(", "))
}

/// What is said so far.
#[derive(Default)]
struct Said(String);

impl Said {
    fn word(&mut self, word: &str) {
        if !self.0.is_empty() && !word.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(word);
    }

    fn pause(&mut self) {
        if self
            .0
            .ends_with(|letter: char| letter.is_alphanumeric() || letter == ')')
        {
            self.0.push(',');
        }
    }
}
