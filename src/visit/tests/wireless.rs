//! A wireless network and its passphrase.

use crate::host::{Address, Answer, Network, Passphrase, Reach, Refusal, Request, State, Via};

use super::super::*;
use super::at;
use super::setup::{at_network, does, installing, joining, machine, says, setup, types};

/// What nobody types by accident.
const SECRET: &str = "Chut-1234";

/// At the passphrase of a network, with it typed.
fn at_passphrase(mut visit: Visit) -> Visit {
    does(&mut visit, Deed::Go(Step::Wireless));
    let reach = vec![Reach {
        name: "CEFO".to_owned(),
        strength: 4,
        secured: true,
        enterprise: false,
    }];
    says(&mut visit, Asked::Scan, Answer::Reach(reach));
    does(&mut visit, joining("CEFO", true));
    types(&mut visit, Field::Passphrase, SECRET);
    visit
}

fn wireless() -> Network {
    Network {
        via: Via::Wireless {
            name: "CEFO".to_owned(),
            passphrase: Some(Passphrase(SECRET.to_owned())),
        },
        address: Address::Automatic,
        proxy: None,
    }
}

#[test]
fn a_wrong_passphrase_is_corrected_where_it_was_typed() {
    let mut visit = at_passphrase(at_network());
    let asked = does(&mut visit, Deed::Apply);
    assert_eq!(asked, [Effect::Ask(Request::Connect(wireless()))]);
    says(
        &mut visit,
        Asked::Connect,
        Answer::Refused(Refusal::NotLetIn),
    );
    assert_eq!(setup(&visit).step(), Step::Passphrase);
    assert_eq!(setup(&visit).told, Told::Refused(Refusal::NotLetIn));
    assert_eq!(setup(&visit).typed.text(Field::Passphrase), SECRET);
    types(&mut visit, Field::Passphrase, "!");
    does(&mut visit, Deed::Apply);
    says(&mut visit, Asked::Connect, Answer::Done);
    assert_eq!(setup(&visit).step(), Step::Network);
    assert_eq!(setup(&visit).told, Told::Done);
}

#[test]
fn a_passphrase_is_not_tried_on_another_network() {
    let mut visit = at_passphrase(at_network());
    visit.update(at(4), Action::Back);
    does(&mut visit, joining("Voisin", true));
    assert_eq!(setup(&visit).typed.text(Field::Passphrase), "");
}

#[test]
fn a_proxy_on_a_wireless_network_asks_for_its_passphrase_again() {
    let mut visit = installing();
    let network = Network {
        via: Via::Wireless {
            name: "CEFO".to_owned(),
            passphrase: None,
        },
        ..wireless()
    };
    let state = State {
        network: Some(network),
        ..machine()
    };
    says(&mut visit, Asked::State, Answer::State(Box::new(state)));
    does(&mut visit, Deed::Go(Step::Network));
    does(&mut visit, Deed::Go(Step::Proxy));
    types(&mut visit, Field::Proxy, "proxy.example:3128");
    assert_eq!(does(&mut visit, Deed::Apply), []);
    assert_eq!(setup(&visit).step(), Step::Passphrase);
    types(&mut visit, Field::Passphrase, SECRET);
    let expected = Network {
        proxy: "http://proxy.example:3128/".parse().ok(),
        ..wireless()
    };
    let asked = does(&mut visit, Deed::Apply);
    assert_eq!(asked, [Effect::Ask(Request::Connect(expected))]);
}

#[test]
fn nothing_of_a_passphrase_stays_once_the_network_is_left() {
    let network = || {
        let mut visit = super::after([Action::Wake]);
        visit.update(at(2), Action::OpenCode(Area::Maintenance));
        visit.update(at(2), Action::CodeJudged(Verdict::Accepted));
        visit.update(at(2), Action::Order(Order::Open));
        visit.update(at(2), Action::Order(Order::OpenNetwork));
        at_passphrase(visit)
    };
    for leave in [Action::Home, Action::Search, Action::Help, Action::Leave] {
        let mut visit = network();
        assert_eq!(setup(&visit).typed.text(Field::Passphrase), SECRET);
        visit.update(at(5), leave.clone());
        assert_eq!(visit.setup(), None, "{leave:?}");
    }
    let mut visit = network();
    for _ in 0..3 {
        visit.update(at(5), Action::Back);
    }
    assert_eq!(visit.place(), &Place::Machine);
    assert_eq!(visit.setup(), None);
}

#[test]
fn no_log_shows_a_passphrase() {
    let mut visit = at_passphrase(at_network());
    let effects = does(&mut visit, Deed::Apply);
    assert!(!format!("{visit:?} {effects:?}").contains(SECRET));
}
