use std::fs;
use std::sync::Arc;

use central_protocol::Event;
use tempfile::TempDir;

use super::event;
use crate::fixtures::{Standing, reading};
use crate::stats::Recorder;
use crate::store::Outbox;

const NOW: &str = "2026-11-21T10:20:30Z";

fn recorded(data: &std::path::Path) -> Vec<Event> {
    let (mut outbox, _) = Outbox::open(data).unwrap();
    let delivery = outbox.next_delivery(&reading(NOW, true), 2_000, 0).unwrap();
    let events = delivery.map(|delivery| delivery.events).unwrap_or_default();
    events.into_iter().map(|envelope| envelope.event).collect()
}

fn record(data: &std::path::Path, numbers: std::ops::Range<usize>) {
    let clock = Arc::new(Standing::synced(NOW));
    let recorder = Recorder::start(data, clock).unwrap();
    for number in numbers {
        recorder.record(event(number));
    }
}

#[test]
fn all_that_was_recorded_is_on_disk_when_the_recorder_has_ended() {
    let data = TempDir::new().unwrap();
    record(data.path(), 0..300);
    record(data.path(), 300..400);
    let expected: Vec<Event> = (0..400).map(event).collect();
    assert_eq!(recorded(data.path()), expected);
}

#[test]
fn a_damaged_file_is_reported_and_recording_goes_on() {
    let data = TempDir::new().unwrap();
    fs::write(data.path().join(Outbox::FILE), [7; 8_192]).unwrap();
    record(data.path(), 0..1);
    let events = recorded(data.path());
    assert!(
        matches!(&events[0], Event::Ops(ops) if ops.what == "db_reset"),
        "{events:?}"
    );
    assert_eq!(events[1], event(0));
}

#[test]
fn events_wait_in_memory_while_the_file_cannot_be_opened() {
    let data = TempDir::new().unwrap();
    let path = data.path().join(Outbox::FILE);
    fs::create_dir(&path).unwrap();
    let recorder = Recorder::start(data.path(), Arc::new(Standing::synced(NOW))).unwrap();
    recorder.record(event(0));
    fs::remove_dir(&path).unwrap();
    drop(recorder);
    assert_eq!(recorded(data.path()), [event(0)]);
}
