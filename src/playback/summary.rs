use central_protocol::event::{End, Entry, Play, Unavailable};
use central_protocol::limits::MAX_DURATION_MS;
use std::time::Duration;

use super::fault::Fault;
use super::policy::{COMPLETED_PERCENT, COVERAGE_PARTS};
use super::run::Run;

/// The summary of a playback; nothing about who watched.
pub(super) fn play(run: &Run, entry: Entry, end: End, fault: Option<Fault>) -> Play {
    let tally = &run.tally;
    let unique_ms = tally.seen.length(run.duration_ms);
    Play {
        video: run.media.key.clone(),
        revision: run.media.revision,
        univers: run.media.group.clone(),
        language: run.media.language.clone(),
        captions: tally.captioned * 2 > tally.watched,
        audio_description: run.media.audio_description,
        entry,
        duration_ms: run.duration_ms,
        watched_ms: millis(tally.watched),
        unique_ms,
        coverage: tally.seen.coverage(run.duration_ms, COVERAGE_PARTS),
        completed: run.duration_ms > 0 && unique_ms * 100 >= run.duration_ms * COMPLETED_PERCENT,
        pauses: tally.pauses,
        seeks: tally.seeks,
        stall_ms: millis(tally.still),
        first_frame_ms: tally.first_frame.map_or(0, millis),
        dropped_frames: run.dropped(),
        end,
        error: fault.map(|fault| fault.code().to_owned()),
    }
}

/// That a video could not be shown.
pub(super) fn unavailable(run: &Run, fault: Fault) -> Unavailable {
    Unavailable {
        video: run.media.key.clone(),
        reason: fault.code().to_owned(),
    }
}

pub(super) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis())
        .unwrap_or(u64::MAX)
        .min(MAX_DURATION_MS)
}
