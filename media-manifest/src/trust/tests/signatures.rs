use serde_json::{Value, json};
use tempfile::tempdir;

use super::repository::Repository;
use super::{ALL, refresh, stored};
use crate::trust::{Role, TrustError};

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
