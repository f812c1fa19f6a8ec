//! The services of the system, on a private bus with stand-ins.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use zbus::Connection;

use super::stand_ins::{Notes, runtime, services};
use super::*;

const CONFIG: &str = "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>\
    <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
    <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>";

/// A bus of this test alone.
struct Private {
    daemon: Child,
    address: String,
    notes: Notes,
    /// The stand-ins, while it lives.
    services: Connection,
    _folder: TempDir,
}

impl Private {
    fn start(with_card: bool) -> Self {
        let folder = TempDir::new().unwrap();
        let config = folder.path().join("bus.conf");
        fs::write(&config, CONFIG).unwrap();
        let mut daemon = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--nopidfile", "--print-address"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon is missing: install the package dbus (tests/packages)");
        let mut address = String::new();
        let said = daemon.stdout.take().unwrap();
        BufReader::new(said).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        let notes = Notes::default();
        let services = runtime()
            .block_on(services(&address, &notes, with_card))
            .unwrap();
        Self {
            daemon,
            address,
            notes,
            services,
            _folder: folder,
        }
    }

    fn bus(&self) -> Bus {
        Bus::open(Some(&self.address)).unwrap()
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

#[test]
fn cards_are_those_of_networkd_without_what_no_card_makes() {
    let private = Private::start(true);
    let cards = reach::in_order(private.bus().cards().unwrap());
    let enp1s0 = Card {
        addresses: vec!["192.168.1.20/24".to_owned(), "2001:db8::1/64".to_owned()],
        ..card("enp1s0", Kind::Cable)
    };
    let wlan0 = Card {
        linked: false,
        ..card("wlan0", Kind::Wireless)
    };
    assert_eq!(cards, [enp1s0, wlan0]);
}

#[test]
fn networks_in_reach_are_those_of_a_new_look() {
    let private = Private::start(true);
    let found = reach::by_strength(private.bus().scan().unwrap());
    let found: Vec<_> = found
        .iter()
        .map(|it| (&*it.name, it.strength, it.secured, it.enterprise))
        .collect();
    let expected = [
        ("école", 4, true, false),
        ("bibliothèque", 2, false, false),
        ("firme", 0, true, true),
    ];
    assert_eq!(found, expected);
    assert_eq!(private.notes.take(), ["scan"]);
}

#[test]
fn a_network_lets_in_who_knows_its_passphrase() {
    let private = Private::start(true);
    let bus = private.bus();
    let know = |passphrase: &str| Passphrase(passphrase.to_owned());
    let joined = bus.join("école", Some(&know("un deux trois")));
    assert_eq!(joined.unwrap(), Found::InReach);
    assert_eq!(
        private.notes.take(),
        ["disconnect", "scan", "connect école"]
    );
    for refused in [
        bus.join("école", Some(&know("un deux quatre"))),
        bus.join("ailleurs", None),
    ] {
        assert!(
            matches!(refused, Err(ServiceError::NotLetIn(_))),
            "{refused:?}"
        );
    }
    assert_eq!(bus.join("bibliothèque", None).unwrap(), Found::InReach);
    assert_eq!(bus.join("caché", None).unwrap(), Found::ByName);
    assert_eq!(private.notes.take().last().unwrap(), "hidden caché");
}

#[test]
fn without_a_wireless_card_there_is_nothing_to_look_with_and_nothing_to_leave() {
    let private = Private::start(false);
    let bus = private.bus();
    assert!(matches!(bus.scan(), Err(ServiceError::NoCard)));
    assert!(matches!(bus.join("école", None), Err(ServiceError::NoCard)));
    bus.leave().unwrap();
    assert_eq!(private.notes.take(), [""; 0]);
}

#[test]
fn services_and_the_machine_start_again_without_a_question() {
    let private = Private::start(true);
    let bus = private.bus();
    bus.restart(Unit::Sync).unwrap();
    bus.restart(Unit::Play).unwrap();
    bus.reload_networks().unwrap();
    bus.power(Power::Restart).unwrap();
    bus.power(Power::Off).unwrap();
    bus.leave().unwrap();
    let expected = [
        "reset borne-sync.service",
        "restart borne-sync.service replace",
        "reset borne-play.service",
        "restart borne-play.service replace",
        "reload",
        "reboot false",
        "power off false",
        "disconnect",
    ];
    assert_eq!(private.notes.take(), expected);
}

#[test]
fn a_service_that_is_not_there_is_named() {
    let private = Private::start(true);
    let bus = private.bus();
    runtime()
        .block_on(private.services.release_name("org.freedesktop.login1"))
        .unwrap();
    let error = bus.power(Power::Off).unwrap_err().to_string();
    assert!(error.starts_with("org.freedesktop.login1: "), "{error}");
}
