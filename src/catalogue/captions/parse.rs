use super::{Cue, markup};
use crate::catalogue::limits;

/// Captions that could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// In the order of their beginnings.
    pub cues: Vec<Cue>,
    /// Cues left out: times that cannot be read or that run backwards, no text.
    pub skipped: usize,
}

/// Why a file is no captions at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaptionsError {
    /// The first line is not `WEBVTT`.
    #[error("the captions do not begin with WEBVTT")]
    NotWebVtt,
}

/// Reads a `WebVTT` file. Cues that cannot be shown are left out and counted; settings, styles,
/// regions and notes are ignored.
///
/// # Errors
///
/// The text is not `WebVTT`.
pub fn parse(text: &str) -> Result<Parsed, CaptionsError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = lines_of(text);
    if !lines.next().is_some_and(is_signature) {
        return Err(CaptionsError::NotWebVtt);
    }
    let mut reader = Reader::default();
    for line in lines {
        reader.line(line);
    }
    Ok(reader.finish())
}

/// Lines ended by `\n`, `\r\n` or `\r`.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\n')
        .flat_map(|line| line.trim_end_matches(['\r', '\n']).split('\r'))
}

fn is_signature(line: &str) -> bool {
    line.strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

#[derive(Default)]
struct Reader {
    parsed: Parsed,
    speaker: markup::Speaker,
    block: Block,
}

/// The block of lines being read.
#[derive(Default)]
enum Block {
    /// Nothing, an identifier, or a header: no times yet.
    #[default]
    Outside,
    /// A cue whose times are known.
    Cue {
        start_ms: u64,
        end_ms: u64,
        payload: Vec<String>,
    },
    /// A note, a style, a region or a bad cue: nothing counts until the next empty line.
    Ignored,
}

impl Reader {
    fn line(&mut self, line: &str) {
        if line.trim().is_empty() {
            self.close();
        } else if line.contains("-->") {
            self.close();
            self.open(line);
        } else if let Block::Cue { payload, .. } = &mut self.block {
            payload.push(line.to_owned());
        } else if is_aside(line) {
            self.block = Block::Ignored;
        }
    }

    fn open(&mut self, line: &str) {
        self.block = match times(line) {
            Some((start_ms, end_ms)) if start_ms < end_ms => Block::Cue {
                start_ms,
                end_ms,
                payload: Vec::new(),
            },
            _ => {
                self.parsed.skipped += 1;
                Block::Ignored
            }
        };
    }

    fn close(&mut self) {
        let Block::Cue {
            start_ms,
            end_ms,
            payload,
        } = std::mem::take(&mut self.block)
        else {
            return;
        };
        let lines = markup::shown(&payload, &mut self.speaker);
        if lines.is_empty() || self.parsed.cues.len() >= limits::CUES {
            self.parsed.skipped += 1;
        } else {
            self.parsed.cues.push(Cue {
                start_ms,
                end_ms,
                lines,
            });
        }
    }

    fn finish(mut self) -> Parsed {
        self.close();
        let cues = &mut self.parsed.cues;
        cues.sort_by_key(|cue| (cue.start_ms, cue.end_ms));
        *cues = cues.chunk_by(same_time).filter_map(together).collect();
        self.parsed
    }
}

fn same_time(a: &Cue, b: &Cue) -> bool {
    (a.start_ms, a.end_ms) == (b.start_ms, b.end_ms)
}

/// Cues of one time: two people speak at once, a line each. What more of them say is joined to the
/// second line.
fn together(cues: &[Cue]) -> Option<Cue> {
    let (first, others) = cues.split_first()?;
    let mut cue = first.clone();
    if !others.is_empty() {
        let others: Vec<String> = others.iter().map(voice).collect();
        cue.lines = vec![voice(first), others.join(" ")];
    }
    Some(cue)
}

/// A cue as one line that begins with a dash.
fn voice(cue: &Cue) -> String {
    let line = cue.lines.join(" ");
    if line.starts_with(['-', '–', '—']) {
        line
    } else {
        format!("– {line}")
    }
}

fn is_aside(line: &str) -> bool {
    ["NOTE", "STYLE", "REGION"]
        .iter()
        .any(|word| line.split([' ', '\t', ':']).next() == Some(word))
}

/// `00:01.000 --> 01:00:02.500 line:0`, the settings ignored.
fn times(line: &str) -> Option<(u64, u64)> {
    let (start, rest) = line.split_once("-->")?;
    let end = rest.split_whitespace().next()?;
    Some((time(start.trim())?, time(end)?))
}

/// Hours are optional; a comma instead of the dot is what converters from `SubRip` leave.
fn time(text: &str) -> Option<u64> {
    let (clock, fraction) = text.split_once(['.', ','])?;
    let millis = number(fraction).filter(|_| fraction.len() == 3)?;
    let mut units = clock.rsplit(':');
    let seconds = number(units.next()?).filter(|&s| s < 60)?;
    let minutes = number(units.next()?).filter(|&m| m < 60)?;
    let hours = units.next().map_or(Some(0), number)?;
    if units.next().is_some() {
        return None;
    }
    Some(((hours * 60 + minutes) * 60 + seconds) * 1000 + millis)
}

/// At most four digits, and nothing else.
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}
