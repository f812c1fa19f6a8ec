//! Which values are possible: a batch comes from a network, whatever its token says.

use crate::event::{Envelope, Event, Play};
use crate::limits::{MAX_DURATION_MS, MAX_GROUP, MAX_SEQ, MAX_TEXT_BYTES};

impl Envelope {
    /// Checks that every value is possible and that the hour is no finer than an hour.
    ///
    /// # Errors
    /// The first field whose value cannot be.
    pub fn check(&self) -> Result<(), OutOfRange> {
        at_most("seq", self.seq, MAX_SEQ)?;
        if self.hour.as_second() % 3600 != 0 || self.hour.subsec_nanosecond() != 0 {
            return Err(OutOfRange {
                field: "hour",
                problem: "is finer than an hour".to_owned(),
            });
        }
        self.event.check()
    }
}

/// A value that no borne can have recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct OutOfRange {
    /// The field at fault.
    pub field: &'static str,
    /// What is wrong with it.
    pub problem: String,
}

impl Event {
    /// Checks that every value is possible.
    ///
    /// # Errors
    /// The first field whose value cannot be.
    pub fn check(&self) -> Result<(), OutOfRange> {
        match self {
            Self::Play(play) => play.check(),
            Self::Search(search) => optional_text("term", search.term.as_deref()),
            Self::Visit(visit) => visit
                .languages
                .iter()
                .map(|language| ("languages", language))
                .chain(visit.comfort.iter().map(|option| ("comfort", option)))
                .try_for_each(|(field, value)| text(field, value)),
            Self::Handover(handover) => optional_text("about", handover.about.as_deref()),
            Self::Group(group) => {
                text("playlist", &group.playlist)?;
                at_most("videos", group.videos.into(), MAX_GROUP)?;
                at_most("headcount", group.headcount.unwrap_or(0).into(), MAX_GROUP)
            }
            Self::Unavailable(unavailable) => {
                text("video", &unavailable.video)?;
                text("reason", &unavailable.reason)
            }
            Self::Ops(ops) => {
                text("what", &ops.what)?;
                optional_text("detail", ops.detail.as_deref())
            }
        }
    }
}

impl Play {
    fn check(&self) -> Result<(), OutOfRange> {
        for (field, value) in [
            ("video", &self.video),
            ("univers", &self.univers),
            ("language", &self.language),
        ] {
            text(field, value)?;
        }
        optional_text("error", self.error.as_deref())?;
        at_most("duration_ms", self.duration_ms, MAX_DURATION_MS)?;
        at_most("watched_ms", self.watched_ms, MAX_DURATION_MS)?;
        at_most("stall_ms", self.stall_ms, MAX_DURATION_MS)?;
        at_most("first_frame_ms", self.first_frame_ms, MAX_DURATION_MS)?;
        // No screen of a borne shows more than a picture a millisecond.
        at_most("dropped_frames", self.dropped_frames, MAX_DURATION_MS)?;
        at_most("unique_ms", self.unique_ms, self.duration_ms)?;
        at_most("coverage", self.coverage.into(), (1 << 20) - 1)
    }
}

fn text(field: &'static str, value: &str) -> Result<(), OutOfRange> {
    let problem = if value.len() > MAX_TEXT_BYTES {
        format!("longer than {MAX_TEXT_BYTES} bytes")
    } else if value.chars().any(char::is_control) {
        "holds a control character".to_owned()
    } else {
        return Ok(());
    };
    Err(OutOfRange { field, problem })
}

fn optional_text(field: &'static str, value: Option<&str>) -> Result<(), OutOfRange> {
    value.map_or(Ok(()), |value| text(field, value))
}

fn at_most(field: &'static str, value: u64, most: u64) -> Result<(), OutOfRange> {
    if value <= most {
        return Ok(());
    }
    Err(OutOfRange {
        field,
        problem: format!("{value} is more than {most}"),
    })
}
