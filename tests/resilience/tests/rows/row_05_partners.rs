//! Rows 5 and 7: partners that fail, alone, and catalogues with nothing in them.

use std::collections::BTreeSet;
use std::fs;

use resilience::repository::{Repository, key};
use resilience::scene::Scene;
use serde_json::json;

use crate::{OTHER, VIDEO};

/// Two partners with a video each.
fn two() -> Scene {
    let repository = Repository::of(&[("forem", &[("un", VIDEO)]), ("siep", &[("deux", OTHER)])]);
    Scene::of(repository, |_, _| None)
}

/// Fails unless exactly these partners are refused and exactly these videos shown.
#[track_caller]
fn must_be(scene: &Scene, refused: &[&str], shown: &[&str]) {
    let status = scene.borne.status();
    let list = status["sync"]["status"]["refused"].as_array().unwrap();
    let names: Vec<&str> = list
        .iter()
        .map(|it| it["partner"].as_str().unwrap())
        .collect();
    assert_eq!(names, refused, "{list:?}");
    assert_eq!(scene.stock().whole, shown);
}

#[test]
fn row_05_no_name_of_a_role_leads_out_of_the_folder() {
    for name in ["../x", "../../../x", "/tmp/x", "?", "#", "a b", "%2e%2e"] {
        let scene = two();
        let key = key("odd");
        scene.repository.alter("targets", |signed| {
            signed["delegations"]["keys"][key.id()] = key.public();
            let role = json!({
                "name": name, "keyids": [key.id()], "threshold": 1,
                "paths": ["*"], "terminating": false,
            });
            signed["delegations"]["roles"]
                .as_array_mut()
                .unwrap()
                .push(role);
        });
        let ran = scene.sync();
        assert_eq!(ran.code, Some(3), "{name}: {}", ran.err);
        must_be(&scene, &[name], &["forem/un", "siep/deux"]);
        let entries = fs::read_dir(scene.folder()).unwrap();
        let names: BTreeSet<_> = entries.map(|it| it.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "{name}: {names:?}");
        let asked = scene.server.requests();
        assert!(asked.iter().all(|it| !it.path.contains("..")), "{name}");
    }
}

#[test]
fn row_05_a_partner_cannot_speak_for_another() {
    let scene = two();
    let catalogue =
        scene.repository.served("siep")["signed"]["targets"]["siep/catalogue.json"].clone();
    scene
        .repository
        .offer_as("siep", &[("deux", OTHER), ("trois", VIDEO)]);
    // Forem lists an old catalogue of Siep's: the path is not its own.
    scene.repository.alter("forem", |signed| {
        signed["targets"]["siep/catalogue.json"] = catalogue;
    });
    scene.sync().must(0);
    must_be(&scene, &[], &["forem/un", "siep/deux", "siep/trois"]);
}

#[test]
fn row_05_a_partner_cannot_take_the_name_of_another_in_its_catalogue() {
    let scene = two();
    scene.sync().must(0);
    scene
        .repository
        .change_catalogue("forem", |catalogue| catalogue["partner"] = "siep".into());
    scene.sync().must(3);
    must_be(&scene, &["forem"], &["forem/un", "siep/deux"]);
}

#[test]
fn row_05_a_partner_whose_role_has_expired_keeps_what_it_had_and_the_others_go_on() {
    let scene = two();
    scene.sync().must(0);
    scene
        .repository
        .offer_as("siep", &[("deux", OTHER), ("trois", VIDEO)]);
    scene.repository.offer_as("forem", &[("quatre", OTHER)]);
    scene.repository.alter("forem", |signed| {
        signed["expires"] = "2026-01-01T00:00:00Z".into();
    });
    scene.sync().must(3);
    must_be(&scene, &["forem"], &["forem/un", "siep/deux", "siep/trois"]);
}

#[test]
fn row_05_a_partner_that_is_bad_from_the_start_stops_nobody() {
    let scene = two();
    scene.repository.publish_catalogue("forem", b"{");
    scene.sync().must(3);
    must_be(&scene, &["forem"], &["siep/deux"]);
}

#[test]
fn row_07_an_empty_catalogue_that_is_rightly_signed_keeps_the_last_good_one() {
    let scene = two();
    scene.sync().must(0);
    scene
        .repository
        .change_catalogue("forem", |catalogue| catalogue["videos"] = json!([]));
    let ran = scene.sync();
    assert!(
        ran.must(3).out.contains("forem"),
        "staff is not told: {}",
        ran.out
    );
    must_be(&scene, &["forem"], &["forem/un", "siep/deux"]);
}

#[test]
fn row_07_when_every_catalogue_is_empty_all_stays() {
    let scene = two();
    scene.sync().must(0);
    for partner in ["forem", "siep"] {
        scene
            .repository
            .change_catalogue(partner, |catalogue| catalogue["videos"] = json!([]));
    }
    scene.sync().must(3);
    must_be(&scene, &["forem", "siep"], &["forem/un", "siep/deux"]);
}

#[test]
fn row_07_a_network_without_partners_keeps_the_last_good_catalogue() {
    let scene = two();
    scene.sync().must(0);
    scene.repository.alter("targets", |signed| {
        signed["delegations"]["roles"] = json!([]);
    });
    scene.must_fail_with("empty");
    assert_eq!(scene.stock().whole, ["forem/un", "siep/deux"]);
}
