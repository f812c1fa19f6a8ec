//! Captions of a partner.

use std::fmt::Write as _;

use borne::catalogue::captions::{Cue, active_at, parse};

/// Reads captions: what is accepted can be shown, and says the same when it is written down and
/// read again.
///
/// # Panics
/// Something does not hold.
pub fn webvtt(bytes: &[u8]) {
    // A file that is not UTF-8 is not read at all.
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(parsed) = parse(text) else { return };
    assert!(parsed.cues.is_sorted_by_key(|cue| cue.start_ms));
    for cue in &parsed.cues {
        shown(cue);
    }
    // Dashes and spaces between voices are all that may come on top of what is said.
    let said: usize = parsed
        .cues
        .iter()
        .flat_map(|cue| &cue.lines)
        .map(String::len)
        .sum();
    assert!(said <= 2 * text.len(), "{said} bytes out of {}", text.len());
    for cue in parsed.cues.iter().take(16) {
        let active = active_at(&parsed.cues, cue.start_ms).expect("a cue that begins is shown");
        assert!(active.start_ms <= cue.start_ms && cue.start_ms < active.end_ms);
    }
    let again = parse(&written(&parsed.cues)).expect("what was written is captions");
    assert_eq!(again.cues, parsed.cues);
    assert_eq!(again.skipped, 0);
}

/// A cue lasts, and has one or two lines of plain text.
fn shown(cue: &Cue) {
    assert!(cue.start_ms < cue.end_ms, "{cue:?}");
    assert!((1..=2).contains(&cue.lines.len()), "{cue:?}");
    for line in &cue.lines {
        assert_eq!(line.trim(), line, "{cue:?}");
        assert!(!line.is_empty(), "{cue:?}");
        assert!(!line.chars().any(char::is_control), "{cue:?}");
    }
}

/// The cues as a file.
fn written(cues: &[Cue]) -> String {
    let mut text = "WEBVTT\n".to_owned();
    for cue in cues {
        let lines = cue.lines.join("\n");
        let lines = lines
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let (start, end) = (time(cue.start_ms), time(cue.end_ms));
        let _ = write!(text, "\n{start} --> {end}\n{lines}\n");
    }
    text
}

fn time(ms: u64) -> String {
    let seconds = ms / 1000;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!(
        "{hours:02}:{minutes:02}:{:02}.{:03}",
        seconds % 60,
        ms % 1000
    )
}
