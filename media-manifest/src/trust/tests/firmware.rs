use tempfile::tempdir;

use super::client;
use super::repository::Repository;
use crate::catalogue::FileRef;
use crate::firmware::{Firmware, Release};
use crate::trust::{CatalogueError, FIRMWARE, FirmwareFile, TrustError, policy};

fn document(version: &str) -> Vec<u8> {
    let release = Release {
        product: "video-borne-amd64".to_owned(),
        version: version.parse().unwrap(),
        bundle: FileRef {
            sha256: "ab".repeat(32),
            length: 10,
            urls: vec!["media/ab/x.raucb".to_owned()],
        },
    };
    serde_json::to_vec(&Firmware::default().with(release)).unwrap()
}

async fn asked(
    repository: &Repository,
    held: Option<Vec<u8>>,
) -> Result<Option<FirmwareFile>, TrustError> {
    let folder = tempdir().unwrap();
    let mut client = client(repository, folder.path());
    client.refresh().await.unwrap();
    repository.requests();
    let found = client.firmware(held).await?;
    Ok(found.map(crate::trust::Verified::into_inner))
}

fn publish(repository: &mut Repository, bytes: &[u8]) {
    repository.target("targets", FIRMWARE, bytes);
    repository.publish(&["targets", "snapshot", "timestamp"]);
}

#[tokio::test]
async fn a_network_that_offers_no_system_says_so_without_a_request() {
    let repository = Repository::new();
    assert_eq!(asked(&repository, None).await.unwrap(), None);
    assert_eq!(repository.requests(), [""; 0]);
}

#[tokio::test]
async fn what_is_held_and_still_signed_is_not_fetched_again() {
    let mut repository = Repository::new();
    publish(&mut repository, &document("1.2.0"));
    let first = asked(&repository, None).await.unwrap().unwrap();
    assert_eq!(first.firmware.releases[0].version.to_string(), "1.2.0");
    assert_eq!(repository.requests().len(), 1);
    let held = Some(first.bytes.clone());
    assert_eq!(asked(&repository, held.clone()).await.unwrap(), Some(first));
    assert_eq!(repository.requests(), [""; 0]);
    publish(&mut repository, &document("1.3.0"));
    let newer = asked(&repository, held).await.unwrap().unwrap();
    assert_eq!(newer.firmware.releases[0].version.to_string(), "1.3.0");
}

#[tokio::test]
async fn a_delegated_role_never_speaks_for_a_system() {
    let mut repository = Repository::new();
    repository.delegate("targets", "forem", &["*"], true);
    repository.target("forem", FIRMWARE, &document("9.0.0"));
    repository.publish(&["forem", "targets", "snapshot", "timestamp"]);
    assert_eq!(asked(&repository, None).await.unwrap(), None);
}

#[tokio::test]
async fn another_file_than_signed_or_one_too_long_is_refused() {
    let mut repository = Repository::new();
    let good = document("1.2.0");
    publish(&mut repository, &good);
    let hash = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&good));
    repository.serve(&format!("targets/{hash}.{FIRMWARE}"), document("1.9.0"));
    let error = asked(&repository, Some(document("1.9.0")))
        .await
        .unwrap_err();
    assert!(matches!(error, TrustError::Mismatch { .. }), "{error}");
    let most = usize::try_from(policy::FIRMWARE_BYTES).unwrap();
    publish(&mut repository, &vec![b' '; most + 1]);
    let error = asked(&repository, None).await.unwrap_err();
    assert!(matches!(error, TrustError::Limit { .. }), "{error}");
}

#[tokio::test]
async fn what_is_signed_and_wrong_names_its_field() {
    let mut repository = Repository::new();
    publish(
        &mut repository,
        br#"{"format":1,"releases":[{"product":"p"}]}"#,
    );
    let error = asked(&repository, None).await.unwrap_err();
    let TrustError::Catalogue(CatalogueError::Malformed { file, field, .. }) = &error else {
        panic!("{error}");
    };
    assert_eq!((file.as_str(), field.as_str()), (FIRMWARE, "releases[0]"));
}
