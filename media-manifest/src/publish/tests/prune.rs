use std::fs;

use jiff::SignedDuration;

use super::{Network, keys};
use crate::publish::{Pruned, PublishError, prune};

fn pruned(network: &Network, try_only: bool) -> Pruned {
    let month = SignedDuration::from_hours(24 * 30);
    prune(&network.repository(), month, try_only, network.time()).unwrap()
}

#[test]
fn what_nothing_names_goes_after_its_grace_and_the_rest_stays() {
    let mut network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let old = network.seen().merged.videos[0].video.media.file.urls[0].clone();
    network.offer("forem", &["deux"]);
    network.publish(&["forem"]).unwrap();
    let first = pruned(&network, false);
    assert_eq!(first.removed, [""; 0]);
    // The video, its catalogue, its role and its snapshot; the poster is the new one's too.
    assert_eq!(first.waiting, 4);
    network.wait(29);
    assert_eq!(pruned(&network, false).waiting, 4);
    network.wait(1);
    let tried = pruned(&network, true);
    assert!(tried.removed.contains(&old), "{tried:?}");
    assert!(network.repository().join(&old).exists());
    assert_eq!(pruned(&network, false), tried);
    assert!(!network.repository().join(&old).exists());
    network.publish(&["forem"]).unwrap();
    let seen = network.seen();
    assert_eq!(keys(&seen), ["forem/deux"]);
    for file in seen.merged.videos[0].video.files() {
        assert!(network.repository().join(&file.urls[0]).exists());
    }
}

#[test]
fn what_is_named_again_in_time_begins_a_new_grace() {
    let mut network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let video = network.seen().merged.videos[0].video.media.file.urls[0].clone();
    network.offer("forem", &["deux"]);
    network.publish(&["forem"]).unwrap();
    pruned(&network, false);
    network.wait(20);
    network.offer("forem", &["un", "deux"]);
    network.publish(&["forem"]).unwrap();
    pruned(&network, false);
    network.offer("forem", &["deux"]);
    network.publish(&["forem"]).unwrap();
    network.wait(15);
    assert!(!pruned(&network, false).removed.contains(&video));
}

#[test]
fn every_root_stays() {
    let mut network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    network.publish_signed(&network.next_root(&[])).unwrap();
    network.publish_signed(&network.next_root(&[])).unwrap();
    pruned(&network, false);
    network.wait(60);
    pruned(&network, false);
    for version in 1..=3 {
        let root = format!("metadata/{version}.root.json");
        assert!(network.repository().join(root).exists());
    }
    network.publish(&["forem"]).unwrap();
    assert_eq!(keys(&network.seen()), ["forem/un"]);
}

#[test]
fn with_a_catalogue_missing_nothing_is_removed() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    fs::remove_dir_all(network.repository().join("targets/forem")).unwrap();
    let before = network.tree();
    let error = prune(
        &network.repository(),
        SignedDuration::ZERO,
        false,
        network.time(),
    );
    assert!(
        matches!(error, Err(PublishError::Repository { .. })),
        "{error:?}"
    );
    assert_eq!(network.tree(), before);
}
