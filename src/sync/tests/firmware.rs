use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;

use super::scene::{ONE, Scene, TWO};
use crate::fixtures::repository::system;
use crate::fixtures::server::{Reply, Request};
use crate::settings::Hours;
use crate::status::firmware::{FirmwareState, Note};
use crate::status::sync;
use crate::store::firmware::{Shelf, Step, Tried};

/// A borne that runs 1.0.0 and is offered 1.2.0.
fn scene() -> Scene {
    scene_with(|_| None)
}

fn scene_with(change: impl FnMut(&Request) -> Option<Reply> + Send + 'static) -> Scene {
    let mut scene = Scene::with(&[ONE], change);
    scene.runs("1.0.0\n");
    scene.repository.offer_system("1.2.0");
    scene
}

fn note(scene: &Scene) -> Note {
    sync::read(scene.data()).unwrap().firmware.unwrap()
}

/// State, reason and what is offered, as the status says.
fn told(scene: &Scene) -> (FirmwareState, String, Option<String>) {
    let note = note(scene);
    (note.state, note.reason, note.offered)
}

fn as_told(state: FirmwareState, reason: &str) -> (FirmwareState, String, Option<String>) {
    (state, reason.to_owned(), Some("1.2.0".to_owned()))
}

/// What lies where a bundle is installed from.
fn bundles(scene: &Scene) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(scene.data().join("firmware"));
    let paths = entries.into_iter().flatten().map(|it| it.unwrap().path());
    let mut found: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|it| it == "raucb"))
        .collect();
    found.sort();
    found
}

fn asked_for_bundles(scene: &Scene) -> usize {
    let requests = scene.server.requests().into_iter();
    requests.filter(|it| it.path.ends_with(".raucb")).count()
}

#[tokio::test]
async fn a_newer_system_is_brought_once_and_after_the_catalogue() {
    let scene = scene();
    assert!(scene.look().await.unwrap().promoted);
    assert_eq!(told(&scene), as_told(FirmwareState::Ready, ""));
    let place = scene.data().join("firmware/1.2.0.raucb");
    assert_eq!(std::fs::read(place).unwrap(), system("1.2.0"));
    let requests = scene.server.requests();
    let video = requests.iter().rposition(|it| it.path.ends_with(".mp4"));
    let bundle = requests.iter().position(|it| it.path.ends_with(".raucb"));
    assert!(video < bundle, "{requests:?}");
    let asked = requests.len();
    scene.look().await.unwrap();
    // The next root and the timestamp, as with nothing new.
    assert_eq!(scene.server.requests().len(), asked + 2);
}

#[tokio::test]
async fn a_borne_without_slots_or_with_another_product_asks_for_no_system() {
    let mut scene = scene();
    let mut firmware = scene.settings.firmware.take();
    scene.look().await.unwrap();
    assert_eq!(sync::read(scene.data()).unwrap().firmware, None);
    firmware.as_mut().unwrap().product = "another".to_owned();
    scene.settings.firmware = firmware;
    scene.look().await.unwrap();
    assert_eq!(note(&scene).state, FirmwareState::Current);
    assert_eq!(asked_for_bundles(&scene), 0);
}

#[tokio::test]
async fn what_is_not_newer_is_not_brought_and_leaves_once_it_runs() {
    let mut scene = scene();
    scene.look().await.unwrap();
    assert_eq!(bundles(&scene).len(), 1);
    for running in ["1.2.0", "2.0.0"] {
        scene.runs(running);
        scene.look().await.unwrap();
        assert_eq!(told(&scene), as_told(FirmwareState::Current, ""));
        assert_eq!(bundles(&scene), Vec::<PathBuf>::new());
    }
    assert_eq!(asked_for_bundles(&scene), 1);
}

#[tokio::test]
async fn other_bytes_than_signed_never_come_into_place_and_hold_up_no_catalogue() {
    let mut flipped = system("1.2.0");
    flipped[200_000] ^= 1;
    let short = system("1.2.0")[..100_000].to_vec();
    for (served, reason) in [(flipped, "wrong_hash"), (short, "wrong_length")] {
        let scene = scene_with(move |request| {
            let bundle = request.path.ends_with(".raucb");
            bundle.then(|| Reply::new(200, served.clone()))
        });
        let outcome = scene.look().await.unwrap();
        assert!(outcome.promoted && outcome.missing.is_empty());
        assert_eq!(told(&scene), as_told(FirmwareState::Offered, reason));
        assert_eq!(bundles(&scene), Vec::<PathBuf>::new());
        // Not asked for again at once.
        scene.look().await.unwrap();
        assert_eq!(told(&scene), as_told(FirmwareState::Offered, "quarantined"));
    }
}

#[tokio::test]
async fn another_document_than_signed_brings_nothing_and_holds_up_no_catalogue() {
    let times = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&times);
    let scene = scene_with(move |request| {
        let document = request.path.ends_with("firmware.json");
        document.then(|| match seen.fetch_add(1, Ordering::SeqCst) {
            0 => Reply::new(404, ""),
            _ => Reply::new(200, r#"{"format":1,"releases":[]}"#),
        })
    });
    assert!(scene.look().await.unwrap().promoted);
    assert_eq!(
        (note(&scene).state, &*note(&scene).reason),
        (FirmwareState::Unknown, "incomplete")
    );
    scene.look().await.unwrap();
    assert_eq!(
        (note(&scene).state, &*note(&scene).reason),
        (FirmwareState::Unknown, "incomplete")
    );
    assert_eq!(asked_for_bundles(&scene), 0);
}

#[tokio::test]
async fn a_bundle_waits_for_its_hours_and_for_room() {
    let mut scene = scene();
    scene.settings.sync.window = Hours::parse("00:00-00:01");
    // An empty borne takes its catalogue at any hour, and no system.
    assert!(scene.look().await.unwrap().promoted);
    assert_eq!(told(&scene), as_told(FirmwareState::Offered, "closed"));
    scene.settings.sync.window = None;
    scene.settings.storage.reserve_mb = Some(1_000_000_000);
    scene.look().await.unwrap();
    assert_eq!(told(&scene), as_told(FirmwareState::Offered, "disk_full"));
    assert_eq!(asked_for_bundles(&scene), 0);
    scene.settings.storage.reserve_mb = Some(0);
    scene.look().await.unwrap();
    assert_eq!(told(&scene), as_told(FirmwareState::Ready, ""));
}

#[tokio::test]
async fn a_system_that_is_withdrawn_or_replaced_leaves() {
    let scene = scene();
    scene.look().await.unwrap();
    scene.repository.offer_system("1.3.0");
    scene.look().await.unwrap();
    assert_eq!(bundles(&scene), [scene.data().join("firmware/1.3.0.raucb")]);
    scene.repository.withdraw_system();
    scene.look().await.unwrap();
    assert_eq!(bundles(&scene), Vec::<PathBuf>::new());
    assert_eq!(Shelf::new(scene.data()).document(), None);
    assert_eq!(
        (note(&scene).state, note(&scene).offered),
        (FirmwareState::Current, None)
    );
}

#[tokio::test]
async fn a_stick_brings_a_system_too() {
    let scene = scene();
    scene.import().await.unwrap();
    assert_eq!(told(&scene), as_told(FirmwareState::Ready, ""));
    assert_eq!(bundles(&scene).len(), 1);
}

#[tokio::test]
async fn a_system_that_fell_back_is_not_brought_again_until_a_newer_one() {
    let scene = scene();
    scene.look().await.unwrap();
    let tried = Tried {
        version: "1.2.0".parse().unwrap(),
        step: Step::Installed,
        boot: "another".to_owned(),
        attempts: 1,
        at: Timestamp::UNIX_EPOCH,
        detail: String::new(),
    };
    Shelf::new(scene.data()).note_tried(&tried).unwrap();
    scene.look().await.unwrap();
    assert_eq!(told(&scene), as_told(FirmwareState::Refused, "fell_back"));
    assert_eq!(bundles(&scene), Vec::<PathBuf>::new());
    scene.repository.offer_system("1.2.1");
    scene.look().await.unwrap();
    assert_eq!(note(&scene).state, FirmwareState::Ready);
}

#[tokio::test]
async fn an_image_that_does_not_say_its_version_brings_nothing() {
    let mut scene = scene();
    scene.runs("unknown");
    scene.look().await.unwrap();
    assert_eq!(told(&scene), as_told(FirmwareState::Unknown, "no_version"));
    assert_eq!(asked_for_bundles(&scene), 0);
}

#[tokio::test]
async fn a_catalogue_that_changes_keeps_the_system_that_is_here() {
    let scene = scene();
    scene.look().await.unwrap();
    scene.repository.offer(&[ONE, TWO]);
    assert!(scene.look().await.unwrap().promoted);
    assert_eq!(told(&scene), as_told(FirmwareState::Ready, ""));
    assert_eq!(asked_for_bundles(&scene), 1);
}
