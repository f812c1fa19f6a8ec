use std::fs;

use jiff::SignedDuration;

use super::{Network, keys, now, signed};
use crate::publish::{PublishError, files};

#[test]
fn what_is_published_is_what_a_borne_sees() {
    let network = Network::new(&["forem", "siep"]);
    let outcome = network.publish(&["forem", "siep"]).unwrap();
    assert_eq!(
        signed(&outcome),
        [
            ("root", 1),
            ("forem", 1),
            ("siep", 1),
            ("targets", 1),
            ("snapshot", 1),
            ("timestamp", 1)
        ]
    );
    let update = network.seen();
    assert!(update.failures.is_empty(), "{:?}", update.failures);
    assert_eq!(keys(&update), ["forem/un", "siep/un"]);
    for file in update
        .merged
        .videos
        .iter()
        .flat_map(|entry| entry.video.files())
    {
        let bytes = fs::read(network.repository().join(&file.urls[0])).unwrap();
        assert_eq!(bytes.len() as u64, file.length);
    }
}

#[test]
fn publishing_again_with_nothing_changed_writes_nothing_and_decodes_nothing() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let before = network.tree();
    let again = network.publish(&["forem"]).unwrap();
    assert_eq!(again.signed, []);
    assert_eq!(again.media_added, 0);
    assert_eq!(network.tree(), before);
    assert_eq!(
        (network.fake.probed.get(), network.fake.framed.get()),
        (1, 1)
    );
}

#[test]
fn adding_and_removing_a_video_raises_the_versions_it_must() {
    let network = Network::new(&["forem", "siep"]);
    network.publish(&["forem", "siep"]).unwrap();
    network.offer("forem", &["un", "deux"]);
    let added = network.publish(&["forem", "siep"]).unwrap();
    assert_eq!(
        signed(&added),
        [("forem", 2), ("snapshot", 2), ("timestamp", 2)]
    );
    assert_eq!(keys(&network.seen()), ["forem/deux", "forem/un", "siep/un"]);
    network.offer("forem", &["deux"]);
    let removed = network.publish(&["forem", "siep"]).unwrap();
    assert_eq!(
        signed(&removed),
        [("forem", 3), ("snapshot", 3), ("timestamp", 3)]
    );
    assert_eq!(keys(&network.seen()), ["forem/deux", "siep/un"]);
}

#[test]
fn a_changed_video_is_a_new_revision_and_keeps_its_first_day() {
    let mut network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let first = network.seen().merged.videos[0].video.clone();
    network.now = now() + SignedDuration::from_hours(72);
    fs::write(network.source("forem").join("un.mp4"), "film remonté").unwrap();
    network.publish(&["forem"]).unwrap();
    let second = network.seen().merged.videos[0].video.clone();
    assert_eq!((first.revision, second.revision), (1, 2));
    assert_eq!(first.added, second.added);
    assert_ne!(first.media.file.sha256, second.media.file.sha256);
}

#[test]
fn a_partner_that_is_not_published_this_time_stays() {
    let network = Network::new(&["forem", "siep"]);
    network.publish(&["forem", "siep"]).unwrap();
    fs::remove_file(network.folder.path().join("keys/partner-siep.pem")).unwrap();
    network.offer("forem", &["un", "deux"]);
    network.publish(&["forem"]).unwrap();
    let update = network.seen();
    assert!(update.failures.is_empty(), "{:?}", update.failures);
    assert_eq!(keys(&update), ["forem/deux", "forem/un", "siep/un"]);
}

#[test]
fn a_problem_in_one_source_publishes_nothing_of_any() {
    let network = Network::new(&["forem", "siep"]);
    network.publish(&["forem", "siep"]).unwrap();
    let before = network.tree();
    network.offer("forem", &["un", "deux"]);
    network.offer("siep", &["un", "rate"]);
    fs::write(network.source("siep").join("rate.mp4"), "texte").unwrap();
    let error = network.publish(&["forem", "siep"]).unwrap_err();
    let PublishError::Problems(problems) = error else {
        panic!("{error}")
    };
    assert_eq!(problems.len(), 1);
    assert_eq!(
        (problems[0].field.as_str(), problems[0].line),
        ("file", Some(15))
    );
    assert_eq!(network.tree(), before);
}

#[test]
fn one_partner_has_one_source() {
    let network = Network::new(&["forem"]);
    let error = network.publish(&["forem", "forem"]).unwrap_err();
    assert!(matches!(error, PublishError::Problems(_)));
}

#[test]
fn two_publications_at_once_do_not_mix() {
    let network = Network::new(&["forem"]);
    let _held = files::lock(&network.repository()).unwrap();
    let error = network.publish(&["forem"]).unwrap_err();
    assert!(matches!(error, PublishError::Busy { .. }));
}

#[test]
fn a_source_edited_later_does_not_change_what_was_published() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let before = network.tree();
    let path = network.source("forem").join("un.mp4");
    let mut file = fs::OpenOptions::new().write(true).open(path).unwrap();
    std::io::Write::write_all(&mut file, b"autre").unwrap();
    assert_eq!(network.tree(), before);
}
