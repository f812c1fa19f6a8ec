//! Gender and number of folded French words: what a visitor types finds the other form too.
//!
//! A form that begins with the other, such as `analystes` or `financière`, needs no entry in the
//! index: the shorter one is found as the beginning of a word, the longer one by [`bare`]. Forms
//! that part before their end, such as `développeur` and `développeuse`, are indexed both ways by
//! [`others`]. Forms that do not exist are harmless: nobody types them and nobody sees them.

/// Endings of the singular that replace each other.
const PAIRS: &[(&str, &str)] = &[
    ("eur", "euse"),
    ("teur", "trice"),
    ("eux", "euse"),
    ("if", "ive"),
    ("euf", "euve"),
    ("eau", "elle"),
    ("al", "aux"),
    ("ail", "aux"),
    ("lic", "lique"),
    ("turc", "turque"),
    ("grec", "grecque"),
    ("doux", "douce"),
    ("roux", "rousse"),
    ("jaloux", "jalouse"),
];

/// Letters that both forms begin with, at least.
pub const COMMON_CHARS: usize = 2;

/// Letters at the end that may differ, at most: `trices`, `quelles`.
pub const ENDING_CHARS: usize = 7;

/// Endings that only an inflected form has after a doubled letter: `fonctionnelle`, `muette`.
const DOUBLED: &[&str] = &["lle", "nne", "tte", "sse"];

/// Letters from which a final `e` may be the feminine's: not in `porte` or `vide`.
const FEMININE_CHARS: usize = 6;

/// Letters of a form, at least.
const FORM_CHARS: usize = 3;

/// The other gender or number of a word, where it is not just longer or shorter.
pub fn others(word: &str) -> impl Iterator<Item = String> {
    let singular = singular(word);
    let replaced = move |from: &str, to: &str| {
        let stem = singular.strip_suffix(from)?;
        // `réseaux` is the plural of `réseau`, not of `réseal`.
        let plural_of_eau = from == "aux" && stem.ends_with('e');
        (stem.chars().count() >= COMMON_CHARS && !plural_of_eau).then(|| format!("{stem}{to}"))
    };
    PAIRS
        .iter()
        .flat_map(move |&(a, b)| [replaced(a, b), replaced(b, a)])
        .flatten()
}

/// Shorter forms that a finished word may be the plural or the feminine of.
pub fn bare(word: &str) -> Vec<String> {
    let singular = singular(word);
    let mut forms = vec![singular];
    if DOUBLED.iter().any(|ending| singular.ends_with(ending)) {
        forms.extend(singular.get(..singular.len() - 2));
    } else if singular.chars().count() >= FEMININE_CHARS {
        forms.extend(singular.strip_suffix('e'));
    }
    forms
        .into_iter()
        .filter(|form| *form != word && form.chars().count() >= FORM_CHARS)
        .map(str::to_owned)
        .collect()
}

/// Without the mark of the plural, where there may be one.
pub fn singular(word: &str) -> &str {
    word.strip_suffix('s')
        .or_else(|| word.strip_suffix('x').filter(|stem| stem.ends_with("eau")))
        .filter(|stem| stem.chars().count() >= FORM_CHARS)
        .unwrap_or(word)
}
