use std::fmt::Write as _;

use crate::{timeline::Span, typography::words};

/// Most characters of a caption line, so that it reads at a glance.
pub const LINE: usize = 37;

/// How long a caption stays after the voice, ms.
const LINGER: u64 = 150;

/// What a pause of the voice at a mark counts for, in characters.
const BREATH: usize = 6;

/// Short words that lead to the next one: a line or a cue does not end on them.
const LEADING: [&str; 30] = [
    "à", "au", "aux", "avec", "ce", "ces", "dans", "de", "des", "du", "en", "est", "et", "il",
    "la", "le", "les", "ou", "par", "pour", "qui", "que", "sa", "ses", "son", "sur", "un", "une",
    "vos", "votre",
];

/// One caption: up to two lines shown for a while.
#[derive(Debug, PartialEq, Eq)]
pub struct Cue {
    /// When it is shown, ms.
    pub span: Span,
    /// One or two lines.
    pub lines: Vec<String>,
}

/// Captions of sentences, each timed by the span in which the voice says it.
pub fn cues<'a>(sentences: impl Iterator<Item = &'a str>, spans: &[Span]) -> Vec<Cue> {
    let mut cues = Vec::new();
    for (index, (sentence, span)) in sentences.zip(spans).enumerate() {
        let limit = spans.get(index + 1).map_or(u64::MAX, |next| next.start);
        cues.extend(timed(split(sentence), *span, limit));
    }
    cues
}

/// `WebVTT` of cues.
pub fn webvtt(cues: &[Cue]) -> String {
    let mut text = String::from("WEBVTT\n");
    for cue in cues {
        let (start, end) = (clock(cue.span.start), clock(cue.span.end));
        // Writing into a string cannot fail.
        let _ = write!(text, "\n{start} --> {end}\n{}\n", cue.lines.join("\n"));
    }
    text
}

fn clock(ms: u64) -> String {
    let (seconds, thousandths) = (ms / 1000, ms % 1000);
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!(
        "{hours:02}:{minutes:02}:{:02}.{thousandths:03}",
        seconds % 60
    )
}

/// Shares the span of a sentence between its captions by their length.
fn timed(pieces: Vec<Vec<String>>, span: Span, limit: u64) -> Vec<Cue> {
    let weights: Vec<u64> = pieces.iter().map(|lines| weight(lines)).collect();
    let whole: u64 = weights.iter().sum::<u64>().max(1);
    let mut said = 0;
    let mut cues: Vec<Cue> = Vec::new();
    for (lines, weight) in pieces.into_iter().zip(weights) {
        let start = span.start + (span.end - span.start) * said / whole;
        said += weight;
        let end = span.start + (span.end - span.start) * said / whole;
        cues.push(Cue {
            span: Span { start, end },
            lines,
        });
    }
    if let Some(last) = cues.last_mut() {
        last.span.end = (last.span.end + LINGER).min(limit);
    }
    cues
}

fn weight(lines: &[String]) -> u64 {
    let text = lines.join(" ");
    let breaths = text.matches([',', ':', ';', '?', '!', '.']).count();
    (text.chars().count() + BREATH * breaths) as u64
}

/// Splits a sentence into the fewest captions, broken where the phrase breathes.
fn split(sentence: &str) -> Vec<Vec<String>> {
    let words = words(sentence);
    // best[i]: cost and start of the last caption for the first i words.
    let mut best: Vec<(usize, usize)> = vec![(0, 0)];
    for end in 1..=words.len() {
        let choice = (0..end)
            .filter_map(|start| {
                let (lines, uneven) = lines(&words[start..end])?;
                let cost = best[start].0 + 1000 + break_cost(&words, end) + uneven;
                Some((cost + lines.len(), start))
            })
            .min();
        // A single word longer than a line stands alone.
        best.push(choice.unwrap_or((best[end - 1].0 + 5000, end - 1)));
    }
    let mut pieces = Vec::new();
    let mut end = words.len();
    while end > 0 {
        let start = best[end].1;
        let piece = &words[start..end];
        pieces.push(lines(piece).map_or_else(|| vec![piece.join(" ")], |(lines, _)| lines));
        end = start;
    }
    pieces.reverse();
    pieces
}

/// One line where it fits, else the best two; `None` where two do not suffice.
fn lines(words: &[&str]) -> Option<(Vec<String>, usize)> {
    let length = |words: &[&str]| words.join(" ").chars().count();
    if length(words) <= LINE {
        return Some((vec![words.join(" ")], 0));
    }
    (1..words.len())
        .filter(|&at| length(&words[..at]) <= LINE && length(&words[at..]) <= LINE)
        .map(|at| {
            let uneven = length(&words[..at]).abs_diff(length(&words[at..]));
            (break_cost(words, at) + uneven, at)
        })
        .min()
        .map(|(cost, at)| (vec![words[..at].join(" "), words[at..].join(" ")], cost))
}

/// How much a break before word `at` hurts.
fn break_cost(words: &[&str], at: usize) -> usize {
    let Some(before) = words.get(at.wrapping_sub(1)) else {
        return 0;
    };
    if at >= words.len() || before.ends_with([',', ':', ';', '?', '!', '.']) {
        0
    } else if LEADING.contains(&before.to_lowercase().as_str()) {
        60
    } else if words.get(at).is_some_and(|next| LEADING.contains(next)) {
        10
    } else {
        30
    }
}

#[cfg(test)]
mod tests;
