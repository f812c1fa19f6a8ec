use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::scene::{ONE, Scene, TWO};
use crate::fixtures::Standing;
use crate::fixtures::server::{Reply, Server};
use crate::http::Fault;
use crate::store::{Media, generation};
use crate::sync::SyncError;

#[tokio::test]
async fn a_first_look_promotes_a_whole_verified_generation_and_a_second_finds_nothing_new() {
    let scene = Scene::new(&[ONE, TWO]);
    let first = scene.look().await.unwrap();
    assert!(first.promoted && first.expiry_checked && first.missing.is_empty());
    assert_eq!(scene.shown(), ["essai/deux", "essai/un"]);
    let asked = scene.server.requests().len();
    let second = scene.look().await.unwrap();
    assert!(!second.promoted);
    assert_eq!(second.generation, first.generation);
    assert!(
        scene.server.requests().len() <= asked + 2,
        "{:?}",
        scene.server.requests()
    );
}

#[tokio::test]
async fn a_missing_file_makes_that_video_unavailable_and_no_other_until_it_is_there() {
    let scene = Scene::new(&[ONE, TWO]);
    let gone = fs::read(scene.published(TWO.1)).unwrap();
    let path = scene.published(TWO.1);
    fs::remove_file(&path).unwrap();
    let outcome = scene.look().await.unwrap();
    assert_eq!(outcome.missing.len(), 1);
    assert_eq!(outcome.missing[0].key, "essai/deux");
    assert_eq!(outcome.missing[0].reason, "not_found");
    assert_eq!(scene.shown(), ["essai/un"]);
    fs::write(&path, gone).unwrap();
    let outcome = scene.look().await.unwrap();
    assert!(outcome.promoted && outcome.missing.is_empty());
    assert_eq!(scene.shown(), ["essai/deux", "essai/un"]);
}

#[tokio::test]
async fn a_file_with_a_wrong_byte_is_quarantined_and_the_others_go_on() {
    let scene = Scene::new(&[ONE, TWO]);
    fs::write(scene.published(TWO.1), b"second_video").unwrap();
    let outcome = scene.look().await.unwrap();
    assert_eq!(outcome.missing[0].reason, "wrong_hash");
    assert_eq!(scene.shown(), ["essai/un"]);
    let outcome = scene.look().await.unwrap();
    assert_eq!(outcome.missing[0].reason, "quarantined");
    let outcome = scene
        .look_at(&Standing::synced("2026-11-21T11:30:00Z"))
        .await
        .unwrap();
    assert_eq!(outcome.missing[0].reason, "wrong_hash");
}

#[tokio::test]
async fn offline_the_last_good_generation_goes_on() {
    let mut scene = Scene::new(&[ONE]);
    scene.look().await.unwrap();
    let other = Server::start(|_| Reply::new(404, ""));
    std::mem::replace(&mut scene.server, other).stop();
    let error = scene.look().await.unwrap_err();
    assert!(
        matches!(error, SyncError::Fault(Fault::Offline(_))),
        "{error}"
    );
    assert_eq!(error.code(), "offline");
    assert_eq!(scene.shown(), ["essai/un"]);
}

#[tokio::test]
async fn a_server_that_goes_away_between_catalogue_and_media_promotes_nothing() {
    let portal = Arc::new(AtomicBool::new(false));
    let switch = Arc::clone(&portal);
    let scene = Scene::with(&[ONE], move |request| {
        let page = switch.load(Ordering::SeqCst) && request.path.starts_with("/media");
        page.then(|| Reply::new(200, "<html>").with("Content-Type", "text/html"))
    });
    scene.look().await.unwrap();
    scene.repository.offer(&[ONE, TWO]);
    portal.store(true, Ordering::SeqCst);
    let error = scene.look().await.unwrap_err();
    assert!(matches!(error, SyncError::Fault(Fault::Portal)), "{error}");
    assert_eq!(scene.current().number, 1);
    portal.store(false, Ordering::SeqCst);
    assert_eq!(scene.look().await.unwrap().generation, 2);
    assert_eq!(scene.shown(), ["essai/deux", "essai/un"]);
}

#[tokio::test]
async fn a_portal_in_place_of_the_metadata_is_named() {
    let scene = Scene::with(&[ONE], |_| {
        Some(Reply::new(200, "<html>").with("Content-Type", "text/html"))
    });
    let error = scene.look().await.unwrap_err();
    assert_eq!(error.code(), "portal");
    assert_eq!(generation::current_number(scene.data()), None);
}

#[tokio::test]
async fn an_altered_catalogue_is_refused_and_the_last_good_one_goes_on() {
    let scene = Scene::new(&[ONE]);
    scene.look().await.unwrap();
    scene.repository.offer(&[ONE, TWO]);
    for entry in fs::read_dir(scene.repository.root().join("targets/essai")).unwrap() {
        let path = entry.unwrap().path();
        let altered = fs::read_to_string(&path).unwrap().replace("deux", "dexu");
        fs::write(&path, altered).unwrap();
    }
    let outcome = scene.look().await.unwrap();
    assert_eq!(outcome.refused[0].partner, "essai");
    assert!(!outcome.promoted);
    assert_eq!(scene.shown(), ["essai/un"]);
}

#[tokio::test]
async fn a_catalogue_refused_once_is_looked_at_again_although_the_metadata_are_the_same() {
    let broken = Arc::new(AtomicBool::new(true));
    let switch = Arc::clone(&broken);
    let scene = Scene::with(&[ONE, TWO], move |request| {
        let refused = switch.load(Ordering::SeqCst) && request.path.starts_with("/targets/essai");
        refused.then(|| Reply::new(404, ""))
    });
    let outcome = scene.look().await.unwrap();
    assert_eq!(outcome.refused[0].partner, "essai");
    broken.store(false, Ordering::SeqCst);
    let outcome = scene.look().await.unwrap();
    assert!(outcome.refused.is_empty());
    assert_eq!(scene.shown(), ["essai/deux", "essai/un"]);
}

#[tokio::test]
async fn metadata_signed_by_somebody_else_are_refused() {
    let scene = Scene::new(&[ONE]);
    let timestamp = scene.repository.root().join("metadata/timestamp.json");
    let bytes = fs::read(&timestamp).unwrap();
    let mut altered: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    altered["signed"]["version"] = 7.into();
    fs::write(&timestamp, altered.to_string()).unwrap();
    let error = scene.look().await.unwrap_err();
    assert_eq!(error.code(), "refused");
    assert_eq!(generation::current_number(scene.data()), None);
}

#[tokio::test]
async fn expired_metadata_are_refused_only_when_the_clock_can_be_believed() {
    let scene = Scene::new(&[ONE]);
    let late = "2031-01-01T00:00:00Z";
    let error = scene.look_at(&Standing::synced(late)).await.unwrap_err();
    assert_eq!(error.code(), "expired");
    let other = Scene::new(&[ONE]);
    let outcome = other.look_at(&Standing::unsynced(late)).await.unwrap();
    assert!(outcome.promoted && !outcome.expiry_checked);
}

#[tokio::test]
async fn what_no_generation_needs_is_evicted_and_the_previous_one_keeps_its_media() {
    let scene = Scene::new(&[ONE]);
    let media = Media::new(scene.data());
    scene.look().await.unwrap();
    let first = scene.current().merged.videos[0].video.media.file.clone();
    scene.repository.offer(&[TWO]);
    scene.look().await.unwrap();
    assert!(media.path(&first).is_some());
    scene.repository.offer(&[("trois", b"third video")]);
    scene.look().await.unwrap();
    assert!(media.path(&first).is_none());
    assert_eq!(scene.shown(), ["essai/trois"]);
}

#[tokio::test]
async fn a_disk_below_its_reserve_stores_no_more() {
    let mut scene = Scene::new(&[ONE]);
    scene.settings.storage.reserve_mb = Some(1_000_000_000);
    let outcome = scene.look().await.unwrap();
    assert_eq!(outcome.missing[0].reason, "disk_full");
}

#[tokio::test]
async fn a_damaged_generation_is_replaced() {
    let scene = Scene::new(&[ONE]);
    scene.look().await.unwrap();
    fs::write(scene.data().join("catalogue/current/catalogue.json"), b"").unwrap();
    let outcome = scene.look().await.unwrap();
    assert!(outcome.promoted);
    assert_eq!(scene.shown(), ["essai/un"]);
}

#[tokio::test]
async fn nothing_is_left_of_a_look_but_the_data_folder() {
    let scene = Scene::new(&[ONE]);
    scene.look().await.unwrap();
    let mut names: Vec<_> = fs::read_dir(scene.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["borne.toml", "data", "root.json"]);
}
