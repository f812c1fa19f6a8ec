//! An update of the system, from the publisher's command to the slot; RAUC and the service manager are
//! stood in for. `tests/firmware` tries the real ones in a machine.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Output;

use end_to_end::film::Film;
use end_to_end::place::Place;
use end_to_end::process;
use serde_json::Value;

const PRODUCT: &str = "video-borne-amd64";

/// An update as RAUC makes it, to whoever only reads its ends.
fn bundle(version: &str) -> Vec<u8> {
    let signature = format!("[update]\ncompatible={PRODUCT}\nversion={version}\n\n").into_bytes();
    let length = u64::try_from(signature.len()).unwrap().to_be_bytes();
    let content = vec![b's'; 2_000_000];
    [b"hsqs", content.as_slice(), &signature, &length].concat()
}

/// A place with one video, whose borne runs 1.0.0.
fn place() -> Place {
    let place = Place::new().unwrap();
    place.publisher.shoot(&Film::usual("un")).unwrap();
    place.publisher.must_publish().unwrap();
    runs(&place, "1.0.0");
    let version = place.folder().join("version");
    let text = format!(
        "[firmware]\nproduct = \"{PRODUCT}\"\nversion_file = \"{}\"\n",
        version.display()
    );
    place.settings("firmware", &text).unwrap();
    place
}

fn runs(place: &Place, version: &str) {
    fs::write(place.folder().join("version"), version).unwrap();
}

/// Publishes an update; its exit code and what it said.
fn offer(place: &Place, version: &str) -> (Option<i32>, String) {
    let path = place.folder().join("system.raucb");
    fs::write(&path, bundle(version)).unwrap();
    let arguments = [path.to_str().unwrap(), "--version", version];
    told(&place.publisher.firmware(&arguments).unwrap())
}

fn told(output: &Output) -> (Option<i32>, String) {
    let (out, err) = process::texts(output);
    (output.status.code(), out + &err)
}

/// Where a borne installs from.
fn shelf(place: &Place, version: &str) -> PathBuf {
    place.borne.data.join(format!("firmware/{version}.raucb"))
}

/// What `borne status --json` says of the system.
fn system(place: &Place) -> Value {
    let said = process::succeed(place.borne.command("status").arg("--json")).unwrap();
    serde_json::from_str::<Value>(&said).unwrap()["firmware"].take()
}

/// Runs `borne update` with stand-ins that note what they are asked.
fn update(place: &Place, arguments: &[&str]) -> (Option<i32>, String) {
    let programs = place.folder().join("programs");
    fs::create_dir_all(&programs).unwrap();
    for name in ["rauc", "systemctl"] {
        let script = format!(
            "#!/bin/sh\necho {name} \"$@\" >>{}\n",
            asked(place).display()
        );
        let path = programs.join(name);
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let mut command = place.borne.command("update");
    command.args(arguments).env("PATH", &programs);
    told(&process::run(&mut command).unwrap())
}

/// Where the stand-ins note what they are asked.
fn asked(place: &Place) -> PathBuf {
    place.folder().join("asked")
}

fn published(place: &Place) -> PathBuf {
    let media = place.publisher.repository().join("media");
    let folders = fs::read_dir(media).unwrap().map(|it| it.unwrap().path());
    let mut files = folders.flat_map(|folder| fs::read_dir(folder).unwrap());
    let is_bundle = |path: &Path| path.extension().is_some_and(|it| it == "raucb");
    let found = files.find(|it| is_bundle(&it.as_ref().unwrap().path()));
    found.unwrap().unwrap().path()
}

#[test]
fn an_update_travels_from_the_publisher_to_the_slot_and_is_done_once() {
    let place = place();
    place.borne.must_sync().unwrap();
    assert_eq!(system(&place)["state"], "current");
    let (code, said) = offer(&place, "1.1.0");
    assert_eq!(code, Some(0), "{said}");
    let (_, status) = told(&place.publisher.status().unwrap());
    assert!(
        status.contains("Système video-borne-amd64 : version 1.1.0, 3 Mo"),
        "{status}"
    );
    let (code, said) = told(&place.publisher.verify().unwrap());
    assert_eq!(code, Some(0), "{said}");
    place.borne.must_sync().unwrap();
    assert_eq!(fs::read(shelf(&place, "1.1.0")).unwrap(), bundle("1.1.0"));
    assert_eq!(system(&place)["state"], "ready");

    let (code, said) = update(&place, &["--now", "--dry-run"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("1.1.0 serait installé"), "{said}");
    assert!(!asked(&place).exists());

    let (code, said) = update(&place, &["--now"]);
    assert_eq!(code, Some(0), "{said}");
    let expected = format!(
        "rauc install {}\nsystemctl reboot --no-block\n",
        shelf(&place, "1.1.0").display()
    );
    assert_eq!(fs::read_to_string(asked(&place)).unwrap(), expected);
    let now = system(&place);
    assert_eq!(
        (&now["running"], &now["offered"]),
        (&"1.0.0".into(), &"1.1.0".into())
    );
    assert_eq!(now["state"], "installed");

    runs(&place, "1.1.0");
    place.borne.must_sync().unwrap();
    assert!(!shelf(&place, "1.1.0").exists());
    assert_eq!(system(&place)["state"], "current");
    let (code, said) = update(&place, &["--now"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(fs::read_to_string(asked(&place)).unwrap(), expected);
}

#[test]
fn a_bundle_that_the_host_has_cut_or_changed_never_comes_into_place() {
    let place = place();
    offer(&place, "1.1.0");
    let hosted = published(&place);
    let good = fs::read(&hosted).unwrap();
    let mut flipped = good.clone();
    flipped[1_000_000] ^= 1;
    for bad in [&good[..1_500_000], &flipped] {
        fs::write(&hosted, bad).unwrap();
        let (code, said) = told(&place.publisher.verify().unwrap());
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("système « video-borne-amd64 »"), "{said}");
        place.borne.must_sync().unwrap();
        assert!(!shelf(&place, "1.1.0").exists());
        assert_eq!(system(&place)["state"], "offered");
        let (code, said) = update(&place, &["--now"]);
        assert_eq!(code, Some(3), "{said}");
        assert!(!asked(&place).exists());
    }
}

#[test]
fn an_older_system_is_refused_by_the_publisher_and_by_the_borne() {
    let place = place();
    runs(&place, "1.2.0");
    let (code, said) = offer(&place, "1.1.0");
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = offer(&place, "1.0.5");
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("Que faire") && said.contains("Rien n'est publié"),
        "{said}"
    );
    place.borne.must_sync().unwrap();
    assert!(!shelf(&place, "1.1.0").exists());
    let (code, said) = update(&place, &["--now"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("à jour"), "{said}");
    assert!(!asked(&place).exists());
}

#[test]
fn a_borne_that_does_not_replace_its_system_says_so() {
    let place = place();
    fs::remove_file(place.borne.config.join("firmware.toml")).unwrap();
    offer(&place, "1.1.0");
    place.borne.must_sync().unwrap();
    assert!(!place.borne.data.join("firmware").exists());
    assert_eq!(system(&place), Value::Null);
    let (code, said) = update(&place, &["--dry-run"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("[firmware]"), "{said}");
}
