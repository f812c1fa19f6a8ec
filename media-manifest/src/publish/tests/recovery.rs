use std::fs;

use serde_json::json;

use super::borne::Borne;
use super::{Network, keys, signed};
use crate::publish::{PublishError, SigningKey, document, policy};
use crate::trust::TrustError;

#[test]
fn what_a_stolen_timestamp_key_signs_is_refused_once_it_is_replaced() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let borne = Borne::of(&network);
    let thief = SigningKey::from_seed(&[6; 32]).unwrap();
    assert_eq!(network.public("timestamp").id(), thief.id());
    let path = network.repository().join("metadata/timestamp.json");
    let honest = fs::read(&path).unwrap();
    let mut forged: serde_json::Value = serde_json::from_slice(&honest).unwrap();
    forged["signed"]["version"] = json!(700);
    let forged = document(&forged["signed"], &[&thief]).unwrap();
    fs::write(&path, &forged).unwrap();
    borne.look(&network).unwrap();
    assert_eq!(borne.trusts("timestamp"), 700);
    fs::write(&path, &honest).unwrap();
    assert!(matches!(
        borne.look(&network),
        Err(TrustError::Rollback { .. })
    ));

    let root = network.next_root(&[("timestamp", &network.new_key("timestamp-2", 40))]);
    network.lose(&["timestamp"]);
    let outcome = network.publish_signed(&root).unwrap();
    assert_eq!(signed(&outcome), [("root", 2), ("timestamp", 2)]);
    borne.look(&network).unwrap();
    assert_eq!(borne.trusts("timestamp"), 2);
    fs::write(&path, &forged).unwrap();
    assert!(matches!(
        borne.look(&network),
        Err(TrustError::Signature { .. })
    ));
}

#[test]
fn versions_pushed_up_are_come_back_from_with_new_keys() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let borne = Borne::of(&network);
    push_up(&network);
    borne.look(&network).unwrap();
    assert_eq!(borne.trusts("snapshot"), policy::VERSION_CEILING);
    network.offer("forem", &["un", "deux"]);
    let error = network.publish(&["forem"]).unwrap_err();
    assert!(matches!(error, PublishError::RanAhead { .. }), "{error}");

    let replaced = [
        ("timestamp", &network.new_key("timestamp-2", 40)),
        ("snapshot", &network.new_key("snapshot-2", 41)),
    ];
    let root = network.next_root(&replaced);
    network.lose(&["timestamp", "snapshot"]);
    network.publish_signed(&root).unwrap();
    borne.look(&network).unwrap();
    assert_eq!(
        (borne.trusts("snapshot"), borne.trusts("timestamp")),
        (2, 1)
    );
    network.publish(&["forem"]).unwrap();
    assert_eq!(
        keys(&borne.look(&network).unwrap()),
        ["forem/deux", "forem/un"]
    );
}

#[test]
fn a_repository_restored_from_a_backup_is_refused_until_timestamp_and_snapshot_have_new_keys() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let backup = network.tree();
    let borne = Borne::of(&network);
    for videos in [&["un", "deux"][..], &["un", "trois"]] {
        network.offer("forem", videos);
        network.publish(&["forem"]).unwrap();
    }
    borne.look(&network).unwrap();
    fs::remove_dir_all(network.repository()).unwrap();
    for (path, bytes) in backup {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    network.publish(&["forem"]).unwrap();
    let refused = borne.look(&network);
    assert!(
        matches!(refused, Err(TrustError::Rollback { .. })),
        "{refused:?}"
    );
    let replaced = [
        ("timestamp", &network.new_key("timestamp-2", 40)),
        ("snapshot", &network.new_key("snapshot-2", 41)),
    ];
    network
        .publish_signed(&network.next_root(&replaced))
        .unwrap();
    let seen = borne.look(&network).unwrap();
    assert_eq!(keys(&seen), ["forem/trois", "forem/un"]);
    assert!(seen.failures.is_empty(), "{:?}", seen.failures);
}

/// What whoever holds the publishing machine can do to the versions.
fn push_up(network: &Network) {
    use sha2::{Digest, Sha256};
    let metadata = network.repository().join("metadata");
    let read = |name: &str| -> serde_json::Value {
        let bytes = fs::read(metadata.join(name)).unwrap();
        serde_json::from_slice::<serde_json::Value>(&bytes).unwrap()["signed"].take()
    };
    let (snapshot_key, timestamp_key) = (
        SigningKey::from_seed(&[5; 32]).unwrap(),
        SigningKey::from_seed(&[6; 32]).unwrap(),
    );
    let version = policy::VERSION_CEILING;
    let mut snapshot = read("1.snapshot.json");
    snapshot["version"] = version.into();
    let snapshot = document(&snapshot, &[&snapshot_key]).unwrap();
    fs::write(metadata.join(format!("{version}.snapshot.json")), &snapshot).unwrap();
    let mut timestamp = read("timestamp.json");
    timestamp["version"] = version.into();
    timestamp["meta"]["snapshot.json"] = json!({
        "version": version,
        "length": snapshot.len(),
        "hashes": { "sha256": hex::encode(Sha256::digest(&snapshot)) },
    });
    let timestamp = document(&timestamp, &[&timestamp_key]).unwrap();
    fs::write(metadata.join("timestamp.json"), timestamp).unwrap();
}
