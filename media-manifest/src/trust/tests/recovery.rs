use std::fs;

use tempfile::tempdir;

use super::repository::Repository;
use super::{client, refresh, stored};
use crate::source::default_classification;
use crate::trust::{CLASSIFICATION, TrustError};

#[tokio::test]
async fn a_timestamp_run_ahead_is_recovered_from_by_rotating_its_key() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.role("timestamp")["version"] = 99.into();
    repository.publish(&["timestamp"]);
    refresh(&repository, folder.path()).await.unwrap();
    assert_eq!(stored(folder.path(), "timestamp"), 100);
    repository.rotate("timestamp");
    repository.role("timestamp")["version"] = 1.into();
    repository.publish_as_is("timestamp");
    repository.publish(&["root"]);
    refresh(&repository, folder.path()).await.unwrap();
    assert_eq!(stored(folder.path(), "timestamp"), 1);
}

#[tokio::test]
async fn a_snapshot_run_ahead_is_recovered_from_by_rotating_both_keys() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.role("snapshot")["version"] = 99.into();
    repository.publish(&["snapshot", "timestamp"]);
    refresh(&repository, folder.path()).await.unwrap();
    repository.rotate("snapshot");
    repository.rotate("timestamp");
    repository.role("snapshot")["version"] = 1.into();
    repository.publish_as_is("snapshot");
    repository.publish(&["timestamp", "root"]);
    refresh(&repository, folder.path()).await.unwrap();
    assert_eq!(stored(folder.path(), "snapshot"), 1);
}

#[tokio::test]
async fn targets_run_ahead_are_recovered_from_by_rotating_the_snapshot_key() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.role("targets")["version"] = 99.into();
    repository.publish(&["targets", "snapshot", "timestamp"]);
    refresh(&repository, folder.path()).await.unwrap();
    repository.rotate("snapshot");
    repository.role("targets")["version"] = 1.into();
    repository.publish_as_is("targets");
    repository.publish(&["snapshot", "timestamp", "root"]);
    refresh(&repository, folder.path()).await.unwrap();
    assert_eq!(stored(folder.path(), "targets"), 1);
}

#[tokio::test]
async fn a_root_of_zero_bytes_is_replaced_by_its_copy_without_going_back() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.publish(&["root"]);
    refresh(&repository, folder.path()).await.unwrap();
    fs::write(folder.path().join("root.json"), []).unwrap();
    repository.requests();
    refresh(&repository, folder.path()).await.unwrap();
    assert_eq!(repository.requests()[0], "metadata/3.root.json");
}

#[tokio::test]
async fn with_no_root_left_the_initial_one_leads_up_the_chain_again() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    repository.publish(&["root"]);
    refresh(&repository, folder.path()).await.unwrap();
    fs::write(folder.path().join("root.json"), []).unwrap();
    fs::write(folder.path().join("root.json.copy"), []).unwrap();
    refresh(&repository, folder.path()).await.unwrap();
    assert_eq!(stored(folder.path(), "root"), 2);
}

#[tokio::test]
async fn a_state_of_zero_bytes_still_refuses_a_rollback() {
    for role in ["timestamp", "snapshot"] {
        let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
        repository.publish(&["targets", "snapshot", "timestamp"]);
        refresh(&repository, folder.path()).await.unwrap();
        fs::write(folder.path().join(format!("{role}.json")), []).unwrap();
        repository.role("targets")["version"] = 1.into();
        repository.publish_as_is("targets");
        repository.role(role)["version"] = 0.into();
        if role == "timestamp" {
            repository.publish(&["timestamp"]);
        } else {
            repository.role("snapshot")["version"] = 2.into();
            repository.publish(&["snapshot", "timestamp"]);
        }
        let error = refresh(&repository, folder.path()).await.unwrap_err();
        assert!(
            matches!(error, TrustError::Rollback { .. }),
            "{role}: {error}"
        );
    }
}

#[tokio::test]
async fn what_a_process_died_before_reading_is_still_new_at_the_next_start() {
    let (mut repository, folder) = (Repository::new(), tempdir().unwrap());
    let mut before = client(&repository, folder.path());
    assert!(before.refresh().await.unwrap());
    // It dies here: another client starts from what is on the disk.
    let mut after = client(&repository, folder.path());
    assert!(after.refresh().await.unwrap());
    let classification = serde_json::to_vec(&default_classification().unwrap()).unwrap();
    repository.target("targets", CLASSIFICATION, &classification);
    repository.publish(&["targets", "snapshot", "timestamp"]);
    assert!(after.refresh().await.unwrap());
    after.catalogue(None).await.unwrap();
    assert!(!client(&repository, folder.path()).refresh().await.unwrap());
}
