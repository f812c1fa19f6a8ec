//! Captions as published: cues of a `WebVTT` file, read independently of the borne.

/// A caption with its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Start, ms.
    pub start_ms: u64,
    /// End, ms.
    pub end_ms: u64,
    /// Text, lines joined by spaces, tags removed.
    pub text: String,
}

/// The cues of a file, in its order; anything else in it is skipped.
#[must_use]
pub fn cues(file: &str) -> Vec<Cue> {
    let file = file.replace("\r\n", "\n");
    file.split("\n\n").filter_map(cue).collect()
}

/// Cues shown at some moment between two positions, ms.
#[must_use]
pub fn between(cues: &[Cue], from_ms: u64, to_ms: u64) -> Vec<&Cue> {
    cues.iter()
        .filter(|cue| cue.start_ms <= to_ms && cue.end_ms >= from_ms)
        .collect()
}

fn cue(block: &str) -> Option<Cue> {
    let mut lines = block.lines().skip_while(|line| !line.contains("-->"));
    let (start, rest) = lines.next()?.split_once("-->")?;
    let end = rest.split_whitespace().next()?;
    Some(Cue {
        start_ms: time(start.trim())?,
        end_ms: time(end)?,
        text: without_tags(&lines.collect::<Vec<_>>().join(" ")),
    })
}

/// `[HH:]MM:SS.mmm`, as milliseconds.
fn time(text: &str) -> Option<u64> {
    let (clock, ms) = text.split_once('.')?;
    let seconds = clock
        .split(':')
        .try_fold(0, |sum, part| Some(sum * 60 + part.parse::<u64>().ok()?))?;
    Some(seconds * 1000 + ms.parse::<u64>().ok()?)
}

fn without_tags(text: &str) -> String {
    let mut inside = false;
    text.chars()
        .filter(|&c| {
            let keep = !inside && c != '<';
            inside = (inside || c == '<') && c != '>';
            keep
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "WEBVTT\n\n1\n00:01.500 --> 00:03.000 line:90%\n<v Ana>Bonjour\nà tous\n\n01:00:00.000 --> 01:00:01.250\nFin\n";

    #[test]
    fn cues_carry_their_times_and_plain_text() {
        let cues = cues(FILE);
        assert_eq!((cues[0].start_ms, cues[0].end_ms), (1500, 3000));
        assert_eq!(cues[0].text, "Bonjour à tous");
        assert_eq!((cues[1].start_ms, cues[1].end_ms), (3_600_000, 3_601_250));
    }

    #[test]
    fn only_cues_of_the_moment_are_given() {
        let cues = cues(FILE);
        assert_eq!(between(&cues, 2900, 3100).len(), 1);
        assert!(between(&cues, 3200, 3300).is_empty());
    }
}
