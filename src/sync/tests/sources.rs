use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::SignedDuration;

use super::scene::{NOW, ONE, Scene, TWO};
use crate::clock;
use crate::fixtures::Standing;
use crate::fixtures::server::{Reply, Server};
use crate::settings::Hours;
use crate::store::{Media, generation};

/// A scene whose own server can be switched off.
fn scene(videos: &[(&str, &[u8])]) -> (Scene, Arc<AtomicBool>) {
    let off = Arc::new(AtomicBool::new(false));
    let switch = Arc::clone(&off);
    let scene = Scene::with(videos, move |_| {
        let page = switch.load(Ordering::SeqCst);
        page.then(|| Reply::new(200, "<html>").with("Content-Type", "text/html"))
    });
    (scene, off)
}

#[tokio::test]
async fn a_mirror_serves_all_when_the_repository_does_not() {
    let (mut scene, off) = scene(&[ONE, TWO]);
    let mirror = Server::folder(scene.repository.root(), |_| None);
    scene.settings.sync.mirrors = vec![mirror.url.clone()];
    off.store(true, Ordering::SeqCst);
    let outcome = scene.look().await.unwrap();
    assert!(outcome.promoted && outcome.missing.is_empty());
    let told = outcome.mirror.unwrap();
    assert_eq!(
        (told.url, told.code.as_str()),
        (mirror.url.to_string(), "portal")
    );
    off.store(false, Ordering::SeqCst);
    let asked = mirror.requests().len();
    assert_eq!(scene.look().await.unwrap().mirror, None);
    assert_eq!(mirror.requests().len(), asked);
}

#[tokio::test]
async fn a_mirror_that_is_behind_hides_neither_the_repository_nor_another_mirror() {
    let (mut scene, off) = scene(&[ONE]);
    let old = scene.folder.path().join("old");
    scene.copy_repository(&old);
    let behind = Server::folder(old, |_| None);
    let fresh = Server::folder(scene.repository.root(), |_| None);
    scene.settings.sync.mirrors = vec![behind.url.clone()];
    scene.look().await.unwrap();
    scene.repository.offer(&[ONE, TWO]);
    assert!(scene.look().await.unwrap().promoted);
    assert_eq!(scene.shown(), ["essai/deux", "essai/un"]);
    off.store(true, Ordering::SeqCst);
    assert_eq!(scene.look().await.unwrap_err().code(), "portal");
    assert_eq!(scene.current().number, 2);
    // One that leads back, one that has nothing new, and one that is up to date.
    let same = scene.folder.path().join("same");
    scene.copy_repository(&same);
    let same = Server::folder(same, |_| None);
    scene.settings.sync.mirrors.push(same.url.clone());
    assert!(!scene.look().await.unwrap().promoted);
    scene.repository.offer(&[TWO]);
    scene.settings.sync.mirrors.push(fresh.url.clone());
    assert!(scene.look().await.unwrap().promoted);
    assert_eq!(scene.shown(), ["essai/deux"]);
}

#[tokio::test]
async fn an_incomplete_mirror_promotes_nothing_in_place_of_the_repository() {
    let (mut scene, off) = scene(&[ONE]);
    scene.look().await.unwrap();
    scene.repository.offer(&[ONE, TWO]);
    let mirror = Server::folder(scene.repository.root(), |request| {
        request
            .path
            .starts_with("/media")
            .then(|| Reply::new(404, ""))
    });
    scene.settings.sync.mirrors = vec![mirror.url.clone()];
    off.store(true, Ordering::SeqCst);
    assert_eq!(scene.look().await.unwrap_err().code(), "portal");
    assert_eq!(scene.shown(), ["essai/un"]);
}

#[tokio::test]
async fn near_mirrors_are_asked_first_for_media_and_never_for_metadata() {
    let (mut scene, _off) = scene(&[ONE]);
    let mirror = Server::folder(scene.repository.root(), |_| None);
    scene.settings.sync.mirrors = vec![mirror.url.clone()];
    scene.settings.sync.mirrors_first = true;
    scene.look().await.unwrap();
    let media = |server: &Server| {
        let requests = server.requests().into_iter();
        requests.filter(|it| it.path.starts_with("/media")).count()
    };
    assert_eq!(media(&scene.server), 0);
    assert_eq!(media(&mirror), mirror.requests().len());
    assert!(media(&mirror) > 0);
}

/// Hours of one hour that begin so many hours after the clock of these tests.
fn hours(after: i64) -> Hours {
    let now = NOW.parse::<jiff::Timestamp>().unwrap();
    let at = |hours| clock::on_the_wall(now + SignedDuration::from_hours(hours)).time();
    Hours {
        from: at(after),
        to: at(after + 1),
    }
}

#[tokio::test]
async fn media_wait_for_their_hours_and_the_catalogue_with_them() {
    let mut scene = Scene::new(&[ONE]);
    scene.settings.sync.window = Some(hours(2));
    // An empty borne does not wait.
    assert!(scene.look().await.unwrap().promoted);
    scene.repository.offer(&[ONE, TWO]);
    let asked = scene.server.requests().len();
    let outcome = scene.look().await.unwrap();
    assert!(outcome.postponed && !outcome.promoted);
    let media = || {
        let requests = scene.server.requests().split_off(asked).into_iter();
        requests.filter(|it| it.path.starts_with("/media")).count()
    };
    assert_eq!(media(), 0);
    let asked_again = scene.server.requests().len();
    assert!(scene.look().await.unwrap().postponed);
    assert!(scene.server.requests().len() <= asked_again + 2);
    assert_eq!(scene.shown(), ["essai/un"]);
    let within = Standing::synced("2026-11-21T12:30:00Z");
    let outcome = scene.look_at(&within).await.unwrap();
    assert!(outcome.promoted && !outcome.postponed);
    assert_eq!(scene.shown(), ["essai/deux", "essai/un"]);
}

#[tokio::test]
async fn a_catalogue_that_needs_no_media_waits_for_no_hours() {
    let mut scene = Scene::new(&[ONE, TWO]);
    scene.look().await.unwrap();
    scene.settings.sync.window = Some(hours(2));
    scene.repository.offer(&[ONE]);
    assert!(scene.look().await.unwrap().promoted);
    assert_eq!(scene.shown(), ["essai/un"]);
}

#[tokio::test]
async fn a_clock_that_may_be_wrong_keeps_no_hours() {
    let mut scene = Scene::new(&[ONE]);
    scene.look().await.unwrap();
    scene.settings.sync.window = Some(hours(2));
    scene.repository.offer(&[ONE, TWO]);
    let outcome = scene.look_at(&Standing::unsynced(NOW)).await.unwrap();
    assert!(outcome.promoted);
}

#[tokio::test]
async fn a_file_lost_outside_the_hours_waits_without_a_newer_catalogue() {
    let mut scene = Scene::new(&[ONE]);
    scene.look().await.unwrap();
    scene.settings.sync.window = Some(hours(2));
    let file = scene.current().merged.videos[0].video.media.file.clone();
    fs::remove_file(Media::new(scene.data()).path(&file).unwrap()).unwrap();
    let outcome = scene.look().await.unwrap();
    assert!(!outcome.postponed && !outcome.promoted);
    assert_eq!(generation::current_number(scene.data()), Some(1));
}
