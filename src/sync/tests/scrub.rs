use std::fs;
use std::sync::Arc;
use std::sync::mpsc::channel;

use jiff::{Timestamp, ToSpan};
use tempfile::TempDir;

use super::scene::{NOW, ONE, Scene, TWO};
use crate::fixtures::Standing;
use crate::store::cache::Pass;
use crate::store::{Audit, Cache, Media};
use crate::sync::scrub::{Scrub, Step};
use crate::sync::{Command, Worker};

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn month_ago() -> Pass {
    let started = now() - (31 * 24).hours();
    Pass {
        finished: Some(started),
        ..Pass::begin(started)
    }
}

/// A store with three objects, named here in order, and its cache.
fn store(folder: &TempDir) -> (Media, Cache, Vec<String>) {
    use sha2::{Digest, Sha256};
    let mut names: Vec<String> = [b"a", b"b", b"c"]
        .iter()
        .map(|content| {
            let name = hex::encode(Sha256::digest(content));
            let shelf = folder.path().join("store").join(&name[..2]);
            fs::create_dir_all(&shelf).unwrap();
            fs::write(shelf.join(&name), content).unwrap();
            name
        })
        .collect();
    names.sort();
    (
        Media::new(folder.path()),
        Cache::open(folder.path()).unwrap(),
        names,
    )
}

fn rot(folder: &TempDir, name: &str) {
    fs::write(
        folder.path().join("store").join(&name[..2]).join(name),
        b"?",
    )
    .unwrap();
}

/// Steps until the pass ends; what was found rotten.
fn run(scrub: &mut Scrub, media: &Media, cache: &Cache) -> Vec<String> {
    let mut rotten = Vec::new();
    loop {
        match scrub.step(media, cache, now()).unwrap() {
            Step::Read(_) => {}
            Step::Rotten(name) => rotten.push(name),
            Step::Idle | Step::Finished => return rotten,
        }
    }
}

#[test]
fn a_new_borne_reads_its_store_a_month_later_and_then_once_a_month() {
    let folder = TempDir::new().unwrap();
    let (media, cache, names) = store(&folder);
    rot(&folder, &names[1]);
    let mut scrub = Scrub::default();
    assert_eq!(scrub.step(&media, &cache, now()).unwrap(), Step::Idle);
    assert_eq!(run(&mut scrub, &media, &cache), Vec::<String>::new());
    cache.note_pass(&month_ago()).unwrap();
    assert_eq!(run(&mut scrub, &media, &cache), [names[1].clone()]);
    assert_eq!(cache.pass().unwrap().unwrap().finished, Some(now()));
    assert_eq!(scrub.step(&media, &cache, now()).unwrap(), Step::Idle);
}

#[test]
fn a_clock_that_is_wrong_begins_no_pass() {
    let folder = TempDir::new().unwrap();
    let (media, cache, _) = store(&folder);
    cache.note_pass(&month_ago()).unwrap();
    let mut scrub = Scrub::default();
    let epoch = Timestamp::UNIX_EPOCH;
    assert_eq!(scrub.step(&media, &cache, epoch).unwrap(), Step::Idle);
    assert_ne!(scrub.step(&media, &cache, now()).unwrap(), Step::Idle);
}

#[test]
fn a_pass_goes_on_where_it_was_put_down() {
    let folder = TempDir::new().unwrap();
    let (media, cache, names) = store(&folder);
    cache.note_pass(&Pass::begin(now())).unwrap();
    let mut first = Scrub::default();
    while cache.pass().unwrap().unwrap().position != names[0] {
        first.step(&media, &cache, now()).unwrap();
        first.rest(&cache).unwrap();
    }
    rot(&folder, &names[0]);
    rot(&folder, &names[2]);
    let rotten = run(&mut Scrub::default(), &media, &cache);
    assert_eq!(rotten, [names[2].clone()]);
}

#[test]
fn an_object_that_goes_during_a_pass_is_no_fault() {
    let folder = TempDir::new().unwrap();
    let (media, cache, names) = store(&folder);
    cache.note_pass(&month_ago()).unwrap();
    let mut scrub = Scrub::default();
    scrub.step(&media, &cache, now()).unwrap();
    media.set_aside(&names[2]).unwrap();
    assert_eq!(run(&mut scrub, &media, &cache), Vec::<String>::new());
}

#[tokio::test]
async fn what_has_rotted_is_named_with_its_video_set_aside_and_fetched_again() {
    let scene = Scene::new(&[ONE, TWO]);
    scene.look().await.unwrap();
    let media = Media::new(scene.data());
    let file = scene.current().merged.videos[0].video.media.file.clone();
    let path = media.path(&file).unwrap();
    fs::write(&path, vec![0; usize::try_from(file.length).unwrap()]).unwrap();
    fs::write(scene.data().join("store/stray"), b"x").unwrap();
    let current = scene.current();
    let audit = Audit::run(&media, Some(&current)).unwrap();
    assert_eq!(audit.rotten.len(), 1);
    assert_eq!(audit.rotten[0].video.as_deref(), Some("essai/deux"));
    assert_eq!(audit.foreign, [std::path::PathBuf::from("stray")]);
    assert!(audit.missing.is_empty());
    media.set_aside(&file.sha256).unwrap();
    assert_eq!(media.path(&file), None);
    let audit = Audit::run(&media, Some(&current)).unwrap();
    assert_eq!((audit.missing.len(), audit.set_aside), (1, 1));
    scene.look().await.unwrap();
    assert_eq!(scene.shown(), ["essai/deux", "essai/un"]);
    let audit = Audit::run(&media, Some(&current)).unwrap();
    assert!(audit.is_whole() && audit.set_aside == 0, "{audit:?}");
}

#[tokio::test]
async fn an_object_cut_to_nothing_is_not_shown_and_is_fetched_again() {
    let scene = Scene::new(&[ONE]);
    scene.look().await.unwrap();
    let media = Media::new(scene.data());
    let file = scene.current().merged.videos[0].video.media.file.clone();
    fs::write(media.path(&file).unwrap(), b"").unwrap();
    assert_eq!(media.path(&file), None);
    scene.look().await.unwrap();
    assert_eq!(scene.shown(), ["essai/un"]);
}

#[test]
fn the_service_finds_rot_between_two_looks_and_fetches_the_file_again() {
    let (asked, requests) = channel();
    let scene = Scene::with(&[ONE], move |request| {
        let _ = asked.send(request.path.clone());
        None
    });
    let worker = || {
        Worker::start(
            scene.settings.clone(),
            Arc::new(Standing::synced(NOW)),
            || 0.0,
        )
    };
    let video = || requests.iter().find(|path| path.ends_with(".mp4"));
    let first = worker().unwrap();
    assert!(video().is_some());
    first.commands().send(Command::Stop).unwrap();
    first.join();
    let look = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    look.block_on(scene.look()).unwrap();
    let media = Media::new(scene.data());
    let file = scene.current().merged.videos[0].video.media.file.clone();
    fs::write(
        media.path(&file).unwrap(),
        vec![0; usize::try_from(file.length).unwrap()],
    )
    .unwrap();
    Cache::open(scene.data())
        .unwrap()
        .note_pass(&month_ago())
        .unwrap();
    // What was asked for so far says nothing of what is to come.
    while requests.try_recv().is_ok() {}
    let second = worker().unwrap();
    assert!(video().is_some());
    second.commands().send(Command::Stop).unwrap();
    second.join();
}
