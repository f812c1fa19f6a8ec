//! Row 19: deliveries that are lost, doubled, mixed up or refused. What central counts is exact.

use std::io::Write as _;
use std::sync::{Arc, Mutex};

use flate2::Compression;
use flate2::write::GzEncoder;
use resilience::borne::ID;
use resilience::central::Central;
use resilience::outbox;
use resilience::reply::{Flow, Reply, Request};
use resilience::scene::Scene;
use resilience::server::{Server, forward};

use crate::VIDEO;

/// More than two batches.
const MANY: usize = 4_500;

/// A borne, a central, and somebody between them.
struct Line {
    scene: Scene,
    central: Central,
    between: Server,
}

impl Line {
    /// `fault` may answer in central's place; it is told which request this is.
    fn new(
        fault: impl FnMut(std::net::SocketAddr, &Request, usize) -> Option<Reply> + Send + 'static,
    ) -> Self {
        let scene = Scene::new(&[("un", VIDEO)]);
        let mut central = Central::new(&scene.folder().join("central"), ID).unwrap();
        central.start().unwrap();
        let (address, mut fault) = (central.address(), fault);
        let between = Server::before(address, move |request, time| fault(address, request, time));
        let settings = format!(
            "[central]\nurl = \"{}\"\ntoken_file = \"{}\"\n",
            between.url(),
            central.token_file().display()
        );
        scene.borne.set("central", &settings);
        Self {
            scene,
            central,
            between,
        }
    }

    fn record(&self, plays: usize) {
        outbox::record(&self.scene.borne.data, "essai/un", plays);
    }

    fn sync(&self) {
        self.scene.sync().must(0);
    }

    /// Events, and plays counted, that central holds.
    #[track_caller]
    fn must_count(&self, plays: i64) {
        let events = self.central.number("SELECT count(*) FROM event").unwrap();
        let days = "SELECT coalesce(sum(plays), 0) FROM video_count WHERE span = 0";
        let counted = self.central.number(days).unwrap();
        assert_eq!((events, counted), (plays, plays));
    }
}

#[test]
fn row_19_an_answer_lost_after_the_commit_counts_nothing_twice() {
    let line = Line::new(|central, request, time| {
        (time == 1).then(|| {
            let _ = forward(central, request);
            Reply::new(200, "").flowing(Flow::Mute)
        })
    });
    line.record(100);
    line.sync();
    line.must_count(100);
    assert_eq!(outbox::waiting(&line.scene.borne.data), 100);
    line.record(10);
    line.sync();
    line.must_count(110);
    assert_eq!(outbox::waiting(&line.scene.borne.data), 0);
}

#[test]
fn row_19_an_answer_cut_in_two_counts_nothing_twice() {
    let line = Line::new(|central, request, time| {
        (time <= 2).then(|| forward(central, request).flowing(Flow::Cut(20)))
    });
    line.record(MANY);
    line.sync();
    line.sync();
    line.sync();
    line.must_count(i64::try_from(MANY).unwrap());
    assert_eq!(outbox::waiting(&line.scene.borne.data), 0);
}

#[test]
fn row_19_a_delivery_that_arrives_twice_counts_once() {
    let line = Line::new(|central, request, _| {
        let _ = forward(central, request);
        Some(forward(central, request))
    });
    line.record(MANY);
    line.sync();
    line.must_count(i64::try_from(MANY).unwrap());
    assert_eq!(line.between.requests().len(), 3);
}

#[test]
fn row_19_deliveries_that_arrive_late_and_in_another_order_count_once() {
    let held: Arc<Mutex<Vec<Request>>> = Arc::default();
    let keeper = Arc::clone(&held);
    let line = Line::new(move |_, request, time| {
        keeper.lock().unwrap().push(request.clone());
        // The first one is on its way for long: the borne gives it up and splits anew.
        (time == 1).then(|| Reply::new(504, ""))
    });
    line.record(50);
    line.sync();
    line.record(MANY);
    line.sync();
    let late = held.lock().unwrap().clone();
    for request in late.iter().rev() {
        let _ = forward(line.central.address(), request);
    }
    line.must_count(i64::try_from(MANY).unwrap() + 50);
}

#[test]
fn row_19_one_bad_event_is_set_aside_alone() {
    let line = Line::new(|_, _, _| None);
    line.record(30);
    let database = rusqlite::Connection::open(line.scene.borne.data.join("events.db")).unwrap();
    let spoil = "UPDATE events SET event = json_set(event, '$.watched_ms', 9e15) WHERE seq = 7";
    let value =
        "UPDATE events SET event = json_set(event, '$.watched_ms', 900000000000000) WHERE seq = 8";
    let words = "UPDATE events SET event = 'not JSON' WHERE seq = 9";
    for change in [spoil, value, words] {
        assert_eq!(database.execute(change, []).unwrap(), 1);
    }
    drop(database);
    line.sync();
    line.must_count(27);
    let queue = line.scene.borne.status()["queue"].clone();
    assert_eq!(
        (&queue["waiting"], &queue["rejected"]),
        (&0.into(), &3.into())
    );
}

#[test]
fn row_19_a_body_that_inflates_without_end_is_refused_and_central_goes_on() {
    let line = Line::new(|_, _, _| None);
    line.record(5);
    let mut bomb = GzEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..20 {
        bomb.write_all(&[b' '; 1_000_000]).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    let token = std::fs::read_to_string(line.central.token_file()).unwrap();
    let request = |body: Vec<u8>| Request {
        method: "POST".to_owned(),
        path: central_protocol::EVENTS_PATH.to_owned(),
        headers: [
            ("host", "central".to_owned()),
            ("authorization", format!("Bearer {}", token.trim())),
            ("content-type", "application/json".to_owned()),
            ("content-encoding", "gzip".to_owned()),
            ("content-length", body.len().to_string()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into(),
        body,
    };
    assert!(bomb.len() < central_protocol::limits::MAX_BODY_BYTES);
    assert_eq!(
        forward(line.central.address(), &request(bomb)).status(),
        413
    );
    assert_eq!(
        forward(line.central.address(), &request(b"no gzip".to_vec())).status(),
        400
    );
    line.sync();
    line.must_count(5);
}

#[test]
fn row_19_a_borne_whose_token_is_revoked_keeps_its_events_and_says_why() {
    let line = Line::new(|_, _, _| None);
    line.record(5);
    line.sync();
    line.central.run(&["borne", "revoke", ID]).unwrap();
    line.record(7);
    line.sync();
    let delivery = &line.scene.borne.status()["sync"]["status"]["delivery"];
    assert_eq!(delivery["last_error"]["code"], "revoked");
    assert_eq!(outbox::waiting(&line.scene.borne.data), 7);
    line.must_count(5);
    // Enrolled again, it delivers what has waited.
    std::fs::remove_file(line.central.token_file()).unwrap();
    let token = line.central.token_file().display().to_string();
    let add = [
        "borne",
        "add",
        ID,
        "--site",
        "Lieu de test",
        "--token-file",
        &token,
    ];
    line.central.run(&add).unwrap();
    line.sync();
    line.must_count(12);
}

#[test]
fn row_19_a_new_numbering_is_not_taken_for_the_old_one() {
    let line = Line::new(|_, _, _| None);
    line.record(20);
    line.sync();
    for name in ["events.db", "events.db-wal", "events.db-shm"] {
        let _ = std::fs::remove_file(line.scene.borne.data.join(name));
    }
    line.record(20);
    line.sync();
    line.must_count(40);
    assert_eq!(
        line.central.number("SELECT count(*) FROM epoch").unwrap(),
        2
    );
}

#[test]
fn row_19_a_central_that_was_killed_goes_on_with_all_it_had_acknowledged() {
    let mut line = Line::new(|_, _, _| None);
    line.record(100);
    line.sync();
    line.central.kill().unwrap();
    line.record(MANY);
    line.scene.sync();
    line.central.start().unwrap();
    line.sync();
    line.must_count(i64::try_from(MANY).unwrap() + 100);
}
