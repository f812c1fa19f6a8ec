use std::fs;

use jiff::SignedDuration;
use tempfile::tempdir;

use super::{Network, keys, now, signed};
use crate::publish::{Keys, PublishError};

#[test]
fn a_missing_key_is_named_and_nothing_is_signed() {
    let network = Network::new(&["forem"]);
    fs::remove_file(network.folder.path().join("keys/partner-forem.pem")).unwrap();
    let error = network.publish(&["forem"]).unwrap_err();
    assert!(matches!(error, PublishError::Key { name, .. } if name == "partner-forem"));
    assert!(!network.repository().join("metadata").exists());
}

#[test]
fn keys_of_another_repository_are_refused() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let key = network.folder.path().join("keys/timestamp.pem");
    fs::copy(network.folder.path().join("keys/snapshot.pem"), key).unwrap();
    let error = network.publish(&["forem"]).unwrap_err();
    assert!(matches!(error, PublishError::ForeignKey { name } if name == "timestamp"));
}

#[test]
fn signatures_are_renewed_at_half_their_life_with_the_root_offline() {
    let mut network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    for number in 1..=3 {
        fs::remove_file(
            network
                .folder
                .path()
                .join(format!("keys/root-{number}.pem")),
        )
        .unwrap();
    }
    network.now = now() + SignedDuration::from_hours(24 * 14);
    assert_eq!(signed(&network.publish(&["forem"]).unwrap()), []);
    network.now = now() + SignedDuration::from_hours(24 * 16);
    assert_eq!(
        signed(&network.publish(&["forem"]).unwrap()),
        [("timestamp", 2)]
    );
    network.now = now() + SignedDuration::from_hours(24 * 400);
    let late = network.publish(&["forem"]).unwrap();
    assert_eq!(late.expiring, ["root"]);
    assert_eq!(keys(&network.seen()), ["forem/un"]);
}

#[test]
fn the_root_is_signed_anew_when_it_ages_and_its_keys_are_at_hand() {
    let mut network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    network.now = now() + SignedDuration::from_hours(24 * 400);
    let outcome = network.publish(&["forem"]).unwrap();
    assert!(signed(&outcome).contains(&("root", 2)));
    assert_eq!(keys(&network.seen()), ["forem/un"]);
}

#[test]
fn keys_are_private_and_never_overwritten() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempdir().unwrap();
    let create = |byte: u8| {
        let mut seed = |bytes: &mut [u8; 32]| {
            *bytes = [byte; 32];
            Ok(())
        };
        Keys::create(folder.path(), &["forem".into()], &mut seed).unwrap()
    };
    assert_eq!(create(1).made.len(), 7);
    let path = folder.path().join("targets.pem");
    let before = fs::read(&path).unwrap();
    assert_eq!(create(2).kept.len(), 7);
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    fs::write(&path, "abc").unwrap();
    assert!(
        matches!(Keys::read(folder.path()), Err(PublishError::Key { name, .. }) if name == "targets")
    );
}
