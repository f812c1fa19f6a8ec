//! Identifiers made from titles.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::check::limits::ID_CHARS;

/// An identifier for a title: « Rédigez votre CV ! » becomes `redigez-votre-cv`.
#[must_use]
pub fn of(title: &str) -> String {
    let mut id = String::new();
    let plain = title.nfkd().filter(|char| !is_combining_mark(*char));
    for char in plain.flat_map(char::to_lowercase) {
        match char {
            'a'..='z' | '0'..='9' => id.push(char),
            'œ' => id.push_str("oe"),
            'æ' => id.push_str("ae"),
            'ß' => id.push_str("ss"),
            _ if id.ends_with('-') => {}
            _ => id.push('-'),
        }
    }
    // All characters are ASCII by now.
    id.truncate(ID_CHARS);
    match id.trim_matches('-') {
        "" => "video".to_owned(),
        id => id.to_owned(),
    }
}
