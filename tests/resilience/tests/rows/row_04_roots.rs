//! Rows 4 and 8: roots that change, and trusted state that a disk has emptied.

use std::fs;

use resilience::scene::Scene;
use serde_json::Value;

use crate::{OTHER, VIDEO};

/// Version of a role as a borne holds it, in the file or in its copy.
fn held(scene: &Scene, role: &str) -> u64 {
    let names = [format!("{role}.json"), format!("{role}.json.copy")];
    let found = names.iter().find_map(|name| {
        let bytes = fs::read(scene.borne.data.join("trust").join(name)).ok()?;
        serde_json::from_slice::<Value>(&bytes).ok()
    });
    found.unwrap()["signed"]["version"].as_u64().unwrap()
}

#[test]
fn row_04_a_chain_of_roots_is_followed_to_its_end() {
    let scene = Scene::new(&[("un", VIDEO)]);
    scene.sync().must(0);
    scene
        .repository
        .rotate("root", &["root-1", "root-2", "root-4"]);
    scene
        .repository
        .rotate("root", &["root-5", "root-2", "root-4"]);
    scene
        .repository
        .rotate("root", &["root-5", "root-6", "root-4"]);
    scene.repository.alter("timestamp", |_| {});
    scene.sync().must(0);
    assert_eq!(held(&scene, "root"), 4);
    // One who holds only the first keys is not heard any more.
    scene
        .repository
        .alter_signed_by("root", &["root-1", "root-2", "root-3"], |_| {});
    scene.must_fail_with("refused");
    assert_eq!(held(&scene, "root"), 4);
}

#[test]
fn row_04_each_root_of_a_broken_chain_is_kept_as_far_as_it_goes() {
    let scene = Scene::new(&[("un", VIDEO)]);
    scene.sync().must(0);
    scene
        .repository
        .rotate("root", &["root-1", "root-2", "root-4"]);
    scene
        .repository
        .rotate("root", &["root-1", "root-5", "root-4"]);
    let good = fs::read(scene.repository.role_file("root")).unwrap();
    fs::write(scene.repository.role_file("root"), "{}").unwrap();
    scene.must_fail_with("refused");
    assert_eq!(held(&scene, "root"), 2);
    fs::write(scene.repository.role_file("root"), good).unwrap();
    scene.sync().must(0);
    assert_eq!(held(&scene, "root"), 3);
}

#[test]
fn row_04_a_version_run_ahead_is_come_back_from_once_its_key_is_replaced() {
    let scene = Scene::new(&[("un", VIDEO)]);
    scene
        .repository
        .alter("timestamp", |signed| signed["version"] = 9_999.into());
    scene.sync().must(0);
    let mut honest = scene.repository.served("timestamp")["signed"].take();
    honest["version"] = 2.into();
    scene.repository.sign("timestamp", &honest, &["timestamp"]);
    scene.must_fail_with("refused");
    scene.repository.rotate("timestamp", &["timestamp-new"]);
    scene
        .repository
        .sign("timestamp", &honest, &["timestamp-new"]);
    scene.sync().must(0);
    assert_eq!(held(&scene, "timestamp"), 2);
    scene.repository.offer(&[("un", VIDEO), ("deux", OTHER)]);
    scene.sync().must(0);
    scene.must_show(&["un", "deux"]);
}

/// A borne with a rotated root and the second catalogue.
fn settled() -> Scene {
    let scene = Scene::new(&[("un", VIDEO)]);
    scene.repository.rotate("timestamp", &["timestamp-new"]);
    scene.repository.alter("timestamp", |_| {});
    scene.repository.offer(&[("un", VIDEO), ("deux", OTHER)]);
    scene.sync().must(0);
    scene
}

/// Empties files of the trusted state.
fn empty(scene: &Scene, names: &[&str]) {
    for name in names {
        let path = scene.borne.data.join("trust").join(name);
        assert!(path.exists(), "{name}");
        fs::write(path, "").unwrap();
    }
}

#[test]
fn row_08_an_emptied_root_goes_on_from_its_copy_or_from_the_delivered_one() {
    for lost in [
        &["root.json"][..],
        &["root.json.copy"],
        &["root.json", "root.json.copy"],
    ] {
        let scene = settled();
        empty(&scene, lost);
        scene.sync().must(0);
        scene.must_show(&["un", "deux"]);
        assert_eq!(held(&scene, "root"), 2, "{lost:?}");
    }
}

#[test]
fn row_08_an_emptied_state_still_knows_which_versions_were_seen() {
    for role in ["timestamp", "snapshot", "targets", "essai"] {
        let scene = settled();
        let old = fs::read(scene.repository.role_file("timestamp")).unwrap();
        scene.repository.alter("targets", |_| {});
        scene.sync().must(0);
        empty(&scene, &[&format!("{role}.json")]);
        fs::write(scene.repository.role_file("timestamp"), old).unwrap();
        scene.must_fail_with("refused");
        scene.must_show(&["un", "deux"]);
    }
}

#[test]
fn row_08_a_state_emptied_as_a_whole_is_fetched_again() {
    let scene = settled();
    for entry in fs::read_dir(scene.borne.data.join("trust")).unwrap() {
        fs::write(entry.unwrap().path(), "").unwrap();
    }
    scene.sync().must(0);
    scene.must_show(&["un", "deux"]);
}

#[test]
fn row_08_a_delivered_root_of_zero_bytes_is_named_and_nothing_is_believed() {
    let scene = Scene::new(&[("un", VIDEO)]);
    let nothing = scene.folder().join("nothing");
    fs::write(&nothing, "").unwrap();
    scene.borne.trust(&nothing);
    scene.must_fail_with("no_root");
    assert_eq!(scene.stock().generation, 0);
}
