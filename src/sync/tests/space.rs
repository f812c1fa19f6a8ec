//! On a disk of six megabytes, three of them in reserve: four videos fit.

use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::Timestamp;

use super::scene::Scene;
use crate::status::player::{self, PlayerState, PlayerStatus};

const VIDEO: usize = 700_000;

/// A small disk, until dropped.
struct Disk(PathBuf);

impl Disk {
    fn mount(at: &Path) -> Self {
        std::fs::create_dir_all(at).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=6m", "tmpfs"])
            .arg(at)
            .status();
        let mounted = mounted.is_ok_and(|status| status.success());
        assert!(mounted, "this test mounts a small tmpfs: run it as root");
        Self(at.to_owned())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

fn videos(ids: &str) -> Vec<(String, Vec<u8>)> {
    let content = |id: char| {
        let seed = u8::try_from(id).unwrap();
        vec![seed; VIDEO]
    };
    ids.chars()
        .map(|id| (id.to_string(), content(id)))
        .collect()
}

fn offered(videos: &[(String, Vec<u8>)]) -> Vec<(&str, &[u8])> {
    let borrowed = videos
        .iter()
        .map(|(id, content)| (id.as_str(), content.as_slice()));
    borrowed.collect()
}

/// A borne with a small disk, which offers these videos; they matter in the order of their names.
fn scene(ids: &str) -> (Scene, Disk) {
    let mut scene = Scene::new(&offered(&videos(ids)));
    scene.settings.storage.reserve_mb = Some(3);
    let disk = Disk::mount(scene.data());
    (scene, disk)
}

/// The videos that can be shown, and those that are left out for want of room.
async fn look(scene: &Scene) -> (String, String) {
    let outcome = scene.look().await.unwrap();
    let full = outcome.missing.iter().filter(|it| it.reason == "disk_full");
    let names = |keys: Vec<String>| keys.iter().map(|key| &key["essai/".len()..]).collect();
    let out = full.map(|missing| missing.key.clone()).collect();
    (names(scene.shown()), names(out))
}

fn both(shown: &str, out: &str) -> (String, String) {
    (shown.to_owned(), out.to_owned())
}

#[tokio::test]
async fn of_a_catalogue_larger_than_the_disk_the_most_important_is_kept() {
    let (scene, _disk) = scene("abcdef");
    assert_eq!(look(&scene).await, both("abcd", "ef"));
    let number = scene.current().number;
    assert_eq!(look(&scene).await, both("abcd", "ef"));
    assert_eq!(scene.current().number, number);
}

#[tokio::test]
async fn a_more_important_video_takes_the_place_of_the_least_important() {
    let (scene, _disk) = scene("bcde");
    assert_eq!(look(&scene).await, both("bcde", ""));
    scene.repository.offer(&offered(&videos("abcde")));
    assert_eq!(look(&scene).await, both("abcd", "e"));
    assert_eq!(look(&scene).await, both("abcd", "e"));
}

#[tokio::test]
async fn a_catalogue_that_is_new_as_a_whole_takes_the_place_of_the_old_one() {
    let (scene, _disk) = scene("abcd");
    look(&scene).await;
    scene.repository.offer(&offered(&videos("wxyz")));
    assert_eq!(look(&scene).await, both("wxyz", ""));
}

#[tokio::test]
async fn what_plays_stays_although_it_matters_least() {
    let (scene, _disk) = scene("bcde");
    look(&scene).await;
    let mut playing = PlayerStatus::new(1, Timestamp::UNIX_EPOCH, "software".to_owned());
    playing.video = Some("essai/e".to_owned());
    playing.state = PlayerState::Playing;
    player::write(scene.data(), &playing).unwrap();
    scene.repository.offer(&offered(&videos("abcde")));
    assert_eq!(look(&scene).await, both("abce", "d"));
    // Withdrawn while it plays: it is there to its end.
    scene.repository.offer(&offered(&videos("abcw")));
    assert_eq!(look(&scene).await, both("abc", "w"));
    assert!(holds(&scene, "e"));
    playing.video = None;
    player::write(scene.data(), &playing).unwrap();
    assert_eq!(look(&scene).await, both("abcw", ""));
    assert!(!holds(&scene, "e"));
}

fn holds(scene: &Scene, id: &str) -> bool {
    use sha2::{Digest, Sha256};
    let (_, content) = videos(id).remove(0);
    let sha256 = hex::encode(Sha256::digest(&content));
    crate::store::Media::new(scene.data()).has(&sha256)
}

#[tokio::test]
async fn the_way_back_loses_its_videos_before_the_new_catalogue_goes_without() {
    let (scene, _disk) = scene("abc");
    look(&scene).await;
    scene.repository.offer(&offered(&videos("cwxy")));
    assert_eq!(look(&scene).await, both("cwxy", ""));
}

#[tokio::test]
async fn the_next_system_gives_way_to_a_video_and_takes_no_video_away() {
    let (mut scene, _disk) = scene("abc");
    scene.runs("1.0.0");
    scene.repository.offer_system("1.2.0");
    look(&scene).await;
    let bundle = scene.data().join("firmware/1.2.0.raucb");
    assert!(bundle.exists());
    scene.repository.offer(&offered(&videos("abcd")));
    assert_eq!(look(&scene).await, both("abcd", ""));
    assert!(!bundle.exists());
    assert_eq!(look(&scene).await, both("abcd", ""));
    assert!(!bundle.exists());
}
