use std::fs;

use super::borne::Borne;
use super::{Network, keys, signed};
use crate::publish::{PreparedError, PublishError, Replacement, next_root, renew, retire};

#[test]
fn a_borne_that_was_off_during_three_rotations_follows_the_chain() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let (borne, new) = (Borne::of(&network), Network::new_key);
    borne.look(&network).unwrap();
    let root = network.next_root(&[("root-3", &new(&network, "root-4", 40))]);
    network.publish_signed(&root).unwrap();
    network.lose(&["root-3"]);
    let root = network.next_root(&[("timestamp", &new(&network, "timestamp-2", 41))]);
    network.publish_signed(&root).unwrap();
    network.lose(&["timestamp", "root-1"]);
    let online = [
        ("targets", &new(&network, "targets-2", 42)),
        ("snapshot", &new(&network, "snapshot-2", 43)),
        ("root-1", &new(&network, "root-5", 44)),
    ];
    // Of the root before, root-2 and root-4 sign; of the new one, root-5 as well.
    network.publish_signed(&network.next_root(&online)).unwrap();
    network.lose(&["targets", "snapshot"]);
    network.offer("forem", &["un", "deux"]);
    network.publish(&["forem"]).unwrap();
    let seen = borne.look(&network).unwrap();
    assert_eq!(keys(&seen), ["forem/deux", "forem/un"]);
    assert_eq!(borne.trusts("root"), 4);
    assert_eq!(keys(&network.seen()), ["forem/deux", "forem/un"]);
}

#[test]
fn a_lost_root_key_is_replaced_by_the_two_others() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    network.lose(&["root-2"]);
    let new = network.new_key("root-4", 40);
    network.lose(&["root-4"]);
    let root = network.next_root(&[("root-2", &new)]);
    let outcome = network.publish_signed(&root).unwrap();
    assert_eq!(signed(&outcome), [("root", 2)]);
    // The new key and one old one now suffice.
    network.find(&["root-4"]);
    network.lose(&["root-1"]);
    network.publish_signed(&network.next_root(&[])).unwrap();
    let borne = Borne::of(&network);
    borne.look(&network).unwrap();
    assert_eq!(borne.trusts("root"), 3);
}

#[test]
fn one_signature_does_not_make_a_root() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    network.lose(&["root-2", "root-3"]);
    let root = network.next_root(&[]);
    let before = network.tree();
    let error = network.publish_signed(&root).unwrap_err();
    assert!(
        matches!(
            error,
            PublishError::Prepared(PreparedError::Unsigned { missing: 1 })
        ),
        "{error}"
    );
    assert_eq!(network.tree(), before);
}

#[test]
fn signatures_made_in_two_places_come_together() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    network.lose(&["root-2", "root-3"]);
    let mut here = network.next_root(&[]);
    network.lose(&["root-1"]);
    network.find(&["root-2"]);
    let there = network.next_root(&[]);
    here.join(&there).unwrap();
    network.publish_signed(&here).unwrap();
    let other = network.next_root(&[("root-1", &network.new_key("root-4", 40))]);
    assert_eq!(here.join(&other), Err(PreparedError::Different));
}

#[test]
fn a_partner_that_leaves_goes_and_may_come_back() {
    let network = Network::new(&["forem", "siep"]);
    network.publish(&["forem", "siep"]).unwrap();
    let borne = Borne::of(&network);
    borne.look(&network).unwrap();
    let retire = |id: &str| retire(&network.repository(), id, &network.keys(), network.time());
    let outcome = retire("siep").unwrap();
    assert_eq!(
        signed(&outcome),
        [("targets", 2), ("snapshot", 2), ("timestamp", 2)]
    );
    let seen = borne.look(&network).unwrap();
    assert_eq!(keys(&seen), ["forem/un"]);
    assert!(seen.failures.is_empty(), "{:?}", seen.failures);
    assert!(matches!(
        retire("siep"),
        Err(PublishError::NoPartner { .. })
    ));
    network.offer("siep", &["deux"]);
    network.publish(&["siep"]).unwrap();
    assert_eq!(
        keys(&borne.look(&network).unwrap()),
        ["forem/un", "siep/deux"]
    );
    assert_eq!(borne.trusts("siep"), 2);
}

#[test]
fn the_timestamp_alone_is_renewed_by_a_machine_that_holds_no_other_key() {
    let mut network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    network.lose(&[
        "root-1",
        "root-2",
        "root-3",
        "targets",
        "snapshot",
        "partner-forem",
    ]);
    let renew = |network: &Network| {
        let outcome = renew(&network.repository(), &network.keys(), network.time());
        outcome.map(|outcome| (outcome.signed, outcome.expiring))
    };
    network.wait(14);
    assert_eq!(renew(&network).unwrap(), (vec![], vec![]));
    network.wait(2);
    let (made, expiring) = renew(&network).unwrap();
    assert_eq!((made, expiring), (vec![("timestamp".into(), 2)], vec![]));
    assert_eq!(network.fake.probed.get(), 1);
    network.wait(30);
    let (_, expiring) = renew(&network).unwrap();
    assert_eq!(expiring, ["snapshot"]);
    assert_eq!(
        keys(&Borne::of(&network).look(&network).unwrap()),
        ["forem/un"]
    );
    network.lose(&["timestamp"]);
    network.wait(20);
    assert_eq!(renew(&network).unwrap().1, ["snapshot", "timestamp"]);
}

#[test]
fn a_key_put_in_place_of_a_partners_changes_nothing_by_itself() {
    let network = Network::new(&["forem", "siep"]);
    network.publish(&["forem", "siep"]).unwrap();
    let keys = network.keys_folder();
    fs::copy(
        keys.join("partner-siep.pem"),
        keys.join("partner-forem.pem"),
    )
    .unwrap();
    network.offer("forem", &["un", "deux"]);
    let before = network.tree();
    let error = network.publish(&["forem"]).unwrap_err();
    assert!(
        matches!(&error, PublishError::ForeignKey { name } if name == "partner-forem"),
        "{error}"
    );
    assert_eq!(
        network.tree().len(),
        before.len() + 1,
        "only the new video has come"
    );
}

#[test]
fn a_key_that_the_root_does_not_have_or_that_two_answer_to_is_not_replaced() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let new = network.new_key("root-4", 40);
    for old in ["root-9", "root", "timestam"] {
        let (old, new) = (old.to_owned(), new.clone());
        let replacement = Replacement { old, new };
        let root = next_root(&network.repository(), &[replacement], network.time());
        assert!(
            matches!(root, Err(PublishError::UnknownKey { .. })),
            "{root:?}"
        );
    }
}
