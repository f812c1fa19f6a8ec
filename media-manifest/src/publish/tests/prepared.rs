//! What a holder of a key is asked to sign, and must not.

use serde_json::{Value, json};

use super::Network;
use crate::publish::{Change, Prepared, PreparedError, SigningKey, first_root};

/// The next root of a network as a file, changed, and read again.
fn altered(network: &Network, change: impl Fn(&mut Value)) -> Result<Vec<Change>, PreparedError> {
    let path = network.folder.path().join("root.json");
    network.next_root(&[]).write(&path).unwrap();
    let mut file: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    change(&mut file);
    std::fs::write(&path, file.to_string()).unwrap();
    Prepared::read(&path).unwrap().examine(network.time())
}

fn network() -> Network {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    network
}

#[test]
fn a_root_that_is_not_understood_whole_is_not_signed() {
    let network = network();
    assert!(altered(&network, |_| {}).is_ok());
    let key = SigningKey::from_seed(&[90; 32]).unwrap();
    let timestamp = network.public("timestamp").id();
    let roots = [network.public("root-1").id(), network.public("root-2").id()];
    let strange: [(&str, &str, Value); 9] = [
        ("unknown field", "/mirrors", json!([])),
        ("one signature", "/roles/root/threshold", json!(1)),
        ("no signature", "/roles/timestamp/threshold", json!(0)),
        ("endless", "/expires", json!("2099-01-01T00:00:00Z")),
        ("over", "/expires", json!("2026-06-15T11:00:00Z")),
        (
            "key of two roles",
            "/roles/snapshot/keyids",
            json!([timestamp]),
        ),
        ("two keys", "/roles/root/keyids", json!(roots)),
        (
            "one key twice",
            "/roles/root/keyids",
            json!([roots[0], roots[1], roots[1]]),
        ),
        (
            "no role",
            "/roles/targets",
            json!({ "keyids": [], "threshold": 1 }),
        ),
    ];
    for (name, at, value) in strange {
        let found = altered(&network, |file| {
            let (parent, field) = at.rsplit_once('/').unwrap();
            let signed = &mut file["after"]["signed"];
            signed.pointer_mut(parent).unwrap()[field] = value.clone();
        });
        assert!(
            matches!(found, Err(PreparedError::Strange { .. })),
            "{name}: {found:?}"
        );
    }
    let idle = altered(&network, |file| {
        file["after"]["signed"]["keys"][key.id()] = key.public();
    });
    assert!(
        matches!(idle, Err(PreparedError::Strange { .. })),
        "{idle:?}"
    );
    let skipped = altered(&network, |file| {
        file["after"]["signed"]["version"] = json!(3);
    });
    assert_eq!(
        skipped,
        Err(PreparedError::NotNext {
            expected: 2,
            found: 3
        })
    );
}

#[test]
fn what_changes_is_said_key_by_key() {
    let network = network();
    let new = network.new_key("root-4", 40);
    let root = network.next_root(&[("root-2", &new)]);
    let changes = root.examine(network.time()).unwrap();
    let of =
        |wanted: fn(&Change) -> Option<&str>| changes.iter().filter_map(wanted).collect::<Vec<_>>();
    let added = of(|change| match change {
        Change::KeyAdded("root", key) => Some(&key.name),
        _ => None,
    });
    let removed = of(|change| match change {
        Change::KeyRemoved("root", key) => Some(&key.name),
        _ => None,
    });
    assert_eq!((added, removed), (vec!["root-4"], vec!["root-2"]));
    let threshold = Change::Threshold {
        role: "root",
        before: Some(2),
        after: 2,
        keys: 3,
    };
    assert!(changes.contains(&threshold), "{changes:?}");
}

#[test]
fn a_first_root_is_made_of_public_keys_and_two_signatures() {
    let network = Network::new(&["forem"]);
    let publics = network.keys().publics();
    let mut root = first_root(publics, network.time()).unwrap();
    network.lose(&["root-1", "root-2", "root-3"]);
    assert_eq!(root.sign(&network.keys()), Err(PreparedError::NoKey));
    for (name, enough) in [("root-1", false), ("root-3", true)] {
        network.find(&[name]);
        root.sign(&network.keys()).unwrap();
        network.lose(&[name]);
        assert_eq!(root.standings()[0].is_enough(), enough, "{name}");
    }
    network.publish_signed(&root).unwrap();
    network.publish(&["forem"]).unwrap();
    assert_eq!(super::keys(&network.seen()), ["forem/un"]);
}

#[test]
fn a_partners_file_with_another_catalogue_than_listed_is_not_signed() {
    let network = network();
    let (repository, now) = (network.repository(), network.time());
    let role = crate::publish::partner_again(&repository, "forem", None, now).unwrap();
    let path = network.folder.path().join("forem.json");
    role.write(&path).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let mut file: Value = serde_json::from_str(&text).unwrap();
    let catalogue = file["catalogues"]["after"].as_str().unwrap();
    file["catalogues"]["after"] = catalogue.replace("\"un\"", "\"deux\"").into();
    std::fs::write(&path, file.to_string()).unwrap();
    let error = Prepared::read(&path).unwrap().examine(now).unwrap_err();
    assert!(error.sentence().contains("catalogue joint"), "{error}");
}
