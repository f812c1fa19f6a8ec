use std::fs;

use tempfile::tempdir;

use super::repository::Repository;
use super::{client, read_catalogues, refresh, stored};
use crate::trust::{Client, Datastore, Role, TrustError, policy};

#[tokio::test]
async fn a_first_refresh_asks_in_the_order_of_the_specification_and_keeps_bytes_as_served() {
    let (repository, folder) = (Repository::new(), tempdir().unwrap());
    assert!(refresh(&repository, folder.path()).await.unwrap());
    assert_eq!(
        repository.requests(),
        [
            "metadata/2.root.json",
            "metadata/timestamp.json",
            "metadata/1.snapshot.json",
            "metadata/1.targets.json"
        ]
    );
    for (name, path) in [
        ("root.json", "metadata/1.root.json"),
        ("timestamp.json", "metadata/timestamp.json"),
        ("snapshot.json", "metadata/1.snapshot.json"),
        ("targets.json", "metadata/1.targets.json"),
    ] {
        assert_eq!(
            fs::read(folder.path().join(name)).unwrap(),
            repository.served(path)
        );
    }
}

#[tokio::test]
async fn with_nothing_new_only_the_next_root_and_the_timestamp_are_asked_for() {
    let (repository, folder) = (Repository::new(), tempdir().unwrap());
    refresh(&repository, folder.path()).await.unwrap();
    read_catalogues(folder.path());
    repository.requests();
    assert!(!refresh(&repository, folder.path()).await.unwrap());
    assert_eq!(
        repository.requests(),
        ["metadata/2.root.json", "metadata/timestamp.json"]
    );
}

#[tokio::test]
async fn a_timestamp_signed_again_is_nothing_new_but_a_snapshot_is() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    refresh(&repository, folder.path()).await.unwrap();
    read_catalogues(folder.path());
    repository.publish(&["timestamp"]);
    assert!(!refresh(&repository, folder.path()).await.unwrap());
    assert_eq!(stored(folder.path(), "timestamp"), 2);
    repository.publish(&["targets", "snapshot", "timestamp"]);
    assert!(refresh(&repository, folder.path()).await.unwrap());
    assert_eq!(stored(folder.path(), "targets"), 2);
}

#[tokio::test]
async fn a_timestamp_of_the_same_version_and_other_content_is_ignored() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    refresh(&repository, folder.path()).await.unwrap();
    read_catalogues(folder.path());
    let before = fs::read(folder.path().join("timestamp.json")).unwrap();
    repository.role("timestamp")["meta"]["snapshot.json"]["version"] = 100.into();
    repository.publish_as_is("timestamp");
    assert!(!refresh(&repository, folder.path()).await.unwrap());
    assert_eq!(
        fs::read(folder.path().join("timestamp.json")).unwrap(),
        before
    );
}

#[tokio::test]
async fn each_step_stays_stored_when_the_next_one_fails() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.publish(&["root", "targets", "snapshot", "timestamp"]);
    repository.withdraw("metadata/2.targets.json");
    let error = refresh(&repository, folder.path()).await.unwrap_err();
    assert!(matches!(error, TrustError::Transport { .. }), "{error}");
    assert_eq!(stored(folder.path(), "root"), 2);
    assert_eq!(stored(folder.path(), "timestamp"), 2);
    assert_eq!(stored(folder.path(), "snapshot"), 2);
    assert_eq!(stored(folder.path(), "targets"), 0);
}

#[tokio::test]
async fn a_chain_of_roots_is_followed_to_its_end() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    for _ in 0..3 {
        // The next root is signed by the old key and by the new one.
        repository.add_key("root");
        repository.publish(&["root"]);
        repository.keys.get_mut("root").unwrap().remove(0);
        let ids = repository.role("root")["roles"]["root"]["keyids"].as_array_mut();
        ids.unwrap().remove(0);
    }
    refresh(&repository, folder.path()).await.unwrap();
    assert_eq!(stored(folder.path(), "root"), 4);
}

#[tokio::test]
async fn a_root_that_the_old_keys_have_not_signed_ends_the_chain() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.publish(&["root"]);
    repository.rotate("root");
    repository.publish(&["root"]);
    let error = refresh(&repository, folder.path()).await.unwrap_err();
    assert!(
        matches!(
            error,
            TrustError::Signature {
                role: Role::Root,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(stored(folder.path(), "root"), 2);
}

#[tokio::test]
async fn a_root_that_its_own_keys_have_not_signed_is_refused() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.role("root")["roles"]["root"]["threshold"] = 2.into();
    repository.publish(&["root"]);
    let error = refresh(&repository, folder.path()).await.unwrap_err();
    assert!(matches!(
        error,
        TrustError::Signature {
            role: Role::Root,
            ..
        }
    ));
    assert_eq!(stored(folder.path(), "root"), 1);
}

#[tokio::test]
async fn a_root_served_under_another_version_is_refused() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.publish(&["root", "root"]);
    repository.serve(
        "metadata/2.root.json",
        repository.served("metadata/3.root.json"),
    );
    let error = refresh(&repository, folder.path()).await.unwrap_err();
    assert!(matches!(
        error,
        TrustError::Version {
            expected: 2,
            found: 3,
            ..
        }
    ));
}

#[tokio::test]
async fn an_endless_chain_of_roots_is_left_at_the_limit_and_taken_up_again() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    let beyond = u64::from(policy::ROOT_ROTATIONS) + 3;
    for _ in 1..beyond {
        repository.publish(&["root"]);
    }
    refresh(&repository, folder.path()).await.unwrap();
    assert_eq!(
        stored(folder.path(), "root"),
        u64::from(policy::ROOT_ROTATIONS) + 1
    );
    refresh(&repository, folder.path()).await.unwrap();
    assert_eq!(stored(folder.path(), "root"), beyond);
}

#[tokio::test]
async fn without_a_root_nothing_is_asked_for() {
    let (repository, folder) = (Repository::new(), tempdir().unwrap());
    let store = Datastore::open(folder.path()).unwrap();
    let mut client = Client::new(repository.transport(), store, super::now());
    let error = client.refresh().await.unwrap_err();
    assert!(matches!(error, TrustError::NoRoot { .. }));
    assert!(repository.requests().is_empty());
}

#[tokio::test]
async fn an_unsigned_initial_root_is_refused_before_anything_is_asked_for() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    let mut root: serde_json::Value = serde_json::from_slice(&repository.initial_root).unwrap();
    root["signatures"] = serde_json::json!([]);
    repository.initial_root = root.to_string().into_bytes();
    let error = refresh(&repository, folder.path()).await.unwrap_err();
    assert!(matches!(error, TrustError::NoRoot { .. }));
    assert!(repository.requests().is_empty());
}

#[tokio::test]
async fn targets_are_not_given_before_a_refresh() {
    let (repository, folder) = (Repository::new(), tempdir().unwrap());
    let mut client = client(&repository, folder.path());
    let error = client.target("classification.json").await.unwrap_err();
    assert!(matches!(error, TrustError::NotRefreshed));
}
