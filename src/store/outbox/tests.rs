use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;

use central_protocol::event::{Ops, Unavailable};
use central_protocol::{ClockTrust, Envelope, Event, Rejection, RejectionReason};
use rustix::fs::Mode;
use tempfile::TempDir;

use super::{Count, Outbox, Retention};
use crate::clock::Reading;
use crate::fixtures::reading;

const NOW: &str = "2026-11-21T10:20:30Z";
const HOLD: u64 = 120_000;

/// Permissions of a file of the outbox.
fn mode(data: &Path, name: &str) -> u32 {
    fs::metadata(data.join(name)).unwrap().permissions().mode() & 0o777
}

#[test]
fn what_one_account_of_the_group_makes_the_other_may_write() {
    let data = TempDir::new().unwrap();
    let before = rustix::process::umask(Mode::RWXO);
    let mut outbox = open(data.path());
    append(&mut outbox, &reading(NOW, true), 0..1);
    rustix::process::umask(before);
    for name in ["events.db", "events.db-wal", "events.db-shm"] {
        assert_eq!(mode(data.path(), name), 0o660, "{name}");
    }
}

fn event(number: usize) -> Event {
    Event::Unavailable(Unavailable {
        video: format!("essai/{number}"),
        reason: "missing".to_owned(),
    })
}

fn open(data: &Path) -> Outbox {
    let (outbox, reset) = Outbox::open(data).unwrap();
    assert_eq!(reset, None);
    outbox
}

fn append(outbox: &mut Outbox, at: &Reading, numbers: std::ops::Range<usize>) {
    let events: Vec<_> = numbers.map(|number| (at.clone(), event(number))).collect();
    outbox.append(&events).unwrap();
}

fn waiting(outbox: &mut Outbox, now: &Reading) -> Vec<Envelope> {
    let delivery = outbox.next_delivery(now, 100, HOLD).unwrap();
    delivery.map(|delivery| delivery.events).unwrap_or_default()
}

fn seqs(events: &[Envelope]) -> Vec<u64> {
    events.iter().map(|event| event.seq).collect()
}

#[test]
fn numbers_go_on_after_reopening_even_when_all_was_forgotten() {
    let data = TempDir::new().unwrap();
    let now = reading(NOW, true);
    let mut outbox = open(data.path());
    let epoch = outbox.epoch();
    append(&mut outbox, &now, 0..2);
    outbox.settle(epoch, &[1, 2], &[], now.time).unwrap();
    let later = reading("2026-12-21T10:00:00Z", true);
    outbox.prune(&later, RETENTION).unwrap();
    drop(outbox);
    let mut outbox = open(data.path());
    assert_eq!(outbox.epoch(), epoch);
    append(&mut outbox, &later, 2..4);
    let events = waiting(&mut outbox, &later);
    assert_eq!(seqs(&events), [3, 4]);
    assert_eq!(events[0].event, event(2));
}

#[test]
fn hours_are_whole_and_say_how_far_they_can_be_believed() {
    let data = TempDir::new().unwrap();
    let now = reading(NOW, true);
    let mut outbox = open(data.path());
    append(&mut outbox, &now, 0..1);
    let events = waiting(&mut outbox, &now);
    assert_eq!(events[0].hour, "2026-11-21T10:00:00Z".parse().unwrap());
    assert_eq!(events[0].clock, ClockTrust::Synced);
}

#[test]
fn what_is_not_acknowledged_is_delivered_again_and_a_rejected_event_holds_nothing_up() {
    let data = TempDir::new().unwrap();
    let now = reading(NOW, true);
    let mut outbox = open(data.path());
    append(&mut outbox, &now, 0..4);
    let rejection = Rejection {
        seq: 2,
        reason: RejectionReason::Malformed,
        detail: "video: missing".to_owned(),
    };
    let epoch = outbox.epoch();
    outbox
        .settle(epoch, &[1, 3], &[rejection], now.time)
        .unwrap();
    assert_eq!(seqs(&waiting(&mut outbox, &now)), [4]);
    let count = Count {
        waiting: 1,
        rejected: 1,
    };
    assert_eq!(outbox.count().unwrap(), count);
}

#[test]
fn hours_of_this_boot_are_corrected_once_the_clock_is_right() {
    let data = TempDir::new().unwrap();
    let mut outbox = open(data.path());
    let wrong = reading("1970-01-01T00:10:00Z", false);
    let other_boot = Reading {
        boot: "zero".to_owned(),
        ..wrong.clone()
    };
    append(&mut outbox, &other_boot, 0..1);
    append(&mut outbox, &wrong, 1..2);
    // Two hours later in the same boot the clock is right.
    let right = Reading {
        uptime_ms: wrong.uptime_ms + 7_200_000,
        ..reading("2026-11-21T10:20:30Z", true)
    };
    assert_eq!(outbox.correct_hours(&right).unwrap(), 1);
    let events = waiting(&mut outbox, &right);
    assert_eq!(events[0].clock, ClockTrust::Unknown);
    assert_eq!(events[1].clock, ClockTrust::Corrected);
    assert_eq!(events[1].hour, "2026-11-21T08:00:00Z".parse().unwrap());
}

#[test]
fn young_events_wait_for_the_clock_and_old_ones_do_not() {
    let data = TempDir::new().unwrap();
    let mut outbox = open(data.path());
    let wrong = reading("1970-01-01T00:10:00Z", false);
    append(&mut outbox, &wrong, 0..1);
    assert_eq!(waiting(&mut outbox, &wrong), []);
    let later = Reading {
        uptime_ms: wrong.uptime_ms + HOLD,
        ..wrong
    };
    assert_eq!(seqs(&waiting(&mut outbox, &later)), [1]);
}

const RETENTION: Retention = Retention {
    settled: Duration::from_secs(7 * 24 * 3_600),
    oldest: Duration::from_secs(90 * 24 * 3_600),
    bytes: 1_000_000,
};

#[test]
fn events_too_old_are_dropped_counted_and_reported() {
    let data = TempDir::new().unwrap();
    let mut outbox = open(data.path());
    append(&mut outbox, &reading("2026-01-01T00:00:00Z", true), 0..3);
    append(&mut outbox, &reading("1970-01-01T00:00:00Z", false), 3..4);
    let now = reading(NOW, true);
    assert_eq!(outbox.prune(&now, RETENTION).unwrap(), 3);
    let events = waiting(&mut outbox, &now);
    assert_eq!(events[0].event, event(3));
    assert_eq!(dropped(&events[1].event), Some(3));
}

fn dropped(event: &Event) -> Option<i64> {
    match event {
        Event::Ops(Ops { what, value, .. }) if what == "events_dropped" => *value,
        _ => None,
    }
}

#[test]
fn a_clock_that_cannot_be_believed_drops_nothing() {
    let data = TempDir::new().unwrap();
    let mut outbox = open(data.path());
    append(&mut outbox, &reading(NOW, true), 0..3);
    let wrong = reading("2099-01-01T00:00:00Z", false);
    assert_eq!(outbox.prune(&wrong, RETENTION).unwrap(), 0);
    assert_eq!(outbox.count().unwrap().waiting, 3);
}

#[test]
fn too_many_events_drop_the_oldest() {
    let data = TempDir::new().unwrap();
    let mut outbox = open(data.path());
    let now = reading(NOW, true);
    append(&mut outbox, &now, 0..10);
    let size = serde_json::to_string(&event(0)).unwrap().len() as u64;
    let retention = Retention {
        bytes: size * 4,
        ..RETENTION
    };
    assert_eq!(outbox.prune(&now, retention).unwrap(), 6);
    let events = waiting(&mut outbox, &now);
    assert_eq!(seqs(&events), [7, 8, 9, 10, 11]);
    assert_eq!(dropped(&events[4].event), Some(6));
}

/// Closes the file without leaving anything in its log.
fn filled(data: &Path, events: usize) -> uuid::Uuid {
    let mut outbox = open(data);
    append(&mut outbox, &reading(NOW, true), 0..events);
    outbox.epoch()
}

#[test]
fn a_file_without_header_is_set_aside_and_recording_goes_on_in_a_new_epoch() {
    let data = TempDir::new().unwrap();
    let epoch = filled(data.path(), 3);
    let path = data.path().join(Outbox::FILE);
    let mut bytes = fs::read(&path).unwrap();
    bytes[..100].fill(0);
    fs::write(&path, bytes).unwrap();
    let (mut outbox, reset) = Outbox::open(data.path()).unwrap();
    let reset = reset.unwrap();
    assert_eq!(reset.salvaged, 0);
    assert!(reset.aside.exists());
    assert_ne!(outbox.epoch(), epoch);
    append(&mut outbox, &reading(NOW, true), 0..1);
    drop(outbox);
    assert_eq!(open(data.path()).count().unwrap().waiting, 1);
}

#[test]
fn waiting_events_of_a_damaged_file_keep_their_epoch_and_number() {
    let data = TempDir::new().unwrap();
    let epoch = filled(data.path(), 300);
    let path = data.path().join(Outbox::FILE);
    let mut bytes = fs::read(&path).unwrap();
    let pages = bytes.len() / 4_096;
    assert!(pages > 8, "{pages}");
    // Garbage in the last page: what was read before it is whole.
    let last = (pages - 1) * 4_096;
    bytes[last..].fill(0xa5);
    fs::write(&path, bytes).unwrap();
    let (mut outbox, reset) = Outbox::open(data.path()).unwrap();
    let salvaged = reset.unwrap().salvaged;
    assert!(salvaged > 0);
    let delivery = outbox.next_delivery(&reading(NOW, true), 1_000, HOLD);
    let delivery = delivery.unwrap().unwrap();
    assert_eq!(delivery.epoch, epoch);
    assert_eq!(delivery.events.len(), salvaged);
    assert_ne!(outbox.epoch(), epoch);
}

#[test]
fn a_file_of_a_later_version_is_set_aside() {
    let data = TempDir::new().unwrap();
    filled(data.path(), 3);
    let connection = rusqlite::Connection::open(data.path().join(Outbox::FILE)).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let (outbox, reset) = Outbox::open(data.path()).unwrap();
    assert_eq!(reset.unwrap().salvaged, 3);
    assert_eq!(outbox.count().unwrap().waiting, 3);
}

#[test]
fn a_file_that_was_emptied_or_removed_is_reported() {
    for damage in [(|path| fs::write(path, "").unwrap()) as fn(&Path), |path| {
        fs::remove_file(path).unwrap();
    }] {
        let data = TempDir::new().unwrap();
        let epoch = filled(data.path(), 3);
        damage(&data.path().join(Outbox::FILE));
        let (outbox, reset) = Outbox::open(data.path()).unwrap();
        assert_eq!(reset.unwrap().salvaged, 0);
        assert_ne!(outbox.epoch(), epoch);
        drop(outbox);
        assert!(Outbox::open(data.path()).unwrap().1.is_none());
    }
}

#[test]
fn a_note_that_was_cut_short_resets_nothing() {
    let data = TempDir::new().unwrap();
    let epoch = filled(data.path(), 3);
    fs::write(data.path().join("events.lock"), "0190").unwrap();
    let (outbox, reset) = Outbox::open(data.path()).unwrap();
    assert!(reset.is_none());
    assert_eq!(outbox.epoch(), epoch);
    assert_eq!(outbox.count().unwrap().waiting, 3);
}

#[test]
fn a_file_that_somebody_has_open_is_not_set_aside() {
    let data = TempDir::new().unwrap();
    let mut first = open(data.path());
    let mut second = open(data.path());
    append(&mut first, &reading(NOW, true), 0..1);
    append(&mut second, &reading(NOW, true), 1..2);
    assert_eq!(seqs(&waiting(&mut first, &reading(NOW, true))), [1, 2]);
}

#[test]
fn looking_from_outside_makes_and_changes_nothing() {
    let data = TempDir::new().unwrap();
    assert!(Outbox::peek(data.path()).is_err());
    assert!(!data.path().join(Outbox::FILE).exists());
    filled(data.path(), 3);
    assert_eq!(Outbox::peek(data.path()).unwrap().waiting, 3);
}
