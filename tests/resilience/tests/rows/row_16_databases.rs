//! Row 16: databases that a disk has damaged, or that a later program has written. A borne starts
//! within half a minute, and what can be saved goes on.

use std::fs;
use std::path::Path;

use resilience::central::Central;
use resilience::outbox;
use resilience::scene::Scene;

use crate::VIDEO;

/// Ends what does not start in time, with a code of its own (124).
const IN_TIME: [&str; 2] = ["timeout", "30"];

/// Events recorded before the damage.
const RECORDED: u64 = 200;

type Damage = fn(&Path);

/// Damages, by name.
const DAMAGES: [(&str, Damage); 6] = [
    ("header zeroed", |file| overwrite(file, 0, &[0; 100])),
    ("page garbage", |file| {
        overwrite(file, 4_096 * 2, &[0xA5; 4_096]);
    }),
    ("cut to nothing", |file| fs::write(file, "").unwrap()),
    ("cut in the middle of a page", |file| {
        let bytes = fs::read(file).unwrap();
        fs::write(file, &bytes[..bytes.len() - 1_000]).unwrap();
    }),
    ("text in its place", |file| {
        fs::write(file, "this was never a database ".repeat(500)).unwrap();
    }),
    ("later schema", |file| {
        let database = rusqlite::Connection::open(file).unwrap();
        database.pragma_update(None, "user_version", 99).unwrap();
    }),
];

fn overwrite(file: &Path, at: usize, with: &[u8]) {
    let mut bytes = fs::read(file).unwrap();
    bytes[at..at + with.len()].copy_from_slice(with);
    fs::write(file, bytes).unwrap();
}

/// A log of another database beside the file.
fn stale_wal(file: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.db");
    let database = rusqlite::Connection::open(&other).unwrap();
    database
        .execute_batch(
            "PRAGMA journal_mode = WAL; CREATE TABLE other (x); INSERT INTO other VALUES (1);",
        )
        .unwrap();
    let mut wal = file.as_os_str().to_owned();
    wal.push("-wal");
    fs::copy(folder.path().join("other.db-wal"), wal).unwrap();
}

#[test]
fn row_16_what_is_remembered_of_looks_can_be_lost_in_any_way() {
    let all = DAMAGES
        .into_iter()
        .chain([("stale log", stale_wal as Damage)]);
    for (name, damage) in all {
        let scene = Scene::new(&[("un", VIDEO)]);
        scene.sync().must(0);
        damage(&scene.borne.data.join("cache.db"));
        let ran = scene.borne.run(&IN_TIME);
        assert_eq!(ran.code, Some(0), "{name}: {}", ran.err);
        scene.must_show(&["un"]);
    }
}

/// A borne with waiting events and a central that runs.
fn enrolled() -> (Scene, Central) {
    let scene = Scene::new(&[("un", VIDEO)]);
    scene.sync().must(0);
    outbox::record(
        &scene.borne.data,
        "essai/un",
        usize::try_from(RECORDED).unwrap(),
    );
    let folder = scene.folder().join("central");
    let mut central = Central::new(&folder, resilience::borne::ID).unwrap();
    central.start().unwrap();
    scene.borne.set("central", &central.settings());
    (scene, central)
}

/// Plays and reports of a reset that central holds.
fn delivered(central: &Central) -> (u64, i64) {
    let plays = central.plays().unwrap().values().sum();
    let resets = "SELECT count(*) FROM event WHERE json_extract(body, '$.what') = 'db_reset'";
    (plays, central.number(resets).unwrap())
}

#[test]
fn row_16_damaged_events_are_set_aside_reported_and_never_stop_a_borne() {
    for (name, damage) in DAMAGES {
        let (scene, central) = enrolled();
        let file = scene.borne.data.join("events.db");
        damage(&file);
        let ran = scene.borne.run(&IN_TIME);
        assert_eq!(ran.code, Some(0), "{name}: {}", ran.err);
        let (plays, resets) = delivered(&central);
        assert_eq!(resets, 1, "{name}");
        assert!(plays <= RECORDED, "{name}: {plays}");
        if name == "later schema" {
            assert_eq!(plays, RECORDED);
        }
        outbox::record(&scene.borne.data, "essai/un", 3);
        scene.borne.run(&IN_TIME).must(0);
        assert_eq!(delivered(&central), (plays + 3, resets), "{name}");
    }
}

#[test]
fn row_16_a_log_of_another_database_beside_the_events_is_noticed_and_reported() {
    let (scene, central) = enrolled();
    stale_wal(&scene.borne.data.join("events.db"));
    scene.borne.run(&IN_TIME).must(0);
    let (plays, resets) = delivered(&central);
    assert!(
        plays == RECORDED || resets == 1,
        "{plays} plays, {resets} resets"
    );
}

#[test]
fn row_16_events_damaged_in_a_page_of_many_are_saved_as_far_as_they_can_be_read() {
    let (scene, central) = enrolled();
    let file = scene.borne.data.join("events.db");
    let length = usize::try_from(fs::metadata(&file).unwrap().len()).unwrap();
    overwrite(&file, length / 4_096 / 2 * 4_096, &[0x5A; 4_096]);
    scene.borne.run(&IN_TIME).must(0);
    let (plays, resets) = delivered(&central);
    assert_eq!(resets, 1);
    println!("{plays} of {RECORDED} events saved from around a page of garbage");
    assert!(plays > 0, "nothing was saved");
}
