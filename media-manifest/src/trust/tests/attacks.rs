use serde_json::json;
use tempfile::tempdir;

use super::repository::Repository;
use super::{ALL, client, now, refresh, stored};
use crate::catalogue::Classification;
use crate::trust::{
    Client, Datastore, Now, Role, TransportError, TrustError, policy, read_catalogue,
};

#[tokio::test]
async fn going_back_is_refused_for_every_role() {
    for (role, then) in [
        ("timestamp", &["timestamp"][..]),
        ("snapshot", &["snapshot", "timestamp"]),
        ("targets", &["targets", "snapshot", "timestamp"]),
    ] {
        let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
        repository.publish(&["targets", "snapshot", "timestamp"]);
        repository.publish(&["targets", "snapshot", "timestamp"]);
        refresh(&repository, folder.path()).await.unwrap();
        repository.role(role)["version"] = 1.into();
        repository.publish(then);
        let error = refresh(&repository, folder.path()).await.unwrap_err();
        assert!(
            matches!(
                error,
                TrustError::Rollback {
                    trusted: 3,
                    offered: 2,
                    ..
                }
            ),
            "{role}: {error}"
        );
        assert_eq!(stored(folder.path(), role), 3);
    }
}

#[tokio::test]
async fn a_role_that_leaves_the_snapshot_is_refused() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.delegate("targets", "forem", &["forem/*"], true);
    repository.publish(&["forem", "targets", "snapshot", "timestamp"]);
    refresh(&repository, folder.path()).await.unwrap();
    let meta = &mut repository.role("snapshot")["meta"];
    meta.as_object_mut().unwrap().remove("forem.json");
    repository.publish(&["snapshot", "timestamp"]);
    let error = refresh(&repository, folder.path()).await.unwrap_err();
    assert!(matches!(
        error,
        TrustError::Rollback {
            trusted: 1,
            offered: 0,
            ..
        }
    ));
}

#[tokio::test]
async fn an_expired_role_is_refused_unless_the_clock_is_not_to_be_trusted() {
    for role in ALL {
        let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
        repository.role(role)["expires"] = "2026-06-15T12:00:00Z".into();
        repository.publish(&ALL);
        let error = refresh(&repository, folder.path()).await.unwrap_err();
        assert!(
            matches!(error, TrustError::Expired { .. }),
            "{role}: {error}"
        );
        let store = Datastore::open(folder.path()).unwrap();
        let unsure = Now {
            check_expiry: false,
            ..now()
        };
        let mut client = Client::new(repository.transport(), store, unsure);
        client.refresh().await.unwrap();
    }
}

#[tokio::test]
async fn an_expired_root_is_stored_and_nothing_after_it() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.role("root")["expires"] = "2026-01-01T00:00:00Z".into();
    repository.publish(&ALL);
    refresh(&repository, folder.path()).await.unwrap_err();
    assert_eq!(stored(folder.path(), "root"), 2);
    assert_eq!(stored(folder.path(), "timestamp"), 0);
}

#[tokio::test]
async fn going_back_is_refused_also_when_dates_are_not_checked() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.publish(&["timestamp"]);
    refresh(&repository, folder.path()).await.unwrap();
    repository.role("timestamp")["version"] = 1.into();
    repository.publish_as_is("timestamp");
    let store = Datastore::open(folder.path()).unwrap();
    let unsure = Now {
        check_expiry: false,
        ..now()
    };
    let mut client = Client::new(repository.transport(), store, unsure);
    assert!(matches!(
        client.refresh().await,
        Err(TrustError::Rollback { .. })
    ));
}

#[tokio::test]
async fn endless_metadata_is_left_at_the_limit() {
    let (repository, folder) = (Repository::new(), tempdir().unwrap());
    let endless = vec![b' '; usize::try_from(policy::TIMESTAMP_BYTES).unwrap() + 1];
    repository.serve("metadata/timestamp.json", endless);
    let error = refresh(&repository, folder.path()).await.unwrap_err();
    assert!(matches!(
        error,
        TrustError::Transport {
            source: TransportError::TooLong {
                limit: policy::TIMESTAMP_BYTES
            },
            ..
        }
    ));
}

#[tokio::test]
async fn json_meant_to_harm_is_malformed() {
    let deep = format!("{}{}", "[".repeat(8_000), "]".repeat(8_000));
    let nested = format!(
        "{{\"signed\":{}1{},\"signatures\":[]}}",
        "[".repeat(40),
        "]".repeat(40)
    );
    for text in [
        deep.as_str(),
        nested.as_str(),
        r#"{"signed":{"version":NaN},"signatures":[]}"#,
        r#"{"signed":{"version":1,"version":2},"signatures":[]}"#,
        r#"{"signed":{},"signatures":[],"signatures":[]}"#,
        "",
        "<html>portal</html>",
    ] {
        let (repository, folder) = (Repository::new(), tempdir().unwrap());
        repository.serve("metadata/timestamp.json", text);
        let error = refresh(&repository, folder.path()).await.unwrap_err();
        assert!(
            matches!(
                error,
                TrustError::Malformed {
                    role: Role::Timestamp,
                    ..
                }
            ),
            "{error}"
        );
        assert!(error.to_string().len() < 1_000);
    }
}

#[tokio::test]
async fn a_role_of_another_type_is_refused() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.role("timestamp")["_type"] = "snapshot".into();
    repository.publish(&["timestamp"]);
    let error = refresh(&repository, folder.path()).await.unwrap_err();
    assert!(matches!(
        error,
        TrustError::Malformed {
            role: Role::Timestamp,
            ..
        }
    ));
}

#[tokio::test]
async fn metadata_other_than_announced_is_refused() {
    for (field, value) in [
        ("hashes", json!({ "sha256": "0".repeat(64) })),
        ("hashes", json!({ "md5": "0".repeat(32) })),
        ("length", json!(7)),
    ] {
        let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
        repository.publish(&["targets"]);
        repository.role("snapshot")["meta"]["targets.json"][field] = value;
        repository.publish(&["snapshot", "timestamp"]);
        let error = refresh(&repository, folder.path()).await.unwrap_err();
        assert!(
            matches!(
                error,
                TrustError::Mismatch { .. }
                    | TrustError::Transport {
                        source: TransportError::TooLong { limit: 7 },
                        ..
                    }
            ),
            "{error}"
        );
        assert_eq!(stored(folder.path(), "targets"), 0);
    }
}

#[tokio::test]
async fn a_target_other_than_signed_is_refused() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.target("targets", "a.json", b"genuine");
    repository.publish(&["targets", "snapshot", "timestamp"]);
    let mut client = client(&repository, folder.path());
    client.refresh().await.unwrap();
    assert_eq!(
        client.target("a.json").await.unwrap().into_inner(),
        b"genuine"
    );
    let hash = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(b"genuine"));
    repository.serve(&format!("targets/{hash}.a.json"), "altered");
    let error = client.target("a.json").await.unwrap_err();
    assert!(matches!(error, TrustError::Mismatch { .. }));
}

#[tokio::test]
async fn what_is_said_of_a_key_that_signs_twice_is_short() {
    let (repository, folder) = (Repository::new(), tempdir().unwrap());
    let signature = json!({ "keyid": "ab".repeat(3_000), "sig": "00" });
    let doubled = json!({ "signed": {}, "signatures": [signature, signature] });
    repository.serve("metadata/timestamp.json", doubled.to_string());
    let error = refresh(&repository, folder.path()).await.unwrap_err();
    assert!(matches!(error, TrustError::Signature { .. }), "{error}");
    assert!(error.to_string().len() < 1_000);
}

#[test]
fn what_is_said_of_an_unknown_field_is_nothing_that_a_terminal_obeys() {
    let bytes = br#"{ "\u001b[2J\u202e": 1 }"#;
    let error = read_catalogue("forem", bytes, &Classification::default()).unwrap_err();
    let said = error.to_string();
    assert!(said.contains("[2J"), "{said:?}");
    assert!(!said.contains(['\u{1b}', '\u{202e}']), "{said:?}");
}

#[tokio::test]
async fn a_hash_that_is_none_is_no_part_of_an_address() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.target("targets", "a.json", b"genuine");
    repository.role("targets")["targets"]["a.json"]["hashes"]["sha256"] = "../../elsewhere?".into();
    repository.publish(&["targets", "snapshot", "timestamp"]);
    let mut client = client(&repository, folder.path());
    client.refresh().await.unwrap();
    repository.requests();
    client.target("a.json").await.unwrap_err();
    assert_eq!(repository.requests(), ["targets/a.json"]);
}
