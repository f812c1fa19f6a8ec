//! What `fuzz/` starts from and what it found once, given to the same functions: no nightly
//! compiler is needed.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use borne::catalogue::captions;
use borne::settings;
use central::ingest::judge;
use central::store::bornes::Identity;
use media_manifest::source::default_classification;
use media_manifest::trust::{read_catalogue, read_firmware};

/// Seeds of one target: enough for every branch, few enough to be read.
const FILES: usize = 30;

/// Size of a seed, bytes: what is mutated must be small.
const BYTES: usize = 50_000;

/// The seeds of a target, by name.
fn seeds(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/seeds")
        .join(target);
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(
        (1..=FILES).contains(&paths.len()),
        "{} seeds of {target}",
        paths.len()
    );
    let read = |path: PathBuf| {
        let bytes = fs::read(&path).unwrap();
        assert!(bytes.len() <= BYTES, "{}", path.display());
        (path, bytes)
    };
    paths.into_iter().map(read).collect()
}

/// Gives every seed to a target; a name tells which one was last.
fn replay(target: &str, holds: fn(&[u8])) {
    for (path, bytes) in seeds(target) {
        println!("{}", path.display());
        holds(&bytes);
    }
}

#[test]
fn what_holds_of_roles_holds_of_every_seed() {
    replay("tuf_role", hostile::tuf_role);
}

#[test]
fn what_holds_of_catalogues_holds_of_every_seed() {
    replay("catalogue", hostile::catalogue);
}

#[test]
fn what_holds_of_systems_holds_of_every_seed() {
    replay("firmware", hostile::firmware);
}

#[test]
fn what_holds_of_answers_holds_of_every_seed() {
    replay("http_range", hostile::http_range);
}

#[test]
fn what_holds_of_captions_holds_of_every_seed() {
    replay("webvtt", hostile::webvtt);
}

#[test]
fn what_holds_of_settings_holds_of_every_seed() {
    replay("settings", hostile::settings);
}

#[test]
fn what_holds_of_manifests_holds_of_every_seed() {
    replay("source_toml", hostile::source_toml);
}

#[test]
fn what_holds_of_deliveries_holds_of_every_seed() {
    replay("central_batch", hostile::central_batch);
}

/// Else everything would hold because nothing is ever accepted.
#[test]
fn seeds_that_are_right_are_accepted() {
    let read = |target, name| {
        let mut found = seeds(target).into_iter();
        found.find(|(path, _)| path.ends_with(name)).unwrap().1
    };
    let text = |target, name| String::from_utf8(read(target, name)).unwrap();
    let classification = default_classification().unwrap();
    let catalogue = read("catalogue", "exemple.json");
    let catalogue = read_catalogue("demonstration", &catalogue, &classification).unwrap();
    assert_eq!(catalogue.videos.len(), 2);
    let firmware = read_firmware(&read("firmware", "offre.json")).unwrap();
    assert_eq!(firmware.releases.len(), 2);
    let settings = settings::parse(Path::new("borne.toml"), &text("settings", "tout.toml"));
    assert_eq!(settings.unwrap().borne.id, "cefo-mons-1");
    let captions = captions::parse(&text("webvtt", "voix.vtt")).unwrap();
    assert_eq!((captions.cues.len(), captions.skipped), (2, 0));
    let borne = Identity {
        number: 1,
        id: "mons".to_owned(),
    };
    let judged = judge(&read("central_batch", "tout.json"), borne).unwrap();
    assert_eq!(judged.acknowledgement.accepted.len(), 7);
}
