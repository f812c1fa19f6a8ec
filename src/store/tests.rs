use std::fs;

use jiff::Timestamp;
use media_manifest::catalogue::FileRef;
use media_manifest::catalogue::merged::Merged;
use tempfile::TempDir;

use super::{Cache, Media, Refusal, StoreError, generation};

fn promote(data: &std::path::Path) -> u64 {
    let promoted = generation::promote(data, Merged::default(), Vec::new(), Timestamp::UNIX_EPOCH);
    promoted.unwrap().number
}

fn file(sha256: &str, length: u64) -> FileRef {
    FileRef {
        sha256: sha256.to_owned(),
        length,
        urls: Vec::new(),
    }
}

#[test]
fn generations_count_up_and_only_two_are_kept() {
    let data = TempDir::new().unwrap();
    assert_eq!(generation::current_number(data.path()), None);
    assert_eq!(generation::load_current(data.path()).unwrap(), None);
    assert_eq!(
        (
            promote(data.path()),
            promote(data.path()),
            promote(data.path())
        ),
        (1, 2, 3)
    );
    assert_eq!(generation::current_number(data.path()), Some(3));
    assert_eq!(generation::load_previous(data.path()).unwrap().number, 2);
    assert!(!data.path().join("catalogue/generations/1").exists());
}

#[test]
fn going_back_switches_at_once_keeps_what_was_left_and_can_be_taken_back() {
    let data = TempDir::new().unwrap();
    promote(data.path());
    promote(data.path());
    let stands = || {
        (
            generation::current_number(data.path()),
            generation::previous_number(data.path()),
            Refusal::load(data.path()).map(|refusal| refusal.generation),
        )
    };
    generation::take(data.path(), 1, Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(stands(), (Some(1), Some(2), Some(2)));
    generation::take(data.path(), 1, Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(stands(), (Some(1), Some(2), Some(2)));
    generation::take(data.path(), 2, Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(stands(), (Some(2), Some(1), None));
    assert!(generation::take(data.path(), 7, Timestamp::UNIX_EPOCH).is_err());
    assert_eq!(stands(), (Some(2), Some(1), None));
}

#[test]
fn a_damaged_refusal_refuses_nothing() {
    let data = TempDir::new().unwrap();
    promote(data.path());
    fs::write(data.path().join("catalogue/refused.json"), b"").unwrap();
    assert_eq!(Refusal::load(data.path()), None);
}

#[test]
fn a_damaged_generation_gives_way_to_the_previous_one() {
    let data = TempDir::new().unwrap();
    promote(data.path());
    promote(data.path());
    fs::write(data.path().join("catalogue/current/catalogue.json"), b"").unwrap();
    let loaded = generation::load_current(data.path()).unwrap().unwrap();
    assert_eq!(loaded.number, 1);
    fs::write(data.path().join("catalogue/previous/catalogue.json"), b"{").unwrap();
    let error = generation::load_current(data.path()).unwrap_err();
    assert!(matches!(error, StoreError::Generation { .. }), "{error}");
}

#[test]
fn a_promotion_that_was_cut_off_is_not_seen_and_its_number_is_not_used_again() {
    let data = TempDir::new().unwrap();
    promote(data.path());
    fs::create_dir(data.path().join("catalogue/generations/2")).unwrap();
    assert_eq!(generation::current_number(data.path()), Some(1));
    assert_eq!(promote(data.path()), 3);
}

#[test]
fn a_name_that_is_no_hash_reaches_no_file() {
    let data = TempDir::new().unwrap();
    let media = Media::new(data.path());
    fs::write(data.path().join("secret"), b"x").unwrap();
    for name in [
        "../secret",
        "",
        "AB",
        &"g".repeat(64),
        &"../".repeat(22)[..64],
    ] {
        assert_eq!(media.path(&file(name, 1)), None);
        assert!(media.part(&file(name, 1), 0).is_err());
    }
}

#[test]
fn an_object_of_another_length_is_not_there() {
    let data = TempDir::new().unwrap();
    let name = "ab".repeat(32);
    let folder = data.path().join("store/ab");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(&name), b"").unwrap();
    let media = Media::new(data.path());
    assert_eq!(media.path(&file(&name, 5)), None);
    assert!(media.path(&file(&name, 0)).is_some());
}

#[test]
fn a_damaged_cache_is_made_anew() {
    let data = TempDir::new().unwrap();
    fs::write(data.path().join("cache.db"), [3; 9_000]).unwrap();
    let cache = Cache::open(data.path()).unwrap();
    assert_eq!(cache.whole_generation().unwrap(), None);
    cache.note_whole_generation(Some(4)).unwrap();
    assert_eq!(cache.whole_generation().unwrap(), Some(4));
}
