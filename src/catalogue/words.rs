//! Words of French text in the form in which they are compared: without accents, capitals,
//! ligatures and gender marks.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::limits;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// Parts of a compound that is also looked up as one word.
const COMPOUND_PARTS: usize = 4;

/// The words of a text, in order.
pub fn of(text: &str) -> impl Iterator<Item = Word> {
    Words {
        signs: text.char_indices().peekable(),
        before: None,
        length: text.len(),
    }
}

/// The words of a text and its compounds, written as one word, after their parts.
pub fn with_compounds(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut run: Range<usize> = 0..0;
    for word in of(text) {
        let before = run.end.checked_sub(1).and_then(|last| words.get(last));
        if !word.continues_compound(before) {
            join(&mut words, run.clone());
            run = words.len()..words.len();
        }
        words.push(word);
        run.end = words.len();
    }
    join(&mut words, run);
    words
}

/// Adds the parts as one word, when there are several.
fn join(words: &mut Vec<Word>, run: Range<usize>) {
    let Some(parts) = words.get(run) else { return };
    if let [first, .., last] = parts
        && parts.len() <= COMPOUND_PARTS
    {
        words.push(Word {
            range: first.range.start..last.range.end,
            folded: parts.iter().map(|part| part.folded.as_str()).collect(),
            glue: None,
        });
    }
}

impl Word {
    /// It is a further part of the compound that `before` belongs to. An elided article is none:
    /// `l'emploi` is two words.
    pub fn continues_compound(&self, before: Option<&Word>) -> bool {
        let Some(before) = before else { return false };
        self.glue.is_some_and(|sign| {
            COMPOUND_SIGNS.contains(&sign)
                && (!is_apostrophe(sign) || before.folded.len() > "jusqu".len() - 1)
        })
    }

    fn is_mark_of(&self, before: Option<&Word>) -> bool {
        self.glue.is_some_and(|sign| MARK_SIGNS.contains(&sign))
            && MARKS.contains(&self.folded.as_str())
            && before.is_some_and(|word| word.folded.chars().count() >= MARKED_CHARS)
    }
}

fn is_apostrophe(sign: char) -> bool {
    matches!(sign, '\'' | '’' | 'ʼ')
}

struct Words<'a> {
    signs: Peekable<CharIndices<'a>>,
    /// The word read ahead, which a gender mark may still follow.
    before: Option<Word>,
    length: usize,
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        loop {
            let Some(word) = self.read() else {
                return self.before.take();
            };
            if word.is_mark_of(self.before.as_ref())
                && let Some(before) = &mut self.before
            {
                before.range.end = word.range.end;
                continue;
            }
            if let Some(before) = self.before.replace(word) {
                return Some(before);
            }
        }
    }
}

impl Words<'_> {
    /// The next run of letters and digits.
    fn read(&mut self) -> Option<Word> {
        let glue = self.skip()?;
        let start = self.signs.peek()?.0;
        let mut folded = String::new();
        let mut room = limits::WORD_CHARS;
        while let Some((_, sign)) = self.signs.next_if(|&(_, sign)| is_letter(sign)) {
            if room > 0 {
                fold(sign, &mut folded);
                room -= 1;
            }
        }
        let end = self.signs.peek().map_or(self.length, |&(at, _)| at);
        if folded.is_empty() {
            return self.read();
        }
        Some(Word {
            range: start..end,
            folded,
            glue,
        })
    }

    /// Goes to the next letter; gives the sign passed when there was exactly one.
    fn skip(&mut self) -> Option<Option<char>> {
        let (mut glue, mut passed) = (None, 0);
        while let Some((_, sign)) = self.signs.next_if(|&(_, sign)| !is_letter(sign)) {
            passed += 1;
            glue = (passed == 1).then_some(sign);
        }
        self.signs.peek().map(|_| glue)
    }
}

fn is_letter(sign: char) -> bool {
    sign.is_alphanumeric() || is_combining_mark(sign)
}

/// Adds the letter without accent or capital, a ligature as its letters, a lone accent as nothing.
fn fold(sign: char, folded: &mut String) {
    if sign.is_ascii() {
        folded.push(sign.to_ascii_lowercase());
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
