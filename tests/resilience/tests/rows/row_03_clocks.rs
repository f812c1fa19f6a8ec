//! Row 3: dates that have passed, and clocks that lie. What a borne has stays, whatever its clock
//! says; once the clock is right it goes on by itself.

use jiff::SignedDuration;
use resilience::borne::Ran;
use resilience::clock::{self, Steered};
use resilience::process;
use resilience::repository::Repository;
use resilience::scene::Scene;

use crate::{OTHER, VIDEO};

/// Longer than a timestamp lasts.
const STALE: SignedDuration = SignedDuration::from_hours(40 * 24);

/// Looks with another clock.
fn sync_at(scene: &Scene, moment: &str) -> Ran {
    let wrapper = clock::at(moment);
    let wrapper: Vec<&str> = wrapper.iter().map(String::as_str).collect();
    scene.borne.run(&wrapper)
}

/// A borne with a catalogue, and a newer one published.
fn updated() -> Scene {
    let scene = Scene::new(&[("un", VIDEO)]);
    scene.sync().must(0);
    scene.repository.offer(&[("un", VIDEO), ("deux", OTHER)]);
    scene
}

#[test]
fn row_03_a_timestamp_past_its_date_is_refused_and_the_last_catalogue_stays() {
    let scene = Scene::new(&[("un", VIDEO)]);
    scene.sync().must(0);
    scene.repository.alter("timestamp", |signed| {
        signed["expires"] = (borne::clock::now() - SignedDuration::from_secs(1))
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string()
            .into();
    });
    scene.must_fail_with("expired");
    scene.must_show(&["un"]);
    // Signed again, all is well without anybody's help.
    scene.repository.alter("timestamp", |signed| {
        signed["expires"] = (borne::clock::now() + STALE)
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string()
            .into();
    });
    scene.sync().must(0);
}

#[test]
fn row_03_without_a_clock_dates_are_not_judged_and_that_is_said() {
    let repository = Repository::with(&[]);
    repository.offer_signed_before(&[("un", VIDEO)], STALE);
    let scene = Scene::of(repository, |_, _| None);
    scene.borne.set("clock", "[clock]\nsynced = \"no\"\n");
    let ran = scene.sync();
    assert!(ran.must(0).out.contains("horloge"), "{}", ran.out);
    scene.must_show(&["un"]);
    assert_eq!(
        scene.borne.status()["sync"]["status"]["expiry_checked"],
        false
    );
}

#[test]
fn row_03_a_clock_at_1970_is_not_believed_and_updates_go_on() {
    let scene = updated();
    sync_at(&scene, "1970-01-01T00:10:00Z").must(0);
    assert_eq!(
        scene.borne.status()["sync"]["status"]["expiry_checked"],
        false
    );
    scene.must_show(&["un", "deux"]);
    scene.sync().must(0);
    assert_eq!(
        scene.borne.status()["sync"]["status"]["expiry_checked"],
        true
    );
}

#[test]
fn row_03_a_clock_at_2099_is_not_believed_and_leaves_no_trace_once_it_is_right() {
    let scene = updated();
    sync_at(&scene, "2099-01-01T00:00:00Z").must(0);
    scene.must_show(&["un", "deux"]);
    scene.repository.offer(&[("deux", OTHER)]);
    scene.sync().must(0);
    scene.must_show(&["deux"]);
    assert_eq!(
        scene.borne.status()["sync"]["status"]["expiry_checked"],
        true
    );
}

#[test]
fn row_03_a_believable_clock_that_runs_ahead_refuses_until_it_is_right() {
    let scene = updated();
    let ahead = borne::clock::now() + STALE;
    sync_at(&scene, &ahead.to_string()).must(1);
    assert_eq!(scene.borne.network(), "expired");
    scene.must_show(&["un"]);
    scene.sync().must(1);
    assert_eq!(scene.borne.network(), "expired");
    // The latest hour it has believed holds as a floor; metadata signed after it are taken.
    scene.repository.alter("timestamp", |signed| {
        signed["expires"] = (ahead + STALE)
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string()
            .into();
    });
    scene.sync().must(0);
    scene.must_show(&["un", "deux"]);
}

#[test]
fn row_03_a_clock_that_steps_back_a_second_during_an_update_disturbs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let steered = Steered::new(&folder.path().join("offset"));
    let hand = steered.clone();
    let repository = Repository::with(&[("un", VIDEO)]);
    let scene = Scene::of(repository, move |request, _| {
        let offset = if request.path.contains("snapshot") {
            "-1"
        } else {
            "-2"
        };
        if !request.path.contains("root") {
            hand.offset(offset);
        }
        None
    });
    let mut look = scene.borne.command(&["sync", "--once"]);
    steered.rule(&mut look);
    Ran::of(&process::run(&mut look).unwrap()).must(0);
    scene.must_show(&["un"]);
    scene.sync().must(0);
}
