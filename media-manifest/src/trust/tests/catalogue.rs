use serde_json::{Value, json};
use tempfile::tempdir;

use super::client;
use super::repository::Repository;
use crate::catalogue::merged::Merged;
use crate::trust::{CatalogueError, TrustError, Update};

fn file() -> Value {
    json!({ "sha256": "a".repeat(64), "length": 10, "urls": ["media/aa/x.mp4"] })
}

fn video(id: &str) -> Value {
    json!({
        "id": id, "revision": 1, "kind": "metier", "title": "Un métier",
        "univers": ["construire"], "language": "fr", "duration_ms": 1000, "added": "2026-01-01",
        "media": { "file": file(), "mime": "video/mp4", "width": 640, "height": 360,
                   "fps": 25, "sound": true },
        "poster": file(),
    })
}

fn catalogue(partner: &str, videos: &[Value]) -> Value {
    json!({ "format": 1, "partner": partner, "partner_name": partner, "issued": "2026-01-01",
            "videos": videos })
}

/// A network of two partners with one video each.
fn network() -> Repository {
    let mut repository = Repository::new();
    let classification = json!({
        "format": 1,
        "univers": [{ "id": "construire", "name": "Construire", "icon": "crane",
                      "colour": "#8A4A06" }],
        "rubriques": [{ "id": "entretien", "name": "Entretien", "icon": "chats-circle",
                        "colour": "#584A90" }],
    });
    let bytes = classification.to_string();
    repository.target("targets", "classification.json", bytes.as_bytes());
    for partner in ["forem", "siep"] {
        repository.delegate("targets", partner, &[&format!("{partner}/*")], true);
        offer(
            &mut repository,
            partner,
            &catalogue(partner, &[video("un")]),
        );
        repository.publish(&[partner]);
    }
    repository.publish(&["targets", "snapshot", "timestamp"]);
    repository
}

fn offer(repository: &mut Repository, partner: &str, catalogue: &Value) {
    let name = format!("{partner}/catalogue.json");
    repository.target(partner, &name, catalogue.to_string().as_bytes());
}

fn publish(repository: &mut Repository, partner: &str) {
    repository.publish(&[partner, "snapshot", "timestamp"]);
}

async fn update(repository: &Repository, previous: Option<&Merged>) -> Update {
    let folder = tempdir().unwrap();
    let mut client = client(repository, folder.path());
    client.refresh().await.unwrap();
    client.catalogue(previous).await.unwrap().into_inner()
}

fn keys(merged: &Merged) -> Vec<&str> {
    merged
        .videos
        .iter()
        .map(|entry| entry.key.as_str())
        .collect()
}

#[tokio::test]
async fn partners_become_one_catalogue() {
    let update = update(&network(), None).await;
    assert!(update.failures.is_empty(), "{:?}", update.failures);
    assert_eq!(keys(&update.merged), ["forem/un", "siep/un"]);
    assert_eq!(update.merged.version(), "forem=1,siep=1");
}

/// What it is called, and how a partner is spoilt.
type Case = (&'static str, fn(&mut Repository));

/// Each way in which one partner fails: the others load, its own entries stay as before.
#[tokio::test]
async fn one_partner_that_fails_stops_nobody_and_keeps_its_entries() {
    let cases: [Case; 4] = [
        ("expired", |repository| {
            repository.role("forem")["expires"] = "2026-01-01T00:00:00Z".into();
        }),
        ("unsigned", |repository| {
            let key = repository.new_key();
            repository.keys.insert("forem".into(), vec![key]);
        }),
        ("empty", |repository| {
            offer(repository, "forem", &catalogue("forem", &[]));
        }),
        ("without its file", |repository| {
            repository.role("forem")["targets"] = json!({});
        }),
    ];
    for (case, spoil) in cases {
        let mut repository = network();
        let before = update(&repository, None).await.merged;
        spoil(&mut repository);
        publish(&mut repository, "forem");
        offer(
            &mut repository,
            "siep",
            &catalogue("siep", &[video("un"), video("deux")]),
        );
        publish(&mut repository, "siep");
        let after = update(&repository, Some(&before)).await;
        assert_eq!(
            keys(&after.merged),
            ["forem/un", "siep/deux", "siep/un"],
            "{case}"
        );
        assert_eq!(after.failures.len(), 1, "{case}");
        assert_eq!(after.failures[0].partner, "forem", "{case}");
        assert_eq!(after.merged.version(), "forem=1,siep=2", "{case}");
    }
}

#[tokio::test]
async fn an_empty_catalogue_is_reported_as_such() {
    let mut repository = network();
    offer(&mut repository, "forem", &catalogue("forem", &[]));
    publish(&mut repository, "forem");
    let update = update(&repository, None).await;
    assert!(matches!(
        &update.failures[0].error,
        TrustError::Catalogue(CatalogueError::Empty { partner }) if partner == "forem"
    ));
}

#[tokio::test]
async fn a_partner_that_fails_keeps_its_sessions_and_playlists() {
    let mut repository = network();
    let mut whole = catalogue("forem", &[video("un")]);
    whole["sessions"] = json!([{ "id": "cafe", "title": "CDM Café", "kind": "cafe",
        "starts": "2026-03-26T12:00:00", "place": "Mons", "address": "forem.example",
        "videos": ["un", "siep/un"] }]);
    whole["playlists"] = json!([{ "id": "ensemble", "title": "Ensemble",
        "items": [{ "video": "un", "question": "Et vous ?" }, { "video": "siep/un" }] }]);
    offer(&mut repository, "forem", &whole);
    publish(&mut repository, "forem");
    let before = update(&repository, None).await.merged;
    assert_eq!(before.sessions[0].session.videos, ["forem/un", "siep/un"]);
    assert_eq!(before.playlists[0].playlist.items[0].video, "forem/un");
    offer(&mut repository, "forem", &json!({ "format": 1 }));
    publish(&mut repository, "forem");
    let after = update(&repository, Some(&before)).await;
    assert_eq!(after.failures.len(), 1);
    assert_eq!(after.merged, before);
}

#[tokio::test]
async fn a_partner_that_is_no_longer_delegated_to_goes() {
    let mut repository = network();
    let before = update(&repository, None).await.merged;
    let roles = repository.role("targets")["delegations"]["roles"].as_array_mut();
    roles.unwrap().retain(|role| role["name"] != "siep");
    repository.publish(&["targets", "snapshot", "timestamp"]);
    let after = update(&repository, Some(&before)).await;
    assert_eq!(keys(&after.merged), ["forem/un"]);
}

#[tokio::test]
async fn content_against_the_rules_is_named_with_partner_entry_and_field() {
    let twice = || vec![video("un"), video("un")];
    let with = |field: &str, value: Value| {
        let mut video = video("un");
        video[field] = value;
        vec![video]
    };
    for (videos, field) in [
        (twice(), "id"),
        (with("id", "../../etc".into()), "id"),
        (with("title", "Bou\u{202e}langer".into()), "title"),
        (with("title", "nul\u{0}".into()), "title"),
        (with("title", "x".repeat(1_000_000).into()), "title"),
        (with("univers", json!(["inconnu"])), "univers"),
    ] {
        let mut repository = network();
        offer(&mut repository, "forem", &catalogue("forem", &videos));
        publish(&mut repository, "forem");
        let update = update(&repository, None).await;
        let TrustError::Catalogue(CatalogueError::Refused { partner, problems }) =
            &update.failures[0].error
        else {
            panic!("{:?}", update.failures);
        };
        assert_eq!(
            (partner.as_str(), problems[0].field.as_str()),
            ("forem", field)
        );
        assert!(problems[0].entry.as_ref().unwrap().starts_with("vidéo « "));
        assert!(update.failures[0].error.to_string().len() < 1_000);
    }
}

#[tokio::test]
async fn json_that_is_no_catalogue_is_named_with_partner_file_and_field() {
    let mut wrong_type = catalogue("forem", &[video("un")]);
    wrong_type["videos"][0]["title"] = 3.into();
    let mut unknown = catalogue("forem", &[video("un")]);
    unknown["videos"][0]["colour"] = "red".into();
    for (text, field) in [
        (wrong_type.to_string(), "videos[0].title"),
        (unknown.to_string(), "videos[0].colour"),
        (
            format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)),
            "[0]",
        ),
        (r#"{"format":1,"format":1}"#.to_owned(), "."),
        (r#"{"format":NaN}"#.to_owned(), "format"),
    ] {
        let mut repository = network();
        repository.target("forem", "forem/catalogue.json", text.as_bytes());
        publish(&mut repository, "forem");
        let update = update(&repository, None).await;
        let TrustError::Catalogue(CatalogueError::Malformed {
            partner,
            file,
            field: found,
            ..
        }) = &update.failures[0].error
        else {
            panic!("{:?}", update.failures);
        };
        assert_eq!(partner, "forem");
        assert_eq!(file, "forem/catalogue.json");
        assert_eq!(found, field);
        assert!(update.failures[0].error.to_string().len() < 1_000);
    }
}

#[tokio::test]
async fn a_partner_publishing_in_the_name_of_another_is_refused() {
    let mut repository = network();
    offer(&mut repository, "forem", &catalogue("siep", &[video("un")]));
    publish(&mut repository, "forem");
    let update = update(&repository, None).await;
    assert_eq!(keys(&update.merged), ["siep/un"]);
    assert!(matches!(
        update.failures[0].error,
        TrustError::Catalogue(CatalogueError::Refused { .. })
    ));
}

#[tokio::test]
async fn a_bad_classification_keeps_the_previous_one() {
    let mut repository = network();
    let before = update(&repository, None).await.merged;
    repository.target("targets", "classification.json", b"{}");
    repository.publish(&["targets", "snapshot", "timestamp"]);
    let after = update(&repository, Some(&before)).await;
    assert_eq!(after.merged, before);
    assert_eq!(after.failures[0].partner, "classification.json");
}

#[tokio::test]
async fn without_a_classification_there_is_no_catalogue() {
    let mut repository = network();
    repository.target("targets", "classification.json", b"{}");
    repository.publish(&["targets", "snapshot", "timestamp"]);
    let folder = tempdir().unwrap();
    let mut client = client(&repository, folder.path());
    client.refresh().await.unwrap();
    assert!(matches!(
        client.catalogue(None).await,
        Err(TrustError::Catalogue(_))
    ));
}
