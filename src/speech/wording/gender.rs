//! Both genders of a French word that is written once: `financier.ère`, `étudiant(e)s`.

use super::tongue::Tongue;

/// Signs that part the feminine ending from the word.
const MARKS: &[char] = &['.', '·', '•', '‧', '⋅', '/', '(', ')'];

/// A written ending, the end of the masculine it belongs to, and the end of the feminine. The first
/// that fits is taken.
const ENDINGS: &[(&str, &str, &str)] = &[
    ("ière", "ier", "ière"),
    ("ère", "er", "ère"),
    ("trice", "teur", "trice"),
    ("rice", "teur", "trice"),
    ("ice", "teur", "trice"),
    ("euse", "eur", "euse"),
    ("euse", "eux", "euse"),
    ("se", "eur", "euse"),
    ("se", "eux", "euse"),
    ("se", "s", "sse"),
    ("sse", "s", "sse"),
    ("sse", "e", "esse"),
    ("esse", "e", "esse"),
    ("eresse", "eur", "eresse"),
    ("ienne", "ien", "ienne"),
    ("enne", "en", "enne"),
    ("onne", "on", "onne"),
    ("nne", "n", "nne"),
    ("ne", "n", "nne"),
    ("elle", "eau", "elle"),
    ("elle", "el", "elle"),
    ("lle", "l", "lle"),
    ("le", "l", "lle"),
    ("ale", "al", "ale"),
    ("ive", "if", "ive"),
    ("ve", "f", "ve"),
    ("fe", "f", "ffe"),
    ("ette", "et", "ette"),
    ("te", "t", "tte"),
    ("te", "u", "ute"),
    ("que", "c", "que"),
    ("che", "c", "che"),
    ("ce", "x", "ce"),
    ("e", "er", "ère"),
    ("e", "if", "ive"),
    ("e", "", "e"),
];

/// "financier ou financière".
pub(super) fn both(word: &str, tongue: &Tongue) -> Option<String> {
    let mark = word.find(MARKS).filter(|_| tongue.marks_gender)?;
    let (written, marked) = word.split_at(mark);
    let endings: Vec<_> = marked
        .split(MARKS)
        .filter(|part| !part.is_empty())
        .collect();
    let (ending, plural) = match endings.as_slice() {
        [ending] => (ending.to_lowercase(), false),
        [ending, plural] if plural.eq_ignore_ascii_case("s") => (ending.to_lowercase(), true),
        _ => return None,
    };
    let lower = written.to_lowercase();
    let letters = |text: &str| text.chars().filter(|it| it.is_alphabetic()).count();
    let is_word = |text: &str| {
        text.chars()
            .all(|it| it.is_alphabetic() || it == '-' || it == '’')
    };
    if letters(written) < 2 || !is_word(written) {
        return None;
    }
    // A word in capitals is read as letters by some voices.
    let written = if written.chars().any(char::is_lowercase) {
        written
    } else {
        &lower
    };
    forms(written, &ending, plural).map(|(one, other)| format!("{one} {} {other}", tongue.or))
}

fn forms(written: &str, ending: &str, plural: bool) -> Option<(String, String)> {
    if let Some(feminine) = feminine(written, ending) {
        let s = if plural { "s" } else { "" };
        return Some((plural_of(written, s), format!("{feminine}{s}")));
    }
    // `étudiant.es`, `directeurs.trices`: the ending tells the plural.
    let singular_ending = ending.strip_suffix('s')?;
    let singular = written.strip_suffix('s').unwrap_or(written);
    let feminine = feminine(singular, singular_ending)?;
    Some((plural_of(singular, "s"), format!("{feminine}s")))
}

/// `heureux` has its plural already.
fn plural_of(word: &str, s: &str) -> String {
    if word.ends_with(['x', 's']) {
        word.to_owned()
    } else {
        format!("{word}{s}")
    }
}

fn feminine(masculine: &str, ending: &str) -> Option<String> {
    let fits =
        |(written, from, _): &&(&str, &str, &str)| *written == ending && masculine.ends_with(from);
    let (_, from, to) = ENDINGS.iter().find(fits)?;
    Some(format!("{}{to}", masculine.strip_suffix(from)?))
}

/// `F/H/X`: "femme, homme ou autre".
pub(super) fn letters(word: &str, tongue: &Tongue) -> Option<String> {
    let parts: Vec<_> = word.split('/').collect();
    let named = |part: &&str| {
        let mut letters = part.chars();
        let letter = letters
            .next()
            .filter(|_| letters.clone().next().is_none())?;
        let known = tongue
            .genders
            .iter()
            .find(|(sign, _)| *sign == letter.to_ascii_uppercase());
        known.map(|(_, name)| *name)
    };
    let names: Vec<_> = parts.iter().map(named).collect::<Option<_>>()?;
    let (last, before) = names
        .split_last()
        .filter(|(_, before)| !before.is_empty())?;
    Some(format!("{} {} {last}", before.join(", "), tongue.or))
}
