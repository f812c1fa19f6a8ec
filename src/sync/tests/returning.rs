use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use media_manifest::catalogue::merged::Merged;

use super::scene::{ONE, Scene, TWO};
use crate::store::{Refusal, generation};
use crate::sync::SyncError;

const THREE: (&str, &[u8]) = ("trois", b"third video");

#[tokio::test]
async fn what_was_gone_back_from_stays_away_until_something_newer_is_published() {
    let scene = Scene::new(&[ONE]);
    scene.look().await.unwrap();
    scene.repository.offer(&[ONE, TWO]);
    scene.look().await.unwrap();
    generation::take(scene.data(), 1, Timestamp::UNIX_EPOCH).unwrap();
    for _ in 0..2 {
        let outcome = scene.look().await.unwrap();
        assert_eq!((outcome.generation, outcome.promoted), (1, false));
        assert_eq!(scene.shown(), ["essai/un"]);
    }
    scene.repository.offer(&[THREE]);
    assert!(scene.look().await.unwrap().promoted);
    assert_eq!(scene.shown(), ["essai/trois"]);
    assert_eq!(Refusal::load(scene.data()), None);
}

#[tokio::test]
async fn taking_again_what_was_refused_ends_the_refusal() {
    let scene = Scene::new(&[ONE]);
    scene.look().await.unwrap();
    scene.repository.offer(&[TWO]);
    scene.look().await.unwrap();
    generation::take(scene.data(), 1, Timestamp::UNIX_EPOCH).unwrap();
    scene.look().await.unwrap();
    generation::take(scene.data(), 2, Timestamp::UNIX_EPOCH).unwrap();
    let outcome = scene.look().await.unwrap();
    assert_eq!((outcome.generation, outcome.promoted), (2, false));
    assert_eq!(scene.shown(), ["essai/deux"]);
}

#[tokio::test]
async fn a_choice_made_during_a_look_is_not_undone_by_it() {
    let data: Arc<Mutex<Option<PathBuf>>> = Arc::default();
    let chosen = Arc::clone(&data);
    let scene = Scene::with(&[ONE], move |request| {
        if request.path.starts_with("/media")
            && let Some(data) = chosen.lock().unwrap().take()
        {
            generation::take(&data, 1, Timestamp::UNIX_EPOCH).unwrap();
        }
        None
    });
    scene.look().await.unwrap();
    scene.repository.offer(&[TWO]);
    scene.look().await.unwrap();
    scene.repository.offer(&[THREE]);
    *data.lock().unwrap() = Some(scene.data().to_owned());
    let error = scene.look().await.unwrap_err();
    assert!(matches!(error, SyncError::Switched), "{error}");
    assert_eq!(scene.current().number, 1);
}

#[tokio::test]
async fn a_video_that_came_late_leaves_the_way_back_to_the_catalogue_before() {
    let scene = Scene::new(&[ONE]);
    scene.look().await.unwrap();
    scene.repository.offer(&[TWO]);
    let (path, away) = (scene.published(TWO.1), scene.folder.path().join("away"));
    std::fs::rename(&path, &away).unwrap();
    scene.look().await.unwrap();
    std::fs::rename(&away, &path).unwrap();
    assert!(scene.look().await.unwrap().promoted);
    assert_eq!(generation::previous_number(scene.data()), Some(1));
    generation::take(scene.data(), 1, Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(scene.shown(), ["essai/un"]);
}

/// Partners with a version each; every one has a video named after its version.
fn merged(partners: &[(&str, u64)]) -> Merged {
    let partner = |(id, version): &(&str, u64)| serde_json::json!({"id": id, "name": id, "version": version, "issued": "2026-01-01"});
    let video = |(id, version): &(&str, u64)| {
        let file = serde_json::json!({"sha256": "", "length": 1, "urls": [""]});
        serde_json::json!({
            "key": format!("{id}/v{version}"), "id": format!("v{version}"), "revision": 1,
            "kind": "conseil", "title": id, "rubrique": "cv", "language": "fr",
            "duration_ms": 1, "added": "2026-01-01", "poster": file,
            "media": {"file": file, "mime": "video/mp4", "width": 1, "height": 1, "fps": 1,
                "sound": true},
        })
    };
    serde_json::from_value(serde_json::json!({
        "classification": {"format": 1, "univers": [], "rubriques": []},
        "partners": partners.iter().map(partner).collect::<Vec<_>>(),
        "videos": partners.iter().map(video).collect::<Vec<_>>(),
    }))
    .unwrap()
}

#[test]
fn a_refused_partner_stays_as_it_was_while_the_others_go_on() {
    let refusal = Refusal {
        partners: BTreeMap::from([("a".to_owned(), 2)]),
        classification: merged(&[]).classification,
        ..Refusal::default()
    };
    let current = merged(&[("a", 1), ("b", 1)]);
    for (offer, expected) in [
        (merged(&[("a", 2), ("b", 1)]), current.clone()),
        (merged(&[("a", 2), ("b", 2)]), merged(&[("a", 1), ("b", 2)])),
        (
            merged(&[("a", 2), ("b", 1), ("c", 1)]),
            merged(&[("a", 1), ("b", 1), ("c", 1)]),
        ),
        (merged(&[("b", 1)]), merged(&[("b", 1)])),
    ] {
        assert_eq!(refusal.apply(&offer, &current), expected);
    }
    assert!(refusal.concerns(&merged(&[("a", 2)])));
    assert!(!refusal.concerns(&merged(&[("a", 3)])));
}

#[test]
fn a_partner_that_only_the_refused_catalogue_had_is_left_out() {
    let refusal = Refusal {
        partners: BTreeMap::from([("new".to_owned(), 1)]),
        ..Refusal::default()
    };
    let current = merged(&[("a", 1)]);
    assert_eq!(
        refusal.apply(&merged(&[("a", 1), ("new", 1)]), &current),
        current
    );
}
