//! The code of Maintenance, as it is set when a borne is settled.

use super::*;
use crate::pin;
use crate::settings;

const TACTILE: &str = "data/etc/borne/tactile.toml";

fn hash(place: &Place) -> String {
    let settings = settings::load(Some(&place.machine.places.settings)).unwrap();
    settings.access.maintenance_pin_hash.unwrap()
}

#[test]
fn a_code_is_kept_as_a_hash_that_it_alone_opens() {
    let place = Place::new();
    assert!(!place.state().code);
    assert_eq!(place.ask(&Request::Settle(site("mons-1"))), Answer::Done);
    let kept = hash(&place);
    assert!(pin::verify(CODE, &kept));
    assert!(!pin::verify("2581", &kept));
    let file = place.read(TACTILE).unwrap();
    assert!(!file.contains(CODE), "{file}");
    place.ask(&Request::Turn(90));
    assert_eq!(hash(&place), kept, "what else is set leaves it");
}

#[test]
fn what_is_no_code_is_refused_and_nothing_changes() {
    for code in [
        None,
        Some(""),
        Some("258"),
        Some("258036914"),
        Some("25a0"),
        Some("0000"),
        Some("1234"),
    ] {
        let place = Place::new();
        let code = code.map(|it| Pin(it.to_owned()));
        let site = Site {
            code,
            ..site("mons-1")
        };
        let refused = Answer::Refused(Refusal::Code);
        assert_eq!(
            place.ask(&Request::Settle(site.clone())),
            refused,
            "{site:?}"
        );
        assert_eq!(place.read(TACTILE), None);
        assert_eq!(place.asked(), [""; 0]);
        assert!(!place.state().settled);
    }
}

#[test]
fn a_code_that_the_machine_brings_stays() {
    let place = Place::new();
    let brought = pin::hash("4711", &[1; SALT_BYTES]).unwrap();
    let image = format!("{IMAGE}[access]\nmaintenance_pin_hash = \"{brought}\"\n");
    fs::write(place.machine.places.settings.join("borne.toml"), image).unwrap();
    assert!(place.state().code);
    let other = place.ask(&Request::Settle(site("mons-1")));
    assert_eq!(other, Answer::Refused(Refusal::Malformed));
    assert_eq!(place.read(TACTILE), None);
    let code = None;
    let site = Site {
        code,
        ..site("mons-1")
    };
    assert_eq!(place.ask(&Request::Settle(site)), Answer::Done);
    assert_eq!(hash(&place), brought);
}

#[test]
fn without_random_bytes_nothing_is_settled() {
    let Place { folder, machine } = Place::new();
    let machine = Machine::new(machine.places, machine.host, || {
        Err(getrandom::Error::UNSUPPORTED)
    });
    let place = Place { folder, machine };
    let answer = place.ask(&Request::Settle(site("mons-1")));
    assert_eq!(answer, Answer::Refused(Refusal::Service));
    assert_eq!(place.read(TACTILE), None);
}
