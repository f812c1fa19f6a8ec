//! Row 13: disks that are full, read-only or fail.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use borne::clock::{Clock, Reading};
use borne::stats::recorder::Recorder;
use resilience::borne::Ran;
use resilience::crash::every_few;
use resilience::disk::Disk;
use resilience::outbox;
use resilience::process;
use resilience::scene::Scene;
use resilience::stock::Stock;
use resilience::strace;

use crate::{OTHER, VIDEO};

/// Calls that fail, in one test, at most.
const POINTS: usize = 12;

#[test]
fn row_13_a_disk_too_small_shows_what_fits_and_keeps_its_reserve() {
    let disk = Disk::memory(3_000);
    let large = vec![b'l'; 2_500_000];
    let videos: [(&str, &[u8]); 2] = [("grande", &large), ("un", VIDEO)];
    let scene = Scene::on(&disk.path().join("data"), &videos, |_, _| None);
    let data = scene.borne.data.display().to_string();
    scene.borne.set(
        "storage",
        &format!("[storage]\ndata = \"{data}\"\nreserve_mb = 1\n"),
    );
    scene.sync().must(3);
    scene.must_show(&["un"]);
    assert_eq!(scene.stock().missing["essai/grande"], "disk_full");
    let space = rustix::fs::statvfs(disk.path()).unwrap();
    assert!(space.f_bavail * space.f_frsize >= 1_000_000);
}

#[test]
fn row_13_a_disk_that_fills_up_during_a_download_keeps_the_old_and_goes_on_with_room() {
    let disk = Arc::new(Disk::memory(4_000));
    let data = disk.path().join("data");
    let (filling, filled) = (Arc::clone(&disk), Arc::new(AtomicBool::new(false)));
    let once = Arc::clone(&filled);
    let scene = Scene::on(&data, &[("un", VIDEO)], move |request, _| {
        let second = request
            .path
            .contains(&resilience::repository::sha256(OTHER));
        if second && !once.swap(true, Ordering::SeqCst) {
            filling.fill();
        }
        None
    });
    scene.sync().must(0);
    scene.repository.offer(&[("un", VIDEO), ("deux", OTHER)]);
    scene.sync().must(1);
    assert!(filled.load(Ordering::SeqCst));
    scene.must_show(&["un"]);
    disk.empty();
    scene.sync().must(0);
    scene.must_show(&["un", "deux"]);
}

#[test]
fn row_13_a_full_disk_takes_no_event_and_loses_none_that_was_taken() {
    let disk = Disk::memory(2_000);
    let data = disk.path().join("data");
    outbox::record(&data, "essai/un", 20);
    disk.fill();
    let mut recorder = Command::new(env!("CARGO_BIN_EXE_append-events"));
    recorder.arg(&data).args(["20", "20"]);
    let ran = Ran::of(&process::run(&mut recorder).unwrap());
    ran.must(1);
    let acknowledged: u64 = ran.out.lines().last().map_or(0, |it| it.parse().unwrap());
    disk.empty();
    assert_eq!(outbox::waiting(&data), 20 + acknowledged);
    outbox::record(&data, "essai/un", 5);
    assert_eq!(outbox::waiting(&data), 25 + acknowledged);
}

/// A clock that stands.
struct Standing(Reading);

impl Clock for Standing {
    fn read(&self) -> Reading {
        self.0.clone()
    }
}

#[test]
fn row_13_events_that_a_full_disk_made_a_borne_drop_are_counted() {
    // So many that what waits within the recorder overflows, too, and more than once.
    const RECORDED: i64 = 200_000;
    let disk = Disk::memory(4_000);
    let data = disk.path().join("data");
    outbox::record(&data, "essai/un", 0);
    disk.fill();
    let clock = Arc::new(Standing(outbox::reading(borne::clock::now())));
    let recorder = Recorder::start(&data, clock).unwrap();
    for _ in 0..RECORDED {
        recorder.record(outbox::play("essai/un"));
    }
    disk.empty();
    drop(recorder);
    let kept = outbox::number(
        &data,
        "SELECT count(*) FROM events WHERE event LIKE '%\"play\"%'",
    );
    let counted = "SELECT coalesce(sum(json_extract(event, '$.value')), 0) FROM events
                   WHERE json_extract(event, '$.what') = 'events_dropped'";
    let dropped = outbox::number(&data, counted);
    assert!(dropped > 0, "none was dropped: {kept} kept");
    assert_eq!(kept + dropped, RECORDED, "{kept} kept, {dropped} dropped");
}

#[test]
fn row_13_a_disk_that_has_become_read_only_shows_what_it_has_and_recovers() {
    let disk = Disk::memory(4_000);
    let scene = Scene::on(&disk.path().join("data"), &[("un", VIDEO)], |_, _| None);
    scene.sync().must(0);
    scene.repository.offer(&[("un", VIDEO), ("deux", OTHER)]);
    disk.set_read_only(true);
    let ran = scene.sync();
    assert!(ran.must(1).err.contains("disque"), "{}", ran.err);
    scene.must_show(&["un"]);
    assert_eq!(scene.borne.status()["catalogue"]["videos"], 1);
    disk.set_read_only(false);
    scene.sync().must(0);
    scene.must_show(&["un", "deux"]);
}

#[test]
fn row_13_after_a_failed_fsync_nothing_is_called_stored_that_a_power_cut_takes() {
    let disk = Disk::ext4(24);
    let data = disk.path().join("data");
    let scene = Scene::on(&data, &[("un", VIDEO), ("deux", OTHER)], |_, _| None);
    let look = scene.borne.command(&["sync", "--once"]);
    let log = scene.folder().join("log");
    let calls = strace::changes(&look, &data, &log);
    let waits = calls.iter().filter(|call| call.name.contains("sync"));
    let mut tried = 0;
    for call in every_few(&waits.collect::<Vec<_>>(), POINTS) {
        disk.renew();
        let when = call.nth.to_string();
        let mut failing = strace::failing(&look, &call.name, "EIO", &when);
        let ran = Ran::of(&process::run(&mut failing).unwrap());
        assert!(
            ran.code.is_some_and(|code| code != 101),
            "{call:?} {}",
            ran.err
        );
        let told = Stock::of(&data).must_be_sound().clone();
        disk.cut_power();
        let left = Stock::of(&data).must_be_sound().clone();
        if ran.code == Some(0) {
            assert_eq!(told.whole, left.whole, "{call:?}");
            assert_eq!(left.whole.len(), 2, "{call:?}");
        }
        scene.sync().must(0);
        scene.must_show(&["un", "deux"]);
        tried += 1;
    }
    println!("failed fsync: {tried} of {} calls", calls.len());
    assert!(tried > 5);
}

#[test]
fn row_13_after_a_failed_fsync_no_event_is_called_safe_that_a_power_cut_takes() {
    let disk = Disk::ext4(24);
    let data = disk.path().join("data");
    let mut recorder = Command::new(env!("CARGO_BIN_EXE_append-events"));
    recorder.arg(&data).args(["6", "5"]);
    let log = tempfile::NamedTempFile::new().unwrap();
    let calls = strace::changes(&recorder, &data, log.path());
    let waits = calls.iter().filter(|call| call.name.contains("sync"));
    let mut lost = 0;
    for call in every_few(&waits.collect::<Vec<_>>(), POINTS) {
        disk.renew();
        let when = call.nth.to_string();
        let mut failing = strace::failing(&recorder, &call.name, "EIO", &when);
        let ran = Ran::of(&process::run(&mut failing).unwrap());
        let said: u64 = ran.out.lines().last().map_or(0, |it| it.parse().unwrap());
        disk.cut_power();
        outbox::record(&data, "essai/un", 0);
        lost += said.saturating_sub(outbox::waiting(&data));
    }
    assert_eq!(lost, 0);
}
