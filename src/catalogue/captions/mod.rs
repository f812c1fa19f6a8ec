//! `WebVTT` captions as shown: at most two lines of plain text a cue.

mod markup;
mod parse;

#[cfg(test)]
mod tests;

pub use parse::{CaptionsError, Parsed, parse};

use super::limits;

/// A text shown for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// It appears at, ms.
    pub start_ms: u64,
    /// It disappears at, ms; later than `start_ms`.
    pub end_ms: u64,
    /// One or two lines without tags; a dash begins a line where the speaker changes.
    pub lines: Vec<String>,
}

/// The cue to show at a time, the last one begun when several overlap. Cues come from [`parse`].
#[must_use]
pub fn active_at(cues: &[Cue], ms: u64) -> Option<&Cue> {
    let begun = cues.partition_point(|cue| cue.start_ms <= ms);
    cues.get(..begun)?
        .iter()
        .rev()
        .take(limits::CUE_OVERLAP)
        .find(|cue| ms < cue.end_ms)
}
