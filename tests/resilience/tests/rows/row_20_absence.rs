//! Row 20: a borne that was away for a summer comes back.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use resilience::borne::{Borne, ID};
use resilience::central::Central;
use resilience::process::Running;
use resilience::scene::Scene;
use resilience::{address, outbox, wait};
use serde_json::Value;

use crate::{OTHER, VIDEO};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// The hours of so many days, until now.
fn hours(days: i64) -> impl Iterator<Item = Timestamp> {
    let now = borne::clock::now();
    (0..days * 24).map(move |ago| now - HOUR * i32::try_from(ago).unwrap())
}

#[test]
fn row_20_after_ninety_days_alone_a_borne_delivers_all_and_has_the_new_catalogue() {
    let scene = Scene::new(&[("un", VIDEO)]);
    scene.sync().must(0);
    outbox::record_at(&scene.borne.data, "essai/un", hours(89));
    scene.repository.offer(&[("deux", OTHER)]);
    let mut central = Central::new(&scene.folder().join("central"), ID).unwrap();
    central.start().unwrap();
    scene.borne.set("central", &central.settings());
    scene.sync().must(0);
    scene.must_show(&["deux"]);
    assert_eq!(central.plays().unwrap()["essai/un"], 89 * 24);
    assert_eq!(outbox::waiting(&scene.borne.data), 0);
}

#[test]
fn row_20_what_is_older_than_ninety_days_is_dropped_and_counted() {
    let scene = Scene::new(&[("un", VIDEO)]);
    outbox::record_at(&scene.borne.data, "essai/un", hours(100));
    let mut central = Central::new(&scene.folder().join("central"), ID).unwrap();
    central.start().unwrap();
    scene.borne.set("central", &central.settings());
    scene.sync().must(0);
    let kept = i64::try_from(central.plays().unwrap()["essai/un"]).unwrap();
    let dropped = "SELECT sum(json_extract(body, '$.value')) FROM event
                   WHERE json_extract(body, '$.what') = 'events_dropped'";
    assert_eq!(kept + central.number(dropped).unwrap(), 100 * 24);
    assert!((90 * 24 - 1..=90 * 24 + 1).contains(&kept), "{kept}");
}

#[test]
fn row_20_a_queue_without_central_stays_bounded_and_counts_what_it_drops() {
    let scene = Scene::new(&[("un", VIDEO)]);
    outbox::record(&scene.borne.data, "essai/un", 1);
    let database = rusqlite::Connection::open(scene.borne.data.join("events.db")).unwrap();
    // As many bytes as years of visits, in a few large events.
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)
        INSERT INTO events SELECT epoch, seq + i, hour, clock, boot, uptime_ms,
            '{\"type\":\"ops\",\"what\":\"start\",\"detail\":\"' || printf('%.*c', 100000, 'x') || '\"}',
            0, 0, '' FROM events, n";
    assert_eq!(database.execute(many, []).unwrap(), 600);
    database
        .execute("UPDATE epoch SET next_seq = 602", [])
        .unwrap();
    drop(database);
    let token = scene.folder().join("token");
    std::fs::write(&token, "secret\n").unwrap();
    let nobody = address::free_address().unwrap();
    let settings = format!(
        "[central]\nurl = \"http://{nobody}/\"\ntoken_file = \"{}\"\n",
        token.display()
    );
    scene.borne.set("central", &settings);
    scene.sync().must(0);
    let bytes = "SELECT sum(length(event)) FROM events";
    assert!(outbox::number(&scene.borne.data, bytes) <= 51_000_000);
    let left = "SELECT count(*) FROM events WHERE event NOT LIKE '%events_dropped%'";
    let dropped = "SELECT sum(json_extract(event, '$.value')) FROM events
                   WHERE event LIKE '%events_dropped%'";
    let data = &scene.borne.data;
    assert_eq!(
        outbox::number(data, left) + outbox::number(data, dropped),
        601
    );
}

#[test]
fn row_20_bornes_that_fail_together_do_not_come_back_together() {
    let scene = Scene::new(&[("un", VIDEO)]);
    let nobody = address::free_address().unwrap();
    let mut pauses = BTreeSet::new();
    for number in 0..5 {
        let folder = scene.folder().join(number.to_string());
        let root = scene.repository.first_root();
        let borne = Borne::new(
            &folder,
            &folder.join("data"),
            &format!("http://{nobody}/"),
            &root,
        );
        let running = Running::start("borne", borne.command(&["sync"]), &folder).unwrap();
        pauses.insert(pause(&borne, &running));
    }
    assert_eq!(pauses.len(), 5, "{pauses:?}");
    let most = SignedDuration::from_secs(30);
    assert!(pauses.iter().all(|pause| *pause <= most), "{pauses:?}");
    // They are spread over the half minute, and do not cluster at its end. Of five drawn evenly, one in a
    // million are as close together as a fiftieth of it.
    let (first, last) = (*pauses.first().unwrap(), *pauses.last().unwrap());
    assert!(first < most * 9 / 10, "{pauses:?}");
    assert!(last - first > most / 50, "{pauses:?}");
}

/// How long a borne whose look has failed waits until the next, as after its first failure: a pause
/// is drawn from nothing up, so that a second failure, which doubles it, may be there already.
fn pause(borne: &Borne, running: &Running) -> SignedDuration {
    let path = borne.data.join("run/sync.json");
    let due = wait::until("prochain essai", Duration::from_secs(30), || {
        let Ok(bytes) = std::fs::read(&path) else {
            return Ok(None);
        };
        let status: Value = serde_json::from_slice(&bytes)?;
        let moment = |field: &str| status[field].as_str().map(|it| it.parse::<Timestamp>());
        Ok(moment("next_attempt").zip(moment("updated_at")))
    });
    let (next, noted) = due.unwrap();
    let doublings = running.log().matches("look failed").count() - 1;
    next.unwrap().duration_since(noted.unwrap()) / (1 << doublings)
}
