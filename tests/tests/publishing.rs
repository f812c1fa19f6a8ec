//! From a partner's sources to a borne, and what must stop on the way.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use end_to_end::film::Film;
use end_to_end::place::Place;
use end_to_end::process;

/// A place whose borne has synced the films named.
fn synced(films: &[&str]) -> Place {
    let place = Place::new().unwrap();
    for film in films {
        place.publisher.shoot(&Film::usual(film)).unwrap();
    }
    place.publisher.must_publish().unwrap();
    place.borne.must_sync().unwrap();
    place
}

fn keys(place: &Place) -> Vec<String> {
    let shelf = place.shelf().unwrap();
    shelf.videos.into_iter().map(|video| video.key).collect()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files.extend(files_below(&path)),
            false => files.push(path),
        }
    }
    files.sort();
    files
}

/// The newest file of the repository whose name ends so.
fn newest(place: &Place, ending: &str) -> PathBuf {
    files_below(place.publisher.repository())
        .into_iter()
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .max_by_key(|path| fs::metadata(path).unwrap().modified().unwrap())
        .unwrap()
}

/// Publishes a second film, spoils one file of the repository, syncs.
fn sync_after(place: &Place, spoil: impl FnOnce(&Place)) {
    place.publisher.shoot(&Film::usual("nouveau")).unwrap();
    place.publisher.must_publish().unwrap();
    spoil(place);
    let output = place.borne.sync_once().unwrap();
    let (out, err) = process::texts(&output);
    assert!(!output.status.success(), "accepté\n{out}{err}");
}

fn flip_a_byte(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_published_catalogue_reaches_the_borne_with_all_its_files() {
    let place = synced(&["un", "deux"]);
    let shelf = place.shelf().unwrap();
    assert_eq!(keys(&place), ["essai/deux", "essai/un"]);
    assert_eq!(shelf.missing, [""; 0]);
    for video in &shelf.videos {
        assert!(shelf.path(&video.media.file).is_file(), "{}", video.key);
        assert_eq!(shelf.cues(video).unwrap().len(), 2, "{}", video.key);
    }
}

#[test]
fn a_later_publication_arrives_with_one_more_sync() {
    let place = synced(&["un"]);
    let first = place.shelf().unwrap().number;
    place.publisher.shoot(&Film::usual("deux")).unwrap();
    place.publisher.must_publish().unwrap();
    place.borne.must_sync().unwrap();
    assert_eq!(keys(&place), ["essai/deux", "essai/un"]);
    assert!(place.shelf().unwrap().number > first);
}

#[test]
fn an_altered_timestamp_is_refused_and_the_last_good_catalogue_stays() {
    let place = synced(&["un"]);
    sync_after(&place, |place| {
        flip_a_byte(&newest(place, "timestamp.json"));
    });
    assert_eq!(keys(&place), ["essai/un"]);
}

#[test]
fn an_altered_catalogue_is_refused_and_the_last_good_one_stays() {
    let place = synced(&["un"]);
    sync_after(&place, |place| {
        flip_a_byte(&newest(place, ".catalogue.json"));
    });
    assert_eq!(keys(&place), ["essai/un"]);
}

#[test]
fn an_unsigned_repository_is_refused_and_the_last_good_catalogue_stays() {
    let place = synced(&["un"]);
    sync_after(&place, |place| {
        let path = newest(place, "timestamp.json");
        let text = fs::read(&path).unwrap();
        let mut json: serde_json::Value = serde_json::from_slice(&text).unwrap();
        json["signatures"] = serde_json::json!([]);
        fs::write(&path, serde_json::to_vec(&json).unwrap()).unwrap();
    });
    assert_eq!(keys(&place), ["essai/un"]);
}

#[test]
fn a_repository_signed_by_others_is_refused() {
    let place = synced(&["un"]);
    let others = synced(&["autre"]);
    for file in files_below(others.publisher.repository()) {
        let below = file.strip_prefix(others.publisher.repository()).unwrap();
        let to = place.publisher.repository().join(below);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(&file, to).unwrap();
    }
    let _ = place.borne.sync_once().unwrap();
    assert_eq!(keys(&place), ["essai/un"]);
}

#[test]
fn a_manifest_with_an_error_publishes_nothing_and_says_where_it_is() {
    let place = synced(&["un"]);
    let before = files_below(place.publisher.repository());
    place.publisher.shoot(&Film::usual("deux")).unwrap();
    let manifest = place.publisher.manifest().unwrap();
    let wrong = manifest.replacen(
        "kind = \"metier\"\ntitle = \"Film deux\"",
        "kind = \"film\"\ntitle = \"Film deux\"",
        1,
    );
    assert_ne!(manifest, wrong);
    place.publisher.write_manifest(&wrong).unwrap();
    let output = place.publisher.publish().unwrap();
    let (out, err) = process::texts(&output);
    assert!(!output.status.success());
    for named in ["manifest.toml", "deux", "kind"] {
        assert!(err.contains(named), "« {named} » absent de :\n{out}{err}");
    }
    assert_eq!(files_below(place.publisher.repository()), before);
    place.borne.must_sync().unwrap();
    assert_eq!(keys(&place), ["essai/un"]);
}

#[test]
fn a_missing_media_file_makes_that_video_alone_unavailable() {
    let place = Place::new().unwrap();
    for film in ["un", "deux"] {
        place.publisher.shoot(&Film::usual(film)).unwrap();
    }
    place.publisher.must_publish().unwrap();
    let gone = fs::read(place.publisher.source().join("deux.mp4")).unwrap();
    let hosted = files_below(&place.publisher.repository().join("media"));
    let same = hosted
        .iter()
        .find(|path| fs::read(path).unwrap() == gone)
        .unwrap();
    fs::remove_file(same).unwrap();
    let _ = place.borne.sync_once().unwrap();
    let shelf = place.shelf().unwrap();
    assert_eq!(shelf.missing, ["essai/deux"]);
    assert!(
        shelf
            .path(&shelf.video("essai/un").unwrap().media.file)
            .is_file()
    );
}

#[test]
fn a_wrong_setting_is_named_and_stops_with_exit_2() {
    let place = Place::new().unwrap();
    place
        .settings("son", "[sound]\nceiling_percent = 300\n")
        .unwrap();
    for command in ["play", "sync"] {
        let output = process::run(&mut place.borne.command(command)).unwrap();
        let (_, err) = process::texts(&output);
        assert_eq!(output.status.code(), Some(2), "{command}: {err}");
        assert!(err.contains("ceiling_percent"), "{command}: {err}");
    }
}

#[test]
fn an_unknown_setting_is_named_and_stops_with_exit_2() {
    let place = Place::new().unwrap();
    place.settings("son", "[sound]\nvolume = 3\n").unwrap();
    let output = place.borne.sync_once().unwrap();
    let (_, err) = process::texts(&output);
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("volume"), "{err}");
}
