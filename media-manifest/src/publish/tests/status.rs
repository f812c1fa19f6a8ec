use super::Network;
use crate::publish::{PublishError, RoleStatus, State, Status, retire, status};

fn look(network: &Network) -> Status {
    status(&network.repository(), network.time()).unwrap()
}

fn role(status: &Status, name: &str) -> RoleStatus {
    let mut roles = status.roles.iter();
    roles.find(|role| role.name == name).unwrap().clone()
}

#[test]
fn a_new_repository_is_good_and_says_who_signs() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let status = look(&network);
    assert!(status.is_good());
    let root = role(&status, "root");
    let names: Vec<_> = root.keys.iter().map(|key| key.name.as_str()).collect();
    assert_eq!(names, ["root-1", "root-2", "root-3"]);
    assert_eq!((root.threshold, root.signed.len()), (2, 3));
    assert_eq!(role(&status, "forem").videos, Some(1));
    assert_eq!(
        role(&status, "forem").keys[0].id,
        network.public("partner-forem").id()
    );
}

#[test]
fn what_nears_its_end_is_called_so_and_then_expired() {
    let mut network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    for (days, expected) in [(19, State::Good), (2, State::Soon), (10, State::Expired)] {
        network.wait(days);
        assert_eq!(role(&look(&network), "timestamp").state, expected);
    }
    assert_eq!(role(&look(&network), "root").state, State::Good);
    network.wait(730 - 31 - 179);
    assert_eq!(role(&look(&network), "root").state, State::Soon);
}

#[test]
fn a_role_that_its_keys_have_not_signed_waits_for_a_signature() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let root = network.next_root(&[("timestamp", &network.new_key("timestamp-2", 40))]);
    let path = network.repository().join("metadata/2.root.json");
    std::fs::write(path, root.published().bytes).unwrap();
    let status = look(&network);
    assert_eq!(role(&status, "timestamp").state, State::Unsigned);
    assert!(!status.is_good());
}

#[test]
fn partners_that_left_are_told_apart() {
    let network = Network::new(&["forem", "siep"]);
    network.publish(&["forem", "siep"]).unwrap();
    let (repository, keys) = (network.repository(), network.keys());
    retire(&repository, "siep", &keys, network.time()).unwrap();
    let status = look(&network);
    assert_eq!(status.retired, ["siep"]);
    assert!(status.roles.iter().all(|role| role.name != "siep"));
}

#[test]
fn a_folder_without_a_repository_is_said_to_hold_none() {
    let network = Network::new(&["forem"]);
    let error = status(&network.repository(), network.time()).unwrap_err();
    assert!(matches!(error, PublishError::Unpublished { .. }));
}
