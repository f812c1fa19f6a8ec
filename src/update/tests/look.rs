use std::fs;

use jiff::{SignedDuration, Timestamp};

use super::rig::{Fake, Later, look, look_at, look_with, note, ready, run, shows, tried};
use crate::settings::Hours;
use crate::status::firmware::{self, FirmwareState};
use crate::store::firmware::{Shelf, Step};
use crate::sync::tests::scene::{NOW, ONE, Scene};
use crate::update::{Decision, How, UpdateError, Why};

#[test]
fn what_was_brought_is_installed_and_the_machine_starts_again() {
    let scene = run(ready);
    let fake = Fake::default();
    let outcome = look(&scene, &fake).unwrap();
    assert_eq!(
        (outcome.decision, outcome.restart),
        (Decision::Install, Some(Ok(())))
    );
    assert_eq!(*fake.asked.borrow(), ["install 1.2.0.raucb", "restart"]);
    assert_eq!(
        (tried(&scene).step, tried(&scene).boot.as_str()),
        (Step::Installed, "one")
    );
    let note = note(&scene);
    assert_eq!(
        (note.state, note.offered.as_deref()),
        (FirmwareState::Installed, Some("1.2.0"))
    );
}

#[test]
fn a_visitor_who_comes_while_it_installs_is_not_sent_away() {
    let scene = run(ready);
    let fake = Fake {
        comes: Some(scene.data().to_owned()),
        ..Fake::default()
    };
    let outcome = look(&scene, &fake).unwrap();
    assert_eq!(outcome.restart, Some(Err(Why::Visitor)));
    assert_eq!(*fake.asked.borrow(), ["install 1.2.0.raucb"]);
    assert_eq!(note(&scene).reason, "visitor");
    // Gone for long enough: nothing is installed twice.
    shows(scene.data(), "veille", 601);
    assert_eq!(look(&scene, &fake).unwrap().decision, Decision::Restart);
    assert_eq!(*fake.asked.borrow(), ["install 1.2.0.raucb", "restart"]);
}

#[test]
fn a_machine_that_has_gone_back_does_not_try_the_same_again() {
    let scene = run(ready);
    let fake = Fake::default();
    look(&scene, &fake).unwrap();
    let outcome = look_at(
        &scene,
        &fake,
        How {
            now: true,
            dry: false,
        },
        &Later,
    )
    .unwrap();
    assert_eq!(outcome.decision, Decision::Refuse(Why::FellBack));
    assert_eq!(fake.asked.borrow().len(), 2);
    assert_eq!(
        (note(&scene).state, &*note(&scene).reason),
        (FirmwareState::Refused, "fell_back")
    );
}

#[test]
fn what_rauc_refuses_is_tried_three_times_and_no_more() {
    let scene = run(ready);
    let fake = Fake {
        refuses: true,
        ..Fake::default()
    };
    for attempt in 1..=3 {
        let error = look(&scene, &fake).unwrap_err();
        assert!(matches!(error, UpdateError::Rejected { .. }), "{error}");
        assert_eq!(
            (tried(&scene).attempts, tried(&scene).step),
            (attempt, Step::Failed)
        );
    }
    assert_eq!(
        look(&scene, &fake).unwrap().decision,
        Decision::Refuse(Why::Rejected)
    );
    assert_eq!(fake.asked.borrow().len(), 3);
    assert!(tried(&scene).detail.contains("signature"));
}

#[test]
fn a_bundle_that_has_rotted_is_not_installed_and_is_fetched_again() {
    let scene = run(ready);
    let bundle = scene.data().join("firmware/1.2.0.raucb");
    let mut content = fs::read(&bundle).unwrap();
    content[1_000] ^= 1;
    fs::write(&bundle, content).unwrap();
    let fake = Fake::default();
    let error = look(&scene, &fake).unwrap_err();
    assert!(matches!(error, UpdateError::Rotten { .. }), "{error}");
    assert!(!bundle.exists() && fake.asked.borrow().is_empty());
    let scene = run(async move || {
        scene.look().await.unwrap();
        scene
    });
    assert!(bundle.exists());
    assert_eq!(look(&scene, &fake).unwrap().decision, Decision::Install);
}

#[test]
fn another_document_than_the_network_signed_installs_nothing() {
    let scene = run(ready);
    let path = scene.data().join("firmware/firmware.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"1.2.0\"", "\"9.9.9\"")).unwrap();
    let fake = Fake::default();
    let error = look(&scene, &fake).unwrap_err();
    assert!(matches!(error, UpdateError::Trust(_)), "{error}");
    assert!(fake.asked.borrow().is_empty());
}

#[test]
fn a_role_that_its_keys_did_not_sign_installs_nothing() {
    let scene = run(ready);
    for name in ["targets.json", "targets.json.copy"] {
        let path = scene.data().join("trust").join(name);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replacen("\"sig\": \"", "\"sig\": \"00", 1)).unwrap();
    }
    let error = look(&scene, &Fake::default()).unwrap_err();
    assert!(matches!(error, UpdateError::Trust(_)), "{error}");
}

#[test]
fn a_dry_look_tells_and_touches_nothing() {
    let scene = run(ready);
    let fake = Fake::default();
    let dry = How {
        now: false,
        dry: true,
    };
    let outcome = look_with(&scene, &fake, dry).unwrap();
    assert_eq!(outcome.decision, Decision::Install);
    assert!(fake.asked.borrow().is_empty());
    assert_eq!(Shelf::new(scene.data()).tried(), None);
    assert_eq!(firmware::read(scene.data()), None);
}

#[test]
fn hours_hold_back_and_a_person_does_not_wait() {
    let mut scene = run(ready);
    scene.settings.firmware.as_mut().unwrap().hours = Hours::parse("00:00-00:01");
    shows(scene.data(), "accueil", 0);
    let fake = Fake::default();
    came(&scene, 0);
    assert_eq!(
        look(&scene, &fake).unwrap().decision,
        Decision::Wait(Why::Hours)
    );
    let outcome = look_with(
        &scene,
        &fake,
        How {
            now: true,
            dry: false,
        },
    )
    .unwrap();
    assert_eq!(
        (outcome.decision, outcome.restart),
        (Decision::Install, Some(Ok(())))
    );
}

#[test]
fn a_borne_that_never_meets_its_hours_goes_without_them_after_a_week() {
    let mut scene = run(ready);
    scene.settings.sync.window = Hours::parse("00:00-00:01");
    for (days, expected) in [(6, Decision::Wait(Why::Hours)), (7, Decision::Install)] {
        came(&scene, days);
        assert_eq!(look(&scene, &Fake::default()).unwrap().decision, expected);
    }
}

/// The bundle came so many days ago, by the clock of these tests.
fn came(scene: &Scene, days: i64) {
    let at = NOW.parse::<Timestamp>().unwrap() - SignedDuration::from_hours(24 * days);
    let bundle = scene.data().join("firmware/1.2.0.raucb");
    let file = fs::File::options().write(true).open(bundle).unwrap();
    file.set_modified(at.into()).unwrap();
}

#[test]
fn without_slots_or_a_version_nothing_is_looked_for() {
    let mut scene = run(ready);
    fs::write(scene.folder.path().join("version"), "?").unwrap();
    let error = look(&scene, &Fake::default()).unwrap_err();
    assert!(matches!(error, UpdateError::Version(_)), "{error}");
    scene.settings.firmware = None;
    let error = look(&scene, &Fake::default()).unwrap_err();
    assert!(matches!(error, UpdateError::NoSlots), "{error}");
}

#[test]
fn before_the_first_look_there_is_nothing_to_do() {
    let mut scene = Scene::new(&[ONE]);
    scene.runs("1.0.0");
    let outcome = look(&scene, &Fake::default()).unwrap();
    assert_eq!(
        (outcome.decision, outcome.offered),
        (Decision::Current, None)
    );
}
