//! Words of French text in the form in which they are compared: without accents, capitals,
//! ligatures and gender marks.

#[cfg(test)]
mod tests;

use std::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::limits;

/// A word of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Bytes of the text, a gender mark such as `.ère` included.
    pub range: Range<usize>,
    /// The form that is compared, never empty.
    pub folded: String,
    /// What stands between the word before and this one, when that is a single sign.
    glue: Option<char>,
}

/// What may stand before a gender mark: `financier.ère`, `chargé·e`, `étudiant(e)s`, `vendeur/euse`.
const MARK_SIGNS: &[char] = &[
    '.', '·', '•', '‧', '∙', '⋅', '(', ')', '/', '-', '‐', '\u{2011}',
];

/// Endings that only say the other gender or the plural of the word before them.
const MARKS: &[&str] = &[
    "ale", "ales", "aux", "e", "elle", "elles", "enne", "ennes", "ere", "eres", "eresse", "es",
    "esse", "esses", "ette", "ettes", "eure", "eures", "euse", "euses", "he", "hes", "ice", "ices",
    "ienne", "iennes", "iere", "ieres", "ive", "ives", "le", "les", "ne", "nes", "onne", "onnes",
    "que", "ques", "rice", "rices", "s", "se", "ses", "sse", "sses", "te", "tes", "trice",
    "trices", "ve", "ves", "x",
];

/// Letters before a gender mark; in `e-s` or `a.e` nothing is marked.
const MARKED_CHARS: usize = 3;

/// Signs inside a compound that is also written as one word: `e-mail`, `R.H.`, `week-end`.
const COMPOUND_SIGNS: &[char] = &['.', '-', '‐', '\u{2011}', '\'', '’', 'ʼ'];

/// Bytes from which a word before an apostrophe is not just elided: in `quelqu'un`, `aujourd'hui`.
const ELIDED_BYTES: usize = 5;

/// Parts of a compound that is also looked up as one word.
const COMPOUND_PARTS: usize = 4;

/// The words of a text, in order.
pub fn of(text: &str) -> impl Iterator<Item = Word> {
    let mut scan = Scan::new(text);
    std::iter::from_fn(move || scan.advance().then(|| scan.current.clone()))
}

/// Goes through the words of a text and its compounds, written as one word, after their parts.
/// Nothing is allocated for a word: this reads all that is said in all videos.
pub fn each(text: &str, mut seen: impl FnMut(&Range<usize>, &str)) {
    let mut scan = Scan::new(text);
    let mut compound = Compound::default();
    while scan.advance() {
        let word = &scan.current;
        if !word.continues_compound(compound.last) {
            compound.finish(&mut seen);
        }
        seen(&word.range, &word.folded);
        compound.add(word);
    }
    compound.finish(&mut seen);
}

/// Parts of a compound, one after the other.
#[derive(Default)]
struct Compound {
    range: Range<usize>,
    folded: String,
    parts: usize,
    /// Bytes of the last part, 0 before the first.
    last: usize,
}

impl Compound {
    fn add(&mut self, word: &Word) {
        if self.parts == 0 {
            self.range.start = word.range.start;
        }
        self.range.end = word.range.end;
        self.folded.push_str(&word.folded);
        self.parts += 1;
        self.last = word.folded.len();
    }

    /// Gives the compound, should it have several parts.
    fn finish(&mut self, seen: &mut impl FnMut(&Range<usize>, &str)) {
        if (2..=COMPOUND_PARTS).contains(&self.parts) {
            seen(&self.range, &self.folded);
        }
        self.folded.clear();
        self.parts = 0;
        self.last = 0;
    }
}

impl Word {
    /// It is a further part of the compound whose last part has so many bytes. What follows an
    /// elided article is none: `l'emploi` is two words.
    pub fn continues_compound(&self, last: usize) -> bool {
        last > 0
            && self.glue.is_some_and(|sign| {
                let elision = matches!(sign, '\'' | '’' | 'ʼ') && last < ELIDED_BYTES;
                COMPOUND_SIGNS.contains(&sign) && !elision
            })
    }

    fn is_mark_of(&self, before: &Self) -> bool {
        self.glue.is_some_and(|sign| MARK_SIGNS.contains(&sign))
            && MARKS.binary_search(&self.folded.as_str()).is_ok()
            && before.folded.chars().count() >= MARKED_CHARS
    }
}

/// Reads words, one ahead: a gender mark may follow.
struct Scan<'a> {
    text: &'a str,
    at: usize,
    current: Word,
    ahead: Word,
    has_ahead: bool,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        let mut scan = Self {
            text,
            at: 0,
            current: Word::default(),
            ahead: Word::default(),
            has_ahead: false,
        };
        scan.read();
        scan
    }

    /// Goes to the next word; false after the last.
    fn advance(&mut self) -> bool {
        if !self.has_ahead {
            return false;
        }
        std::mem::swap(&mut self.current, &mut self.ahead);
        self.read();
        while self.has_ahead && self.ahead.is_mark_of(&self.current) {
            self.current.range.end = self.ahead.range.end;
            self.read();
        }
        true
    }

    /// Reads the next run of letters and digits ahead.
    fn read(&mut self) {
        self.ahead.folded.clear();
        self.has_ahead = false;
        while !self.has_ahead && self.at < self.text.len() {
            self.ahead.glue = self.skip();
            let start = self.at;
            self.letters();
            self.ahead.range = start..self.at;
            self.has_ahead = !self.ahead.folded.is_empty();
        }
    }

    /// Reads letters up to the next sign that is none.
    fn letters(&mut self) {
        let mut room = limits::WORD_CHARS;
        loop {
            let plain = self.plain_letters();
            if !plain.is_empty() {
                let kept = plain.get(..room).unwrap_or(plain);
                self.ahead.folded.push_str(kept);
                room -= kept.len();
                self.at += plain.len();
            } else if let Some(sign) = self.sign().filter(|&sign| is_letter(sign)) {
                if room > 0 {
                    fold(sign, &mut self.ahead.folded);
                    room -= 1;
                }
                self.at += sign.len_utf8();
            } else {
                break;
            }
        }
        self.ahead.folded.make_ascii_lowercase();
    }

    /// The run of letters and digits without accent from here.
    fn plain_letters(&self) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or("");
        let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        rest.get(..plain).unwrap_or("")
    }

    /// Goes to the next letter; gives the sign passed when there was exactly one.
    fn skip(&mut self) -> Option<char> {
        let (mut glue, mut passed) = (None, 0);
        while let Some(sign) = self.sign().filter(|&sign| !is_letter(sign)) {
            passed += 1;
            glue = (passed == 1).then_some(sign);
            self.at += sign.len_utf8();
        }
        glue
    }

    fn sign(&self) -> Option<char> {
        let byte = *self.text.as_bytes().get(self.at)?;
        if byte.is_ascii() {
            return Some(byte.into());
        }
        self.text.get(self.at..)?.chars().next()
    }
}

fn is_letter(sign: char) -> bool {
    if sign.is_ascii() {
        return sign.is_ascii_alphanumeric();
    }
    french(sign).is_some() || sign.is_alphanumeric() || is_combining_mark(sign)
}

/// The accented letters that nearly all French text makes do with, spared from the tables.
fn french(sign: char) -> Option<char> {
    Some(match sign {
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' => 'e',
        'à' | 'â' | 'À' | 'Â' => 'a',
        'ç' | 'Ç' => 'c',
        'î' | 'ï' | 'Î' => 'i',
        'ô' | 'Ô' => 'o',
        'ù' | 'û' => 'u',
        _ => return None,
    })
}

/// Adds the letter without accent or capital, a ligature as its letters, a lone accent as nothing.
fn fold(sign: char, folded: &mut String) {
    if let Some(letter) = french(sign) {
        folded.push(letter);
        return;
    }
    decompose_compatible(sign, |part| {
        if is_combining_mark(part) {
            return;
        }
        for letter in part.to_lowercase() {
            match letter {
                'œ' => folded.push_str("oe"),
                'æ' => folded.push_str("ae"),
                'ß' => folded.push_str("ss"),
                'ø' => folded.push('o'),
                'ł' => folded.push('l'),
                'đ' => folded.push('d'),
                letter if is_letter(letter) && !is_combining_mark(letter) => folded.push(letter),
                _ => {}
            }
        }
    });
}
