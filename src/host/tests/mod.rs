//! What is done for each request, with real files and a system that notes what it is asked.

mod bus;
mod code;
mod files;
mod network;
mod settings;
mod socket;
mod stand_ins;

use std::cell::RefCell;
use std::fs;
use std::path::Path;

use tempfile::TempDir;
use url::Url;

use super::*;
use crate::pin::{Pin, SALT_BYTES};

/// What an image brings.
const IMAGE: &str = "[storage]\ndata = \"/data/borne\"\n[sync]\nroot = \"root.json\"\n\
                     url = \"http://depot.example/\"\n[sound]\nquiet_ceiling_percent = 30\n";

/// A system that notes what it is asked.
#[derive(Default)]
struct Noted {
    asked: RefCell<Vec<String>>,
    cards: Vec<Card>,
    /// Names of wireless networks that let it in, whatever the passphrase.
    open_to: Vec<&'static str>,
    /// Nothing of the system answers but the cards.
    fails: bool,
}

impl Noted {
    fn note(&self, asked: String) -> Result<(), ServiceError> {
        self.asked.borrow_mut().push(asked);
        if self.fails {
            let (service, detail) = ("stand-in", "is told to fail".to_owned());
            return Err(ServiceError::Service { service, detail });
        }
        Ok(())
    }
}

impl Host for Noted {
    fn cards(&self) -> Result<Vec<Card>, ServiceError> {
        Ok(self.cards.clone())
    }

    fn scan(&self) -> Result<Vec<Reach>, ServiceError> {
        self.note("scan".to_owned())?;
        let reach = |name: &str, strength| Reach {
            name: name.to_owned(),
            strength,
            secured: true,
            enterprise: false,
        };
        let found = [
            ("loin", 1),
            ("école", 2),
            ("école", 4),
            ("", 4),
            ("a\nb", 4),
        ];
        Ok(found.map(|(name, strength)| reach(name, strength)).into())
    }

    fn join(&self, name: &str, passphrase: Option<&Passphrase>) -> Result<Found, ServiceError> {
        let secret = passphrase.map_or("known", |it| &it.0);
        self.note(format!("join {name} {secret}"))?;
        if self.open_to.contains(&name) {
            return Ok(Found::InReach);
        }
        Err(ServiceError::NotLetIn(name.to_owned()))
    }

    fn leave(&self) -> Result<(), ServiceError> {
        self.note("leave".to_owned())
    }

    fn reload_networks(&self) -> Result<(), ServiceError> {
        self.note("reload".to_owned())
    }

    fn restart(&self, unit: Unit) -> Result<(), ServiceError> {
        self.note(unit.name().to_owned())
    }

    fn power(&self, power: Power) -> Result<(), ServiceError> {
        self.note(format!("{power:?}"))
    }
}

fn card(name: &str, kind: Kind) -> Card {
    Card {
        name: name.to_owned(),
        kind,
        linked: true,
        addresses: Vec::new(),
    }
}

/// A machine as it leaves the workshop.
struct Place {
    folder: TempDir,
    machine: Machine<Noted>,
}

impl Place {
    fn new() -> Self {
        Self::with(Noted::default())
    }

    fn with(mut host: Noted) -> Self {
        let folder = TempDir::new().unwrap();
        let places = Places::under(folder.path());
        for path in [
            &places.settings,
            &places.own,
            &places.networks,
            &places.wireless,
            &places.stick,
        ] {
            fs::create_dir_all(path).unwrap();
        }
        fs::write(places.settings.join("borne.toml"), IMAGE).unwrap();
        for name in ["site.toml", "tactile.toml"] {
            std::os::unix::fs::symlink(places.own.join(name), places.settings.join(name)).unwrap();
        }
        host.cards = vec![card("wlan0", Kind::Wireless), card("enp1s0", Kind::Cable)];
        let machine = Machine::new(places, host, || Ok([7; SALT_BYTES]));
        Self { folder, machine }
    }

    fn ask(&self, request: &Request) -> Answer {
        self.machine.answer(request)
    }

    /// What the system was asked since the last time.
    fn asked(&self) -> Vec<String> {
        self.machine.host.asked.take()
    }

    fn state(&self) -> State {
        match self.ask(&Request::State) {
            Answer::State(state) => *state,
            other => panic!("{other:?}"),
        }
    }

    fn stick(&self, text: &str) {
        fs::write(self.machine.places.stick.join("borne.toml"), text).unwrap();
    }

    fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.folder.path().join(path)).ok()
    }
}

/// The code that a person chose.
const CODE: &str = "2580";

fn site(id: &str) -> Site {
    Site {
        id: id.to_owned(),
        site: "CEFO de Mons".to_owned(),
        url: None,
        languages: vec!["fr".to_owned(), "nl".to_owned()],
        code: Some(Pin(CODE.to_owned())),
    }
}

fn cable() -> Network {
    Network {
        via: Via::Cable,
        address: Address::Automatic,
        proxy: None,
    }
}

fn wireless(name: &str, passphrase: Option<&str>) -> Network {
    Network {
        via: Via::Wireless {
            name: name.to_owned(),
            passphrase: passphrase.map(|it| Passphrase(it.to_owned())),
        },
        ..cable()
    }
}

fn exists(path: &Path) -> bool {
    path.try_exists().unwrap()
}
