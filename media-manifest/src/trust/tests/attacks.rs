use serde_json::{Value, json};
use tempfile::tempdir;

use super::repository::Repository;
use super::{client, now, refresh, stored};
use crate::trust::{Client, Datastore, Now, Role, TransportError, TrustError, policy};

const ALL: [&str; 4] = ["root", "targets", "snapshot", "timestamp"];

fn document(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

#[tokio::test]
async fn an_unsigned_role_is_refused_and_the_ones_before_it_stay() {
    for (role, path, after) in [
        ("root", "metadata/2.root.json", [1, 0, 0, 0]),
        ("timestamp", "metadata/timestamp.json", [2, 0, 0, 0]),
        ("snapshot", "metadata/2.snapshot.json", [2, 2, 0, 0]),
        ("targets", "metadata/2.targets.json", [2, 2, 2, 0]),
    ] {
        let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
        repository.publish(&ALL);
        let mut unsigned = document(&repository.served(path));
        unsigned["signatures"] = json!([]);
        repository.serve(path, unsigned.to_string());
        let error = refresh(&repository, folder.path()).await.unwrap_err();
        assert!(
            matches!(error, TrustError::Signature { .. }),
            "{role}: {error}"
        );
        let versions = ["root", "timestamp", "snapshot", "targets"];
        assert_eq!(
            versions.map(|role| stored(folder.path(), role)),
            after,
            "{role}"
        );
    }
}

#[tokio::test]
async fn an_altered_role_is_refused() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.publish(&["targets", "snapshot", "timestamp"]);
    let mut altered = document(&repository.served("metadata/2.targets.json"));
    altered["signed"]["targets"]["evil.json"] =
        json!({ "length": 1, "hashes": { "sha256": "00" } });
    repository.serve("metadata/2.targets.json", altered.to_string());
    let error = refresh(&repository, folder.path()).await.unwrap_err();
    assert!(matches!(
        error,
        TrustError::Signature {
            role: Role::Targets,
            ..
        }
    ));
}

#[tokio::test]
async fn a_role_signed_by_fewer_keys_than_its_threshold_is_refused() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.add_key("snapshot");
    repository.role("root")["roles"]["snapshot"]["threshold"] = 2.into();
    repository.keys.get_mut("snapshot").unwrap().pop();
    repository.publish(&ALL);
    let error = refresh(&repository, folder.path()).await.unwrap_err();
    assert!(matches!(
        error,
        TrustError::Signature {
            role: Role::Snapshot,
            ..
        }
    ));
}

#[tokio::test]
async fn one_key_signing_twice_is_refused() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.role("root")["roles"]["snapshot"]["threshold"] = 2.into();
    repository.publish(&ALL);
    let mut doubled = document(&repository.served("metadata/2.snapshot.json"));
    let signature = doubled["signatures"][0].clone();
    doubled["signatures"]
        .as_array_mut()
        .unwrap()
        .push(signature);
    repository.serve("metadata/2.snapshot.json", doubled.to_string());
    let error = refresh(&repository, folder.path()).await.unwrap_err();
    assert!(matches!(
        error,
        TrustError::Signature {
            role: Role::Snapshot,
            ..
        }
    ));
}

#[tokio::test]
async fn one_key_under_two_identifiers_counts_once() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    let mut twin = repository.keys["snapshot"][0].public();
    twin["note"] = "another identifier".into();
    let id = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(twin.to_string()));
    let root = repository.role("root");
    root["keys"][&id] = twin;
    let ids = root["roles"]["snapshot"]["keyids"].as_array_mut().unwrap();
    ids.push(id.clone().into());
    root["roles"]["snapshot"]["threshold"] = 2.into();
    repository.publish(&ALL);
    let mut doubled = document(&repository.served("metadata/2.snapshot.json"));
    let mut signature = doubled["signatures"][0].clone();
    signature["keyid"] = id.into();
    doubled["signatures"]
        .as_array_mut()
        .unwrap()
        .push(signature);
    repository.serve("metadata/2.snapshot.json", doubled.to_string());
    let error = refresh(&repository, folder.path()).await.unwrap_err();
    assert!(matches!(
        error,
        TrustError::Signature {
            role: Role::Snapshot,
            ..
        }
    ));
}

#[tokio::test]
async fn a_bad_signature_beside_enough_good_ones_is_passed_over() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.add_key("timestamp");
    repository.publish(&["root", "timestamp"]);
    let mut half = document(&repository.served("metadata/timestamp.json"));
    half["signatures"][0]["sig"] = "not hexadecimal".into();
    repository.serve("metadata/timestamp.json", half.to_string());
    refresh(&repository, folder.path()).await.unwrap();
}

#[tokio::test]
async fn a_key_that_is_not_named_by_its_hash_is_refused() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    let public = repository.new_key().public();
    repository.role("root")["keys"]["abcd"] = public;
    repository.publish(&["root"]);
    let error = refresh(&repository, folder.path()).await.unwrap_err();
    assert!(matches!(
        error,
        TrustError::Malformed {
            role: Role::Root,
            ..
        }
    ));
}

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
