//! Row 6: metadata and catalogues made to harm. The error is bounded and says where; what was shown
//! stays.

use resilience::reply::{Flow, Reply};
use resilience::repository::PARTNER;
use resilience::scene::Scene;
use serde_json::{Value, json};

use crate::{OTHER, VIDEO};

/// Longest detail of a refusal that a person still reads.
const READABLE: usize = 2_000;

/// A borne that has a good catalogue.
fn settled() -> Scene {
    let scene = Scene::new(&[("un", VIDEO)]);
    scene.sync().must(0);
    scene
}

/// The newly published catalogue is refused with words that name all of `names`.
#[track_caller]
fn refused(scene: &Scene, names: &[&str]) {
    scene.sync().must(3);
    scene.must_show(&["un"]);
    let status = scene.borne.status();
    let refused = &status["sync"]["status"]["refused"][0];
    assert_eq!(refused["partner"], PARTNER);
    let detail = refused["detail"].as_str().unwrap();
    assert!(detail.len() < READABLE, "{} bytes", detail.len());
    for name in names {
        assert!(detail.contains(name), "{name:?} is not named: {detail}");
    }
}

/// Catalogues rightly signed in which a field of the first video is something else.
#[track_caller]
fn field_refused(field: &str, values: &[Value], names: &[&str]) {
    let scene = settled();
    let good = scene.repository.catalogue(PARTNER);
    for value in values {
        let mut bad = good.clone();
        *bad["videos"][0].pointer_mut(field).unwrap() = value.clone();
        scene
            .repository
            .publish_catalogue(PARTNER, bad.to_string().as_bytes());
        refused(&scene, names);
    }
}

#[test]
fn row_06_endless_metadata_are_left_at_the_limit() {
    for role in [
        "2.root.json",
        "timestamp.json",
        "1.snapshot.json",
        "1.targets.json",
    ] {
        let scene = Scene::with(&[("un", VIDEO)], move |request, _| {
            let endless = || Reply::new(200, vec![b' '; 65_536]).flowing(Flow::Endless);
            request.path.ends_with(role).then(endless)
        });
        scene.sync().must(1);
        assert_eq!(scene.stock().generation, 0, "{role}");
    }
}

#[test]
fn row_06_an_endless_catalogue_is_left_at_the_length_signed() {
    let scene = settled();
    scene.repository.offer(&[("un", VIDEO), ("deux", OTHER)]);
    let served = scene.repository.root();
    let hostile = resilience::server::Server::folder(served, |request, _| {
        let endless = || Reply::new(200, vec![b' '; 65_536]).flowing(Flow::Endless);
        request.path.contains("catalogue.json").then(endless)
    });
    scene.borne.look_at(&hostile.url());
    refused(&scene, &["catalogue.json"]);
}

#[test]
fn row_06_json_ten_thousand_levels_deep_is_refused() {
    let scene = settled();
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    scene.repository.publish_catalogue(PARTNER, deep.as_bytes());
    refused(&scene, &[PARTNER, "catalogue.json"]);
    let scene = settled();
    let field = format!("{{\"videos\":{deep}}}");
    scene
        .repository
        .publish_catalogue(PARTNER, field.as_bytes());
    refused(&scene, &[PARTNER, "videos"]);
}

#[test]
fn row_06_what_is_no_json_is_refused() {
    let scene = settled();
    let texts: [&[u8]; 9] = [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\"text\"",
        b"<html></html>",
        b"{\"format\":NaN}",
        b"{} {}",
        b"{\"partner\":\"\xff\xfe\"}",
    ];
    for text in texts {
        scene.repository.publish_catalogue(PARTNER, text);
        refused(&scene, &[PARTNER]);
    }
}

#[test]
fn row_06_a_number_that_is_none_is_named() {
    let scene = settled();
    let text = scene.repository.catalogue(PARTNER).to_string();
    let text = text.replace("\"duration_ms\":30000", "\"duration_ms\":NaN");
    scene.repository.publish_catalogue(PARTNER, text.as_bytes());
    refused(&scene, &[PARTNER, "videos[0].duration_ms"]);
    let values = [json!(-1), json!(1e300), json!("30000")];
    field_refused("/duration_ms", &values, &["videos[0].duration_ms"]);
}

#[test]
fn row_06_a_field_said_twice_is_named() {
    let scene = settled();
    let text = scene.repository.catalogue(PARTNER).to_string();
    let text = text.replacen("\"title\":", "\"title\":\"autre\",\"title\":", 1);
    scene.repository.publish_catalogue(PARTNER, text.as_bytes());
    refused(&scene, &[PARTNER, "videos[0]", "title"]);
}

#[test]
fn row_06_a_title_of_a_megabyte_is_named() {
    let title = "x".repeat(1_000_000);
    field_refused("/title", &[title.into()], &[PARTNER, "title", "un"]);
}

#[test]
fn row_06_signs_that_turn_or_end_a_text_are_named() {
    let signs = ['\u{202e}', '\u{2066}', '\0', '\u{7}', '\u{200f}'];
    let titles = signs.map(|sign| format!("Boulanger{sign}gnignoc").into());
    field_refused("/title", &titles, &[PARTNER, "title", "un"]);
}

#[test]
fn row_06_an_identifier_that_is_a_path_is_named() {
    let ids = ["../../etc", "/etc/passwd", "a/b", "", ".", "a\0b", "UN"];
    field_refused("/id", &ids.map(Value::from), &[PARTNER, "id"]);
}

#[test]
fn row_06_the_same_identifier_twice_is_named() {
    let scene = settled();
    scene.repository.change_catalogue(PARTNER, |catalogue| {
        let first = catalogue["videos"][0].clone();
        catalogue["videos"].as_array_mut().unwrap().push(first);
    });
    refused(&scene, &[PARTNER, "un"]);
}

#[test]
fn row_06_a_file_outside_the_store_is_named() {
    let hashes = ["../../../etc/passwd", "", "zz", &"A".repeat(64)].map(Value::from);
    field_refused("/media/file/sha256", &hashes, &[PARTNER, "sha256"]);
}

#[test]
fn row_06_an_address_that_is_no_web_address_is_never_asked() {
    let scene = settled();
    scene.repository.offer(&[("un", VIDEO), ("deux", OTHER)]);
    scene.repository.change_catalogue(PARTNER, |catalogue| {
        for video in catalogue["videos"].as_array_mut().unwrap() {
            video["media"]["file"]["urls"] = json!(["file:///etc/passwd"]);
        }
    });
    scene.sync().must(3);
    scene.must_show(&["un"]);
}
