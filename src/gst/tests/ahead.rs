//! What is made ready ahead of its load.

use super::*;
use crate::clock::Monotonic;
use media::Folder;

const SIZE: (u32, u32) = (320, 180);

/// Waits until this process has a file open, or has it open no more.
fn until_open(path: &Path, open: bool) {
    let patience = Monotonic::start();
    while is_open(path) != open {
        assert!(patience.elapsed() < PATIENCE, "{path:?} open: {}", !open);
        std::thread::yield_now();
    }
}

fn is_open(path: &Path) -> bool {
    let files = std::fs::read_dir("/proc/self/fd").expect("Linux");
    files
        .flatten()
        .any(|file| std::fs::read_link(file.path()).is_ok_and(|target| target == path))
}

/// A bench that has a file open ahead.
fn ready(path: &Path) -> Bench {
    let mut bench = Bench::new();
    bench.player.prepare(&cue(path, 0), SIZE);
    until_open(path, true);
    bench
}

#[test]
fn a_video_made_ready_is_the_one_that_plays() {
    let folder = Folder::new();
    let path = folder.mp4(1);
    let mut bench = ready(&path);
    // Opened anew, it would be missing now.
    std::fs::remove_file(&path).expect("the file");
    bench.load(1, &path);
    bench.player.play();
    bench.until_first_frame(1);
    assert_eq!(bench.frame().session(), 1);
    bench.until_end(1);
}

#[test]
fn nothing_is_said_of_a_video_that_was_made_ready_in_vain() {
    let folder = Folder::new();
    let (other, path) = (folder.webm(1), folder.mp4(1));
    let mut bench = ready(&other);
    bench.load(1, &path);
    bench.player.play();
    until_open(&other, false);
    loop {
        let (session, event) = bench.event();
        assert_eq!(session, 1, "{event:?}");
        if event == BackendEvent::EndOfStream {
            break;
        }
    }
}

#[test]
fn what_is_not_likely_any_more_is_closed() {
    let folder = Folder::new();
    let path = folder.mp4(1);
    let mut bench = ready(&path);
    bench.player.forget();
    until_open(&path, false);
}

#[test]
fn a_bad_file_made_ready_fails_when_it_is_loaded() {
    let folder = Folder::new();
    let path = folder.path("text.mp4");
    std::fs::write(&path, "Ceci n'est pas une vidéo.").expect("a file");
    let mut bench = Bench::new();
    bench.player.prepare(&cue(&path, 0), SIZE);
    bench.load(1, &path);
    bench.player.play();
    assert_eq!(bench.fault(1), Fault::Corrupt);
}

#[test]
fn beside_a_video_that_sounds_nothing_else_takes_the_loudspeakers() {
    let folder = Folder::new();
    let (playing, next) = (folder.mp4(1), folder.webm(1));
    let mut bench = Bench::new();
    bench.load(1, &playing);
    bench.player.play();
    bench.until_first_frame(1);
    bench.player.prepare(&cue(&next, 0), SIZE);
    bench.until_end(1);
    assert!(!is_open(&next));
}
