//! Rows 1 and 2: metadata that are not signed as they must be, or that go back.

use std::fs;

use resilience::repository::{PARTNER, Repository};
use resilience::scene::Scene;
use serde_json::{Value, json};

use crate::{OTHER, VIDEO};

/// The top-level roles; a bad one stops the whole look.
const TOP: [&str; 3] = ["targets", "snapshot", "timestamp"];

/// A borne that has the first catalogue, and a second that is published.
fn updated() -> Scene {
    let scene = Scene::new(&[("un", VIDEO)]);
    scene.sync().must(0);
    scene.repository.offer(&[("un", VIDEO), ("deux", OTHER)]);
    scene
}

/// The look is refused, and what was shown stays.
#[track_caller]
fn last_good_kept(scene: &Scene) {
    scene.must_fail_with("refused");
    scene.must_show(&["un"]);
    assert_eq!(scene.stock().generation, 1);
}

/// Replaces what is served of a role, and makes the roles above announce exactly these bytes: only
/// the signature itself can give it away.
fn forge(repository: &Repository, role: &str, change: impl FnOnce(&mut Value)) {
    let mut document = repository.served(role);
    change(&mut document);
    let version = document["signed"]["version"].as_u64().unwrap();
    repository.serve(role, &document);
    match role {
        "timestamp" | "root" => {}
        "snapshot" => repository.announce("timestamp", role, version),
        _ => repository.announce("snapshot", role, version),
    }
}

#[test]
fn row_01_an_unsigned_role_is_refused_and_the_last_good_catalogue_kept() {
    for role in TOP {
        let scene = updated();
        forge(&scene.repository, role, |document| {
            document["signatures"] = json!([]);
        });
        last_good_kept(&scene);
    }
}

#[test]
fn row_01_a_role_signed_by_a_stranger_is_refused() {
    for role in TOP {
        let scene = updated();
        scene
            .repository
            .alter_signed_by(role, &["a stranger"], |_| {});
        last_good_kept(&scene);
    }
}

#[test]
fn row_01_a_root_under_its_threshold_is_refused() {
    for signers in [&["root-1"][..], &["root-1", "a stranger"], &[]] {
        let scene = updated();
        scene.repository.alter_signed_by("root", signers, |_| {});
        last_good_kept(&scene);
    }
}

#[test]
fn row_01_one_key_that_signs_twice_counts_once() {
    let scene = updated();
    scene
        .repository
        .alter_signed_by("root", &["root-1"], |_| {});
    forge(&scene.repository, "root", |document| {
        let signature = document["signatures"][0].clone();
        document["signatures"]
            .as_array_mut()
            .unwrap()
            .push(signature);
    });
    last_good_kept(&scene);
}

#[test]
fn row_01_a_key_listed_twice_counts_once() {
    let scene = updated();
    scene
        .repository
        .alter_signed_by("root", &["root-1", "root-1"], |root| {
            let ids = &mut root["roles"]["root"]["keyids"];
            *ids = json!([ids[0], ids[0]]);
        });
    last_good_kept(&scene);
}

#[test]
fn row_01_a_partner_that_is_not_signed_keeps_its_last_good_catalogue() {
    let scene = updated();
    forge(&scene.repository, PARTNER, |document| {
        document["signatures"] = json!([]);
    });
    scene.sync().must(3);
    scene.must_show(&["un"]);
    let refused = &scene.borne.status()["sync"]["status"]["refused"];
    assert_eq!(refused[0]["partner"], PARTNER, "{refused}");
}

/// A borne that has the second catalogue; the files of the first are still there.
fn moved_on() -> Scene {
    let scene = Scene::new(&[("un", VIDEO)]);
    scene.sync().must(0);
    let before = scene.folder().join("timestamp.json");
    fs::copy(scene.repository.role_file("timestamp"), before).unwrap();
    scene.repository.offer(&[("un", VIDEO), ("deux", OTHER)]);
    scene.sync().must(0);
    scene
}

#[track_caller]
fn not_gone_back(scene: &Scene) {
    scene.must_fail_with("refused");
    scene.must_show(&["un", "deux"]);
}

#[test]
fn row_02_an_old_timestamp_played_again_is_refused() {
    let scene = moved_on();
    let old = scene.folder().join("timestamp.json");
    fs::copy(old, scene.repository.role_file("timestamp")).unwrap();
    not_gone_back(&scene);
}

#[test]
fn row_02_a_new_timestamp_for_an_old_snapshot_is_refused() {
    let scene = moved_on();
    scene.repository.announce("timestamp", "snapshot", 1);
    not_gone_back(&scene);
}

#[test]
fn row_02_a_new_snapshot_for_old_roles_is_refused() {
    let scene = moved_on();
    scene.repository.alter("targets", |_| {});
    scene.sync().must(0);
    scene.repository.announce("snapshot", "targets", 1);
    not_gone_back(&scene);
}

#[test]
fn row_02_a_new_snapshot_for_an_old_partner_is_refused() {
    let scene = moved_on();
    scene.repository.announce("snapshot", PARTNER, 1);
    not_gone_back(&scene);
}

#[test]
fn row_02_going_back_is_refused_also_without_a_clock() {
    let scene = moved_on();
    scene.borne.set("clock", "[clock]\nsynced = \"no\"\n");
    let old = scene.folder().join("timestamp.json");
    fs::copy(old, scene.repository.role_file("timestamp")).unwrap();
    not_gone_back(&scene);
}
