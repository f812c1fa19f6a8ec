//! Partners that keep their keys to themselves.

use std::collections::BTreeMap;
use std::fs;

use jiff::SignedDuration;

use super::borne::Borne;
use super::{Network, keys};
use crate::publish::{
    Change, Elsewhere, Outcome, Prepared, PreparedError, PublicKey, Publication, PublishError,
    partner_again, prune, publish, retire,
};
use crate::source::{Source, default_classification};

/// What is offered of partners whose keys are elsewhere.
fn prepare(network: &Network, partner: &str, key: Option<&PublicKey>) -> Outcome {
    let classification = default_classification().unwrap();
    let source = Source::read(&network.source(partner), &classification).unwrap();
    let key = key.map(|key| (partner.to_owned(), key.clone()));
    let elsewhere = Elsewhere {
        keys: key.into_iter().collect::<BTreeMap<_, _>>(),
    };
    let publication = Publication {
        sources: &[source],
        classification: &classification,
        keys: &network.keys(),
        elsewhere: Some(&elsewhere),
        now: network.time(),
    };
    publish(
        &publication,
        &network.repository(),
        &network.fake,
        &mut |_| {},
    )
    .unwrap()
}

/// The partner signs with its own key, and nothing else.
fn sign(network: &Network, role: &mut Prepared, name: &str) {
    network.find(&[name]);
    role.sign(&network.keys()).unwrap();
    network.lose(&[name]);
}

#[test]
fn a_partner_joins_and_publishes_without_ever_giving_its_key_away() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let borne = Borne::of(&network);
    network.offer("siep", &["un"]);
    let key = network.new_key("partner-siep", 40);
    network.lose(&["partner-siep"]);
    let mut outcome = prepare(&network, "siep", Some(&key));
    assert_eq!(keys(&borne.look(&network).unwrap()), ["forem/un"]);
    let mut role = outcome.prepared.pop().unwrap();
    assert!(matches!(
        network.publish_with(&role, Some(&key)),
        Err(PublishError::Prepared(PreparedError::Unsigned {
            missing: 1
        }))
    ));
    sign(&network, &mut role, "partner-siep");
    network.publish_with(&role, Some(&key)).unwrap();
    let seen = borne.look(&network).unwrap();
    assert!(seen.failures.is_empty(), "{:?}", seen.failures);
    assert_eq!(keys(&seen), ["forem/un", "siep/un"]);
    // From now on the network knows the key.
    network.offer("siep", &["deux"]);
    let mut role = prepare(&network, "siep", None).prepared.pop().unwrap();
    let changes = role.examine(network.time()).unwrap();
    assert!(
        changes.contains(&Change::VideoAdded("deux".into())),
        "{changes:?}"
    );
    assert!(
        changes.contains(&Change::VideoRemoved("un".into())),
        "{changes:?}"
    );
    sign(&network, &mut role, "partner-siep");
    network.publish_signed(&role).unwrap();
    assert_eq!(
        keys(&borne.look(&network).unwrap()),
        ["forem/un", "siep/deux"]
    );
    assert!(prepare(&network, "siep", None).prepared.is_empty());
}

#[test]
fn a_partners_key_is_replaced_with_its_catalogue_untouched() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let borne = Borne::of(&network);
    borne.look(&network).unwrap();
    let new = network.new_key("partner-forem-2", 40);
    let (repository, now) = (network.repository(), network.time());
    let mut role = partner_again(&repository, "forem", Some(&new), now).unwrap();
    role.sign(&network.keys()).unwrap();
    // The file alone does not change who may sign.
    assert!(matches!(
        network.publish_signed(&role),
        Err(PublishError::Prepared(PreparedError::Unsigned { .. }))
    ));
    network.publish_with(&role, Some(&new)).unwrap();
    network.lose(&["partner-forem"]);
    network.offer("forem", &["un", "deux"]);
    network.publish(&["forem"]).unwrap();
    let seen = borne.look(&network).unwrap();
    assert!(seen.failures.is_empty(), "{:?}", seen.failures);
    assert_eq!(keys(&seen), ["forem/deux", "forem/un"]);
}

#[test]
fn a_signed_role_whose_video_is_not_in_the_repository_is_not_published() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    network.offer("forem", &["deux"]);
    network.lose(&["partner-forem"]);
    let mut role = prepare(&network, "forem", None).prepared.pop().unwrap();
    sign(&network, &mut role, "partner-forem");
    fs::remove_dir_all(network.repository().join("media")).unwrap();
    assert!(matches!(
        network.publish_signed(&role),
        Err(PublishError::Prepared(PreparedError::NoMedia { .. }))
    ));
}

#[test]
fn a_role_prepared_before_another_publication_is_not_published_after_it() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    network.offer("forem", &["deux"]);
    network.lose(&["partner-forem"]);
    let mut role = prepare(&network, "forem", None).prepared.pop().unwrap();
    sign(&network, &mut role, "partner-forem");
    network.publish_signed(&role).unwrap();
    assert!(matches!(
        network.publish_signed(&role),
        Err(PublishError::Prepared(PreparedError::NotNext {
            expected: 3,
            found: 2
        }))
    ));
}

#[test]
fn a_partner_that_left_long_ago_can_be_prepared_again() {
    let network = Network::new(&["forem", "siep"]);
    network.publish(&["forem", "siep"]).unwrap();
    let (repository, now) = (network.repository(), network.time());
    retire(&repository, "siep", &network.keys(), now).unwrap();
    prune(&repository, SignedDuration::ZERO, false, now).unwrap();
    network.lose(&["partner-siep"]);
    let key = network.public("partner-siep");
    let mut role = prepare(&network, "siep", Some(&key))
        .prepared
        .pop()
        .unwrap();
    role.examine(now).unwrap();
    sign(&network, &mut role, "partner-siep");
    network.publish_with(&role, Some(&key)).unwrap();
    assert_eq!(
        keys(&Borne::of(&network).look(&network).unwrap()),
        ["forem/un", "siep/un"]
    );
}
