//! The sentence around words found, short enough to be shown.

use std::ops::Range;

use crate::catalogue::limits;

/// A sentence or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// On one line, with `…` where it is cut.
    pub text: String,
    /// Where its first word stands in the whole text.
    pub from: usize,
    /// How many of the words needed are in it.
    pub atoms: u32,
}

/// Characters kept before the first word found when the sentence must be cut.
const LEAD_CHARS: usize = 40;

impl Sentence {
    /// Of the sentences that hold a word needed, the one that holds the most of them; the first
    /// among equals. `asked` gives the words found and, as bits, which needed ones they are.
    pub fn with_most(text: &str, asked: &[(Range<usize>, u32)]) -> Option<Self> {
        let ends: Vec<usize> = ends(text).collect();
        let mut best: Option<(u32, usize, Range<usize>)> = None;
        let mut rest = asked;
        while let Some((first, _)) = rest.first() {
            let bounds = around(&ends, text.len(), first.start);
            let inside = rest
                .partition_point(|(word, _)| word.start < bounds.end)
                .max(1);
            let (here, later) = rest.split_at(inside);
            let atoms = here
                .iter()
                .fold(0, |mask, (_, atom)| mask | atom)
                .count_ones();
            if best.as_ref().is_none_or(|(most, ..)| atoms > *most) {
                best = Some((atoms, first.start, bounds));
            }
            rest = later;
        }
        let (atoms, at, whole) = best?;
        Some(cut(text, &whole, at, atoms))
    }
}

/// The sentence that holds this byte.
fn around(ends: &[usize], length: usize, at: usize) -> Range<usize> {
    let before = ends.partition_point(|&end| end <= at);
    let start = before.checked_sub(1).and_then(|last| ends.get(last));
    start.copied().unwrap_or(0)..ends.get(before).copied().unwrap_or(length)
}

/// Where sentences end: after a stop that a space follows, before a change of speaker, and at an
/// empty line.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let mut signs = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, sign) = signs.next()?;
            let end = at + sign.len_utf8();
            let &(_, next) = signs.peek()?;
            let stop = matches!(sign, '.' | '!' | '?' | '…') && next.is_whitespace();
            let turn = sign == '\n' && matches!(next, '\n' | '-' | '–' | '—');
            if stop || turn {
                return Some(end);
            }
        }
    })
}

/// The sentence `whole` around the word at `at`, cut to what can be shown.
fn cut(text: &str, whole: &Range<usize>, at: usize, atoms: u32) -> Sentence {
    let start = if count(text, whole) <= limits::EXCERPT_CHARS {
        whole.start
    } else {
        lead(text, whole.start, at)
    };
    let end = room(text, start, whole.end);
    let piece = text.get(start..end).unwrap_or("");
    let from = start + (piece.len() - piece.trim_start().len());
    let mut shown = piece.split_whitespace().collect::<Vec<_>>().join(" ");
    if start > whole.start {
        shown.insert_str(0, "… ");
    }
    if end < whole.end {
        shown.push_str(" …");
    }
    Sentence {
        text: shown,
        from,
        atoms,
    }
}

fn count(text: &str, range: &Range<usize>) -> usize {
    text.get(range.clone())
        .map_or(0, |text| text.chars().count())
}

/// The beginning of a word a little before `at`, a beginning of a line at best: the time of a cue
/// is then the time of the excerpt.
fn lead(text: &str, start: usize, at: usize) -> usize {
    let before = text.get(start..at).unwrap_or("");
    let reach = before
        .char_indices()
        .rev()
        .nth(LEAD_CHARS)
        .map_or(0, |(byte, _)| byte);
    if reach == 0 {
        return start;
    }
    let near = before.get(reach..).unwrap_or("");
    let after_space = near
        .rfind('\n')
        .or_else(|| near.find(char::is_whitespace))
        .map_or(near.len(), |space| space + 1);
    start + reach + after_space
}

/// The end of the last word that there is room for.
fn room(text: &str, start: usize, end: usize) -> usize {
    let piece = text.get(start..end).unwrap_or("");
    let Some((full, _)) = piece.char_indices().nth(limits::EXCERPT_CHARS) else {
        return end;
    };
    let kept = piece.get(..full).unwrap_or("");
    start + kept.rfind(char::is_whitespace).unwrap_or(full)
}
