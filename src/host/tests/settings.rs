//! Who the borne is, its stick, its picture and sound, a fresh start.

use super::*;

#[test]
fn a_new_machine_is_not_settled_and_says_its_cards_cables_first() {
    let place = Place::new();
    let state = place.state();
    let names: Vec<_> = state.cards.iter().map(|card| &*card.name).collect();
    assert_eq!(names, ["enp1s0", "wlan0"]);
    assert_eq!(
        state.repository,
        Some(Url::parse("http://depot.example/").unwrap())
    );
    assert_eq!(
        (state.settled, state.network, state.stick, state.turned),
        (false, None, None, 0)
    );
}

#[test]
fn a_settled_machine_knows_itself_and_starts_its_services_again() {
    let place = Place::new();
    assert_eq!(place.ask(&Request::Settle(site("mons-1"))), Answer::Done);
    assert_eq!(place.asked(), ["borne-sync.service", "borne-play.service"]);
    let settings = crate::settings::load(Some(&place.machine.places.settings)).unwrap();
    assert_eq!(
        (&*settings.borne.id, &*settings.borne.site),
        ("mons-1", "CEFO de Mons")
    );
    assert_eq!(settings.languages, ["fr", "nl"]);
    assert!(place.state().settled);
}

#[test]
fn what_the_settings_refuse_changes_nothing() {
    let place = Place::new();
    place.ask(&Request::Settle(site("mons-1")));
    let before = place.read("data/etc/borne/tactile.toml");
    place.asked();
    let loud = |default, ceiling| Request::Loudness { default, ceiling };
    for (request, wrong) in [
        (Request::Settle(site("Mons 1")), "borne.id"),
        (Request::Turn(45), "screen.turned"),
        (loud(90, 80), "sound.default_percent"),
        (loud(50, 101), "sound.ceiling_percent"),
    ] {
        let Answer::Refused(Refusal::Setting { key, sentence }) = place.ask(&request) else {
            panic!("{request:?} is taken");
        };
        assert_eq!(key, wrong);
        assert!(sentence.contains("tactile.toml, ligne"), "{sentence}");
    }
    assert_eq!(place.read("data/etc/borne/tactile.toml"), before);
    assert_eq!(place.asked(), [""; 0]);
}

#[test]
fn what_was_set_before_stays_when_something_else_is_set() {
    let place = Place::new();
    assert_eq!(place.ask(&Request::Turn(270)), Answer::Done);
    assert_eq!(place.asked(), ["borne-play.service"]);
    place.ask(&Request::Settle(site("mons-1")));
    let loud = Request::Loudness {
        default: 10,
        ceiling: 20,
    };
    assert_eq!(place.ask(&loud), Answer::Done);
    let settings = crate::settings::load(Some(&place.machine.places.settings)).unwrap();
    assert_eq!(
        (settings.screen.turned, &*settings.borne.id),
        (270, "mons-1")
    );
    let sound = settings.sound;
    assert_eq!((sound.default_percent, sound.ceiling_percent), (10, 20));
    assert_eq!(sound.quiet_ceiling_percent, 20);
    assert_eq!(place.state().turned, 270);
}

#[test]
fn a_stick_is_described_and_taken_while_there_are_no_settings() {
    let place = Place::new();
    assert_eq!(
        place.ask(&Request::TakeStick),
        Answer::Refused(Refusal::NoStick)
    );
    place.stick("[borne]\nid = \"mons-2\"\nsite = \"Mons\"\n");
    let stick = place.state().stick.unwrap();
    assert_eq!(
        (stick.id.as_deref(), &*stick.site, stick.problem),
        (Some("mons-2"), "Mons", None)
    );
    assert!(!place.state().settled);
    assert_eq!(place.ask(&Request::TakeStick), Answer::Done);
    assert_eq!(place.asked(), ["borne-sync.service", "borne-play.service"]);
    assert!(place.state().settled);
    place.stick("[borne]\nid = \"other\"\n");
    assert_eq!(
        place.ask(&Request::TakeStick),
        Answer::Refused(Refusal::NoStick)
    );
    let settings = crate::settings::load(Some(&place.machine.places.settings)).unwrap();
    assert_eq!(settings.borne.id, "mons-2");
}

#[test]
fn a_stick_brings_no_key_that_belongs_to_the_system() {
    let id = "[borne]\nid = \"mons-2\"\n";
    let long = format!("{id}# {}", "x".repeat(70_000));
    for (text, wrong) in [
        (
            format!("{id}[storage]\ndata = \"/data/rauc\"\n"),
            "« storage »",
        ),
        (format!("{id}[firmware]\nproduct = \"x\"\n"), "« firmware »"),
        (
            format!("{id}[sync]\nroot = \"/tmp/root.json\"\n"),
            "« sync.root »",
        ),
        (
            format!("{id}[sync]\nimport = \"/tmp\"\n"),
            "« sync.import »",
        ),
        (
            format!("{id}[central]\nurl = \"http://c/\"\ntoken_file = \"/etc/shadow\"\n"),
            "« central.token_file »",
        ),
        (
            "[borne]\nid = \"Mons\"\n".to_owned(),
            "borne.toml de la clé, ligne 2",
        ),
        ("[borne\n".to_owned(), "borne.toml de la clé, ligne 1"),
        ("[screen]\nturned = 90\n".to_owned(), "borne.id"),
        (long, "64 ko"),
    ] {
        let place = Place::new();
        place.stick(&text);
        let stick = place.state().stick.unwrap();
        let problem = stick.problem.unwrap_or_else(|| panic!("{wrong} is taken"));
        assert!(problem.contains(wrong), "{problem}");
        assert_ne!(place.ask(&Request::TakeStick), Answer::Done);
        assert_eq!(place.read("data/etc/borne/site.toml"), None);
    }
}

#[test]
fn a_stick_may_say_where_statistics_go() {
    let place = Place::new();
    let central =
        "[central]\nurl = \"http://central.example/\"\ntoken_file = \"/data/borne/token\"\n";
    place.stick(&format!("[borne]\nid = \"mons-2\"\n{central}"));
    assert_eq!(place.ask(&Request::TakeStick), Answer::Done);
}

#[test]
fn a_reset_leaves_a_mark_and_starts_the_machine_again() {
    let place = Place::new();
    assert_eq!(place.ask(&Request::Reset), Answer::Done);
    assert_eq!(place.asked(), ["Restart"]);
    assert_eq!(place.read("data/.reset").unwrap(), "1\n");
}

#[test]
fn a_reset_that_does_not_start_the_machine_again_is_no_reset_later() {
    let place = Place::with(Noted {
        fails: true,
        ..Noted::default()
    });
    assert_eq!(
        place.ask(&Request::Reset),
        Answer::Refused(Refusal::Service)
    );
    assert_eq!(place.read("data/.reset").unwrap(), "");
}

#[test]
fn what_is_set_lasts_also_when_a_service_does_not_start_again() {
    let place = Place::with(Noted {
        fails: true,
        ..Noted::default()
    });
    assert_eq!(place.ask(&Request::Settle(site("mons-1"))), Answer::Done);
    assert_eq!(place.asked(), ["borne-sync.service", "borne-play.service"]);
    assert!(place.state().settled);
}

#[test]
fn the_machine_is_turned_off_or_started_again() {
    let place = Place::new();
    place.ask(&Request::PowerOff);
    place.ask(&Request::Restart);
    assert_eq!(place.asked(), ["Off", "Restart"]);
}

#[test]
fn a_disk_that_takes_nothing_is_said_and_what_was_there_stays() {
    let place = Place::new();
    place.ask(&Request::Settle(site("mons-1")));
    place.asked();
    // A folder where the file would be written first.
    fs::create_dir(place.machine.places.own.join("tactile.new")).unwrap();
    assert_eq!(
        place.ask(&Request::Turn(90)),
        Answer::Refused(Refusal::Disk)
    );
    assert_eq!(place.asked(), [""; 0]);
    assert!(place.state().settled);
}

#[test]
fn settings_of_the_screen_that_somebody_has_spoilt_are_named() {
    let place = Place::new();
    fs::write(place.machine.places.tactile(), "[borne]\nname = 1\n").unwrap();
    let Answer::Refused(Refusal::Setting { sentence, .. }) = place.ask(&Request::Turn(90)) else {
        panic!("is taken");
    };
    assert!(
        sentence.contains("tactile.toml") && sentence.contains("name"),
        "{sentence}"
    );
}
