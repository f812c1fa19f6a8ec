use std::collections::BTreeMap;

use crate::status::firmware::{Firmware, Note};
use crate::status::state::{ClockState, Refused, State};
use crate::status::summary::{Catalogue, Disk, Process, Queue};
use crate::status::sync::{Failure, Import, Scrub};
use crate::status::{PlayerStatus, SyncStatus};

use super::support::MAX_SUPPORT;
use super::*;

fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

/// A borne on which all is well.
fn sound() -> Summary {
    let mut sync = SyncStatus {
        last_success: Some(at("2026-11-22T08:05:00Z")),
        ..SyncStatus::default()
    };
    sync.delivery.last_success = Some(at("2026-11-22T08:06:00Z"));
    Summary {
        borne: "mons-1".to_owned(),
        site: "Mons".to_owned(),
        version: "0.1.0",
        at: at("2026-11-22T08:30:00Z"),
        clock_synced: true,
        network: "ok".to_owned(),
        play: Process {
            running: true,
            status: Some(PlayerStatus::new(
                1,
                at("2026-11-22T08:00:00Z"),
                "software".to_owned(),
            )),
        },
        sync: Process {
            running: true,
            status: Some(sync),
        },
        catalogue: Some(Catalogue {
            generation: 12,
            promoted_at: at("2026-11-21T08:00:00Z"),
            version: "demo=3".to_owned(),
            issued: Some("2026-11-20".parse().unwrap()),
            videos: 19,
        }),
        missing: BTreeMap::new(),
        disk: Some(Disk {
            free_mb: 12_345,
            total_mb: 64_000,
            reserve_mb: 3_200,
        }),
        queue: Some(Queue {
            waiting: 35,
            rejected: 0,
        }),
    }
}

fn failure(code: &str) -> Failure {
    Failure {
        code: code.to_owned(),
        ..Failure::default()
    }
}

fn state(summary: &Summary) -> State {
    State {
        summary: summary.clone(),
        last_contact: None,
        activity: None,
        mirror: None,
        postponed: false,
        clock: ClockState::Synced,
        previous_generation: Some(11),
        refused: None,
        firmware: None,
        import: None,
        scrub: None,
    }
}

/// The names of what is marked as a fault.
fn faults(summary: &Summary) -> Vec<FactName> {
    let facts = facts(&state(summary), &Screen::default(), true).into_iter();
    facts
        .filter(|fact| fact.fault)
        .map(|fact| fact.name)
        .collect()
}

fn value(summary: &Summary, name: FactName) -> String {
    let mut facts = facts(&state(summary), &Screen::default(), true).into_iter();
    facts.find(|fact| fact.name == name).unwrap().value.into()
}

#[test]
fn a_borne_on_which_all_is_well_says_so_with_its_figures() {
    let summary = sound();
    assert_eq!(faults(&summary), []);
    for (name, expected) in [
        (FactName::Borne, "mons-1 · 0.1.0"),
        (FactName::Catalogue, "n°\u{a0}12 · 20/11/2026"),
        (FactName::Back, "n°\u{a0}11"),
        (FactName::Import, "–"),
        (FactName::Repository, "22/11/2026 09:05"),
        (FactName::Central, "22/11/2026 09:06"),
        (FactName::Queue, "35"),
        (FactName::Disk, "12,3 / 64,0 Go"),
        (FactName::Clock, "22/11/2026 09:30"),
        (FactName::Screen, "476 × 268 mm · software"),
    ] {
        assert_eq!(value(&summary, name), expected);
    }
}

#[test]
fn each_fault_is_marked_where_it_is() {
    type Break = fn(&mut Summary);
    let cases: [(FactName, Break); 9] = [
        (FactName::Catalogue, |it| it.catalogue = None),
        (FactName::Missing, |it| {
            it.missing
                .insert("offline".to_owned(), vec!["demo/a".to_owned()]);
        }),
        (FactName::Repository, |it| it.network = "offline".to_owned()),
        (FactName::Central, |it| {
            it.sync.status.as_mut().unwrap().delivery.last_error = Some(failure("revoked"));
        }),
        (FactName::Rejected, |it| {
            it.queue.as_mut().unwrap().rejected = 2;
        }),
        (FactName::Disk, |it| {
            it.disk.as_mut().unwrap().free_mb = 3_300;
        }),
        (FactName::Disk, |it| it.disk = None),
        (FactName::Clock, |it| it.clock_synced = false),
        (FactName::Errors, |it| {
            it.play.status.as_mut().unwrap().errors = 1;
        }),
    ];
    for (name, break_it) in cases {
        let mut summary = sound();
        break_it(&mut summary);
        assert_eq!(faults(&summary), [name]);
    }
}

#[test]
fn the_system_that_is_to_come_stands_beside_the_version() {
    let told = |running: Option<&str>, offered: Option<&str>, of: FirmwareState| {
        let mut state = state(&sound());
        let note = Note {
            offered: offered.map(str::to_owned),
            state: of,
            ..Note::default()
        };
        let running = running.map(str::to_owned);
        state.firmware = Some(Firmware { running, note });
        let fact = facts(&state, &Screen::default(), true).remove(0);
        (fact.value.to_string(), fact.fault)
    };
    for (running, offered, of, expected, fault) in [
        (
            Some("1.0.0"),
            None,
            FirmwareState::Current,
            "(1.0.0)",
            false,
        ),
        (
            Some("1.1.0"),
            Some("1.1.0"),
            FirmwareState::Current,
            "(1.1.0)",
            false,
        ),
        (
            Some("1.0.0"),
            Some("1.1.0"),
            FirmwareState::Ready,
            "(1.0.0 → 1.1.0)",
            false,
        ),
        (
            Some("1.0.0"),
            Some("1.1.0"),
            FirmwareState::Refused,
            "(1.0.0 → 1.1.0)",
            true,
        ),
        (
            None,
            Some("1.1.0"),
            FirmwareState::Unknown,
            "(– → 1.1.0)",
            true,
        ),
    ] {
        let expected = format!("mons-1 · 0.1.0 {expected}");
        assert_eq!(told(running, offered, of), (expected, fault));
    }
}

#[test]
fn a_borne_without_central_has_no_fault_there() {
    let facts = facts(&state(&sound()), &Screen::default(), false);
    let central = facts.iter().find(|fact| fact.name == FactName::Central);
    assert!(central.is_some_and(|fact| !fact.fault && fact.value == "–"));
}

#[test]
fn the_code_for_support_holds_versions_and_codes_and_stays_readable() {
    let mut summary = sound();
    summary.network = "offline".to_owned();
    let text = support(&summary);
    assert!(text.starts_with("borne=mons-1 version=0.1.0 generation=12 network=offline"));
    let player = summary.play.status.as_mut().unwrap();
    player.last_error = Some("x".repeat(1_000));
    assert_eq!(support(&summary).chars().count(), MAX_SUPPORT);
}

/// Value, note, count and fault of one fact.
fn told(state: &State, name: FactName) -> (String, FactNote, i32, bool) {
    let mut facts = facts(state, &Screen::default(), true).into_iter();
    let fact = facts.find(|fact| fact.name == name).unwrap();
    (fact.value.into(), fact.note, fact.count, fact.fault)
}

#[test]
fn the_last_reading_says_when_and_what_was_rotten() {
    let mut state = state(&sound());
    let reading = |state: &State| told(state, FactName::Reading);
    assert_eq!(reading(&state), (String::new(), FactNote::Never, 0, false));
    let started = at("2026-11-02T02:00:00Z");
    let mut scrub = Scrub {
        started,
        finished: None,
        rotten: 0,
    };
    let day = "02/11/2026 03:00".to_owned();
    for (finished, rotten, value, note) in [
        (None, 0, day.clone(), FactNote::Running),
        (
            Some(at("2026-11-02T03:10:00Z")),
            0,
            "02/11/2026 04:10".to_owned(),
            FactNote::None,
        ),
        (None, 3, day, FactNote::Rotten),
    ] {
        (scrub.finished, scrub.rotten) = (finished, rotten);
        state.scrub = Some(scrub);
        let count = i32::try_from(rotten).unwrap();
        assert_eq!(reading(&state), (value, note, count, rotten > 0));
    }
}

#[test]
fn an_import_says_what_came_of_it() {
    let mut state = state(&sound());
    let day = "20/11/2026 10:00".to_owned();
    let why = wording::explain("refused").to_owned();
    for (promoted, error, value, note) in [
        (true, None, day.clone(), FactNote::Fresh),
        (false, None, day, FactNote::Same),
        (false, Some(failure("refused")), why, FactNote::Failed),
    ] {
        let fault = error.is_some();
        state.import = Some(Import {
            at: at("2026-11-20T09:00:00Z"),
            folder: "/media/cle".to_owned(),
            promoted,
            error,
        });
        assert_eq!(told(&state, FactName::Import), (value, note, 0, fault));
    }
}

#[test]
fn a_catalogue_that_was_gone_back_from_is_named() {
    let mut state = state(&sound());
    state.refused = Some(Refused {
        generation: 12,
        since: at("2026-11-20T09:00:00Z"),
    });
    let expected = ("n°\u{a0}12".to_owned(), FactNote::Refused, 0, true);
    assert_eq!(told(&state, FactName::Back), expected);
    (state.refused, state.previous_generation) = (None, None);
    let expected = ("–".to_owned(), FactNote::None, 0, false);
    assert_eq!(told(&state, FactName::Back), expected);
}
