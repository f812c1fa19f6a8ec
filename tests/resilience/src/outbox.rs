//! Events of a borne, recorded as the player records them.

use std::path::Path;

use borne::clock::Reading;
use borne::store::Outbox;
use central_protocol::Event;
use central_protocol::event::{End, Entry, Play};
use jiff::Timestamp;

/// A play of a video, watched to its end.
#[must_use]
pub fn play(video: &str) -> Event {
    Event::Play(Play {
        video: video.to_owned(),
        revision: 1,
        univers: "cv-profil".to_owned(),
        language: "fr".to_owned(),
        captions: true,
        audio_description: false,
        entry: Entry::Home,
        duration_ms: 30_000,
        watched_ms: 30_000,
        unique_ms: 30_000,
        coverage: 0xF_FFFF,
        completed: true,
        pauses: 0,
        seeks: 0,
        stall_ms: 0,
        dropped_frames: 0,
        first_frame_ms: 90,
        end: End::Ended,
        error: None,
    })
}

/// A reading of a clock that is right.
#[must_use]
pub fn reading(time: Timestamp) -> Reading {
    Reading {
        time,
        synced: true,
        boot: "essai".to_owned(),
        uptime_ms: 600_000,
    }
}

/// Records so many plays of a video, now.
pub fn record(data: &Path, video: &str, plays: usize) {
    record_at(data, video, std::iter::repeat_n(borne::clock::now(), plays));
}

/// Records plays of a video at these moments.
pub fn record_at(data: &Path, video: &str, times: impl Iterator<Item = Timestamp>) {
    let (mut outbox, _) = Outbox::open(data).unwrap();
    let events: Vec<_> = times.map(|time| (reading(time), play(video))).collect();
    outbox.append(&events).unwrap();
}

/// Events that wait in a data folder.
#[must_use]
pub fn waiting(data: &Path) -> u64 {
    Outbox::peek(data).unwrap().waiting
}

/// One value of the database of events.
#[must_use]
pub fn number(data: &Path, sql: &str) -> i64 {
    let database = rusqlite::Connection::open(data.join(Outbox::FILE)).unwrap();
    database.query_row(sql, [], |row| row.get(0)).unwrap()
}
