use std::fs;

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::*;

fn release(version: &str, content: &[u8]) -> Release {
    Release {
        product: "video-borne-amd64".to_owned(),
        version: version.parse().unwrap(),
        bundle: FileRef {
            sha256: hex::encode(Sha256::digest(content)),
            length: content.len() as u64,
            urls: vec!["media/x.raucb".to_owned()],
        },
    }
}

/// Brings a bundle as a download does.
fn bring(shelf: &Shelf, release: &Release, content: &[u8]) -> PathBuf {
    let mut part = shelf.coming().unwrap().part(&release.bundle, 0).unwrap();
    part.write(content).unwrap();
    part.finish().unwrap();
    shelf.put(release).unwrap()
}

#[test]
fn a_bundle_that_is_whole_takes_the_place_of_all_others() {
    let folder = TempDir::new().unwrap();
    let shelf = Shelf::new(folder.path());
    let (old, new) = (release("1.1.0", b"old"), release("1.2.0-rc.1", b"newer"));
    bring(&shelf, &old, b"old");
    let path = bring(&shelf, &new, b"newer");
    assert_eq!(path, folder.path().join("firmware/1.2.0-rc.1.raucb"));
    assert_eq!((shelf.bundle(&old), shelf.bundle(&new)), (None, Some(path)));
    assert_eq!(shelf.giving().len(), 1);
}

#[test]
fn a_bundle_of_another_length_or_a_link_is_none() {
    let folder = TempDir::new().unwrap();
    let shelf = Shelf::new(folder.path());
    let release = release("1.2.0", b"content");
    let path = bring(&shelf, &release, b"content");
    fs::write(&path, b"conten").unwrap();
    assert_eq!(shelf.bundle(&release), None);
    fs::remove_file(&path).unwrap();
    fs::write(folder.path().join("elsewhere"), b"content").unwrap();
    std::os::unix::fs::symlink(folder.path().join("elsewhere"), &path).unwrap();
    assert_eq!(shelf.bundle(&release), None);
}

#[test]
fn a_bundle_that_has_rotted_is_noticed_and_leaves() {
    let folder = TempDir::new().unwrap();
    let shelf = Shelf::new(folder.path());
    let release = release("1.2.0", b"content");
    let path = bring(&shelf, &release, b"content");
    assert!(is_whole(&path, &release.bundle).unwrap());
    fs::write(&path, b"conteNt").unwrap();
    assert!(!is_whole(&path, &release.bundle).unwrap());
    shelf.reject(&path).unwrap();
    assert_eq!(shelf.bundle(&release), None);
}

#[test]
fn what_is_no_longer_offered_leaves_and_what_was_tried_stays() {
    let folder = TempDir::new().unwrap();
    let shelf = Shelf::new(folder.path());
    let release = release("1.2.0", b"content");
    bring(&shelf, &release, b"content");
    let half = self::release("1.3.0", b"half").bundle;
    let mut part = shelf.coming().unwrap().part(&half, 0).unwrap();
    part.write(b"ha").unwrap();
    shelf.keep_document(b"{}").unwrap();
    let tried = Tried {
        version: release.version,
        step: Step::Failed,
        boot: "one".to_owned(),
        attempts: 2,
        at: Timestamp::UNIX_EPOCH,
        detail: "no".to_owned(),
    };
    shelf.note_tried(&tried).unwrap();
    shelf.clear();
    assert_eq!(shelf.giving(), Vec::<PathBuf>::new());
    assert_eq!((shelf.document(), shelf.tried()), (None, Some(tried)));
}

#[test]
fn only_one_installs_at_a_time() {
    let folder = TempDir::new().unwrap();
    let shelf = Shelf::new(folder.path());
    let held = shelf.lock().unwrap();
    assert!(held.is_some() && shelf.lock().unwrap().is_none());
    drop(held);
    assert!(shelf.lock().unwrap().is_some());
}
