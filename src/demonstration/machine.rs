//! A machine for pictures and measures: it answers, and changes nothing.

use crate::host::{Answer, Card, Kind, Reach, Refusal, Request, State, Stick};
use crate::view;

/// A PC with a cable and a wireless card, a stick with settings, and networks in reach; all of it
/// invented, and named so.
pub struct Machine;

impl view::Machine for Machine {
    fn ask(&self, request: &Request) -> Answer {
        match request {
            Request::State => Answer::State(Box::new(state())),
            Request::Scan => Answer::Reach(reach()),
            Request::Connect(_) => Answer::Refused(Refusal::NotLetIn),
            _ => Answer::Done,
        }
    }
}

fn state() -> State {
    let card = |name: &str, kind, address: Option<&str>| Card {
        name: name.to_owned(),
        kind,
        linked: address.is_some(),
        addresses: address.into_iter().map(str::to_owned).collect(),
    };
    State {
        cards: vec![
            card("enp1s0", Kind::Cable, Some("192.0.2.20/24")),
            card("wlp2s0", Kind::Wireless, None),
        ],
        stick: Some(Stick {
            id: Some("demonstration".to_owned()),
            site: "Borne de démonstration".to_owned(),
            problem: None,
        }),
        ..State::default()
    }
}

fn reach() -> Vec<Reach> {
    let reach = |name: &str, strength, secured, enterprise| Reach {
        name: name.to_owned(),
        strength,
        secured,
        enterprise,
    };
    vec![
        reach("Démonstration", 4, true, false),
        reach("Démonstration-Visiteurs", 3, false, false),
        reach("Démonstration-Comptes", 2, true, true),
        reach("Démonstration-Loin", 1, true, false),
        reach("Démonstration-Très-loin", 0, true, false),
    ]
}
