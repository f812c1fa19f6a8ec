//! The way to the network: tried, kept, or left as it was.

use super::*;

fn fixed() -> Network {
    Network {
        address: Address::Fixed {
            address: "192.168.1.20".parse().unwrap(),
            prefix: 24,
            gateway: "192.168.1.1".parse().unwrap(),
            dns: vec!["192.168.1.1".parse().unwrap()],
        },
        proxy: Some(Url::parse("http://proxy.example:3128/").unwrap()),
        ..cable()
    }
}

fn school() -> Place {
    Place::with(Noted {
        open_to: vec!["école", "invités"],
        ..Noted::default()
    })
}

/// Files of wireless networks.
fn profiles(place: &Place) -> Vec<String> {
    let entries = fs::read_dir(&place.machine.places.wireless).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_fixed_address_is_in_force_at_once_and_told_again() {
    let place = Place::new();
    assert_eq!(place.ask(&Request::Connect(fixed())), Answer::Done);
    assert_eq!(place.asked(), ["leave", "reload", "borne-sync.service"]);
    let file = place
        .read("data/etc/systemd/network/70-borne.network")
        .unwrap();
    assert!(file.contains("Address=192.168.1.20/24\n"), "{file}");
    assert_eq!(place.state().network, Some(fixed()));
    let settings = &place.machine.places.settings;
    let settings = crate::settings::load_or_unsettled(Some(settings)).unwrap();
    assert_eq!(settings.sync.proxy, fixed().proxy);
}

#[test]
fn an_automatic_cable_is_what_the_image_does_by_itself() {
    let place = Place::new();
    place.ask(&Request::Connect(fixed()));
    assert_eq!(place.ask(&Request::Connect(cable())), Answer::Done);
    assert!(!exists(&place.machine.places.networkd()));
    assert_eq!(place.state().network, Some(cable()));
    assert_eq!(
        place
            .read("data/etc/borne/tactile.toml")
            .unwrap()
            .lines()
            .count(),
        1
    );
}

#[test]
fn a_wireless_network_is_joined_kept_and_its_passphrase_never_told() {
    let place = school();
    let network = wireless("école", Some("un deux trois"));
    assert_eq!(place.ask(&Request::Connect(network)), Answer::Done);
    assert_eq!(place.asked()[0], "join école un deux trois");
    assert_eq!(profiles(&place), ["=c3a9636f6c65.psk"]);
    assert_eq!(place.state().network, Some(wireless("école", None)));
    let told = place.read("data/etc/borne/network.json").unwrap();
    assert!(!told.contains("deux"), "{told}");
}

#[test]
fn a_wrong_passphrase_leaves_the_network_that_was_in_use() {
    let place = school();
    place.ask(&Request::Connect(wireless("école", Some("un deux trois"))));
    let before = (profiles(&place), place.state());
    let profile = place.read("data/etc/iwd/=c3a9636f6c65.psk");
    place.asked();
    let refused = Answer::Refused(Refusal::NotLetIn);
    assert_eq!(
        place.ask(&Request::Connect(wireless("voisin", Some("mot de passe")))),
        refused
    );
    assert_eq!(
        place.asked(),
        ["join voisin mot de passe", "join école known"]
    );
    assert_eq!((profiles(&place), place.state()), before);
    assert_eq!(place.read("data/etc/iwd/=c3a9636f6c65.psk"), profile);
}

#[test]
fn another_network_takes_the_place_of_the_one_before() {
    let place = school();
    place.ask(&Request::Connect(wireless("école", Some("un deux trois"))));
    assert_eq!(
        place.ask(&Request::Connect(wireless("invités", None))),
        Answer::Done
    );
    assert_eq!(profiles(&place), ["=696e766974c3a973.open"]);
    assert_eq!(place.ask(&Request::Connect(cable())), Answer::Done);
    assert_eq!(profiles(&place), [""; 0]);
}

#[test]
fn a_known_network_keeps_its_passphrase_when_only_the_address_changes() {
    let place = school();
    place.ask(&Request::Connect(wireless("école", Some("un deux trois"))));
    let again = Network {
        address: fixed().address,
        ..wireless("école", None)
    };
    assert_eq!(place.ask(&Request::Connect(again)), Answer::Done);
    assert_eq!(profiles(&place), ["=c3a9636f6c65.psk"]);
    let profile = place.read("data/etc/iwd/=c3a9636f6c65.psk").unwrap();
    assert!(profile.contains("Passphrase="), "{profile}");
}

#[test]
fn what_cannot_be_a_network_is_refused_before_anything_is_tried() {
    let place = Place::new();
    let network = wireless("a\nb", None);
    let refused = Answer::Refused(Refusal::Network(NetworkError::Name));
    assert_eq!(place.ask(&Request::Connect(network)), refused);
    let proxy = Url::parse("http://proxy.example/?x").unwrap();
    let network = Network {
        proxy: Some(proxy),
        ..cable()
    };
    let answer = place.ask(&Request::Connect(network));
    assert!(
        matches!(&answer, Answer::Refused(Refusal::Setting { key, .. }) if key == "sync.proxy"),
        "{answer:?}"
    );
    assert_eq!(place.asked(), [""; 0]);
    assert_eq!(place.state().network, None);
}

#[test]
fn without_a_card_nothing_is_tried() {
    let mut place = school();
    place.machine.host.cards.clear();
    for request in [
        Request::Scan,
        Request::Connect(cable()),
        Request::Connect(wireless("école", None)),
    ] {
        assert_eq!(place.ask(&request), Answer::Refused(Refusal::NoCard));
    }
    assert_eq!(place.asked(), [""; 0]);
}

#[test]
fn networks_in_reach_stand_once_the_strongest_first() {
    let Answer::Reach(found) = Place::new().ask(&Request::Scan) else {
        panic!("no networks");
    };
    let found: Vec<_> = found.iter().map(|it| (&*it.name, it.strength)).collect();
    assert_eq!(found, [("école", 4), ("loin", 1)]);
}
