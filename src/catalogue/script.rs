//! What is said in a video, kept compactly: one text, and where each cue lies in it.

use super::captions::Cue;
use super::reading::{self, Sentence};

/// Text and times of what is said.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// Lines of a cue are separated by `\n`, cues too.
    text: Box<str>,
    /// In the order of the text; empty for a text without times.
    spans: Box<[Span]>,
}

#[derive(Clone, Copy, Debug)]
struct Span {
    start_ms: u32,
    end_ms: u32,
    /// Bytes of the text.
    from: u32,
    to: u32,
}

impl Script {
    /// What captions say.
    pub fn timed(cues: &[Cue]) -> Self {
        let mut text = String::new();
        let mut spans = Vec::with_capacity(cues.len());
        for cue in cues {
            if !text.is_empty() {
                text.push('\n');
            }
            let from = clamp(text.len());
            text.push_str(&cue.lines.join("\n"));
            spans.push(Span {
                start_ms: clamp(cue.start_ms),
                end_ms: clamp(cue.end_ms),
                from,
                to: clamp(text.len()),
            });
        }
        Self {
            text: text.into(),
            spans: spans.into(),
        }
    }

    /// What a transcript says.
    pub fn untimed(text: &str) -> Self {
        Self {
            text: text.into(),
            spans: Box::default(),
        }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// When the cue begins that holds this byte of the text, ms.
    pub fn time_at(&self, byte: usize) -> Option<u64> {
        let begun = self
            .spans
            .partition_point(|span| span.from as usize <= byte);
        let span = self.spans.get(begun.checked_sub(1)?)?;
        Some(u64::from(span.start_ms))
    }

    pub fn cues(&self) -> Vec<Cue> {
        self.spans
            .iter()
            .filter_map(|span| self.cue(*span))
            .collect()
    }

    /// Sentence by sentence, to be read.
    pub fn sentences(&self) -> Vec<Sentence> {
        if self.spans.is_empty() {
            reading::untimed(&self.text)
        } else {
            reading::timed(&self.cues())
        }
    }

    fn cue(&self, span: Span) -> Option<Cue> {
        let text = self.text.get(span.from as usize..span.to as usize)?;
        Some(Cue {
            start_ms: span.start_ms.into(),
            end_ms: span.end_ms.into(),
            lines: text.lines().map(str::to_owned).collect(),
        })
    }
}

/// Files and times past 32 bits are refused long before; a longer one ends there.
fn clamp<T: TryInto<u32>>(value: T) -> u32 {
    value.try_into().unwrap_or(u32::MAX)
}
