//! The form in which a search term may be recorded.

use super::words;

/// A query without accents, capitals and punctuation, its words separated by one space.
#[must_use]
pub fn normalise(query: &str) -> String {
    let words: Vec<String> = words::of(query).map(|word| word.folded).collect();
    words.join(" ")
}
