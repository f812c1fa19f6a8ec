//! What is done for each request.

use std::fs::{self, File};
use std::io::Write as _;
use std::{fmt, io};

use crate::pin::{self, Pin, SALT_BYTES};
use crate::settings::{self, Settings, SettingsError};

use super::places::{self, Places, Readers, SITE, TACTILE, absent_or};
use super::services::{Host, Power, ServiceError, Unit};
use super::tactile::Tactile;
use super::{Answer, Network, Refusal, Request, Site, State, Stick, stick};

/// The machine: its files, and the services of its system.
#[derive(Debug)]
pub struct Machine<H> {
    pub(super) places: Places,
    pub(super) host: H,
    salt: Salt,
}

/// Gives random bytes for the hash of a code, used once.
pub type Salt = fn() -> Result<[u8; SALT_BYTES], getrandom::Error>;

impl<H: Host> Machine<H> {
    /// A machine with its files at `places`.
    pub const fn new(places: Places, host: H, salt: Salt) -> Self {
        Self { places, host, salt }
    }

    /// Does what is asked, and says how it went.
    pub fn answer(&self, request: &Request) -> Answer {
        let done = match request {
            Request::State => return Answer::State(Box::new(self.state())),
            Request::Scan => return self.reach().map_or_else(Answer::Refused, Answer::Reach),
            Request::Connect(network) => self.connect(network),
            Request::Settle(site) => self.settle(site),
            Request::TakeStick => self.take_stick(),
            Request::Turn(degrees) => self.turn(*degrees),
            Request::Loudness { default, ceiling } => self.loudness(*default, *ceiling),
            Request::Reset => self.reset(),
            Request::Restart => self.host.power(Power::Restart).map_err(refusal),
            Request::PowerOff => self.host.power(Power::Off).map_err(refusal),
        };
        done.map_or_else(Answer::Refused, |()| Answer::Done)
    }

    fn state(&self) -> State {
        let settings = settings::load_or_unsettled(Some(&self.places.settings));
        let settings = settings.inspect_err(noted).ok();
        let own = self.without_tactile().inspect_err(noted).ok();
        let cards = self.host.cards().inspect_err(noted).unwrap_or_default();
        State {
            settled: settings.as_ref().is_some_and(Settings::is_settled),
            network: self.network(),
            cards: super::reach::in_order(cards),
            stick: self.stick(),
            code: own.as_ref().is_some_and(brings_code),
            repository: own.and_then(|it| it.repository().cloned()),
            turned: settings.map_or(0, |it| it.screen.turned),
        }
    }

    /// The way to the network as it was set, with the proxy of the settings.
    pub(super) fn network(&self) -> Option<Network> {
        let read = absent_or(fs::read(self.places.network()));
        let bytes = read.inspect_err(noted).ok()??;
        serde_json::from_slice(&bytes).inspect_err(noted).ok()
    }

    /// All settings but those that the screen has set.
    fn without_tactile(&self) -> Result<Settings, SettingsError> {
        settings::load_or_unsettled_with(&self.places.settings, TACTILE, "")
    }

    fn settle(&self, site: &Site) -> Result<(), Refusal> {
        let hash = self.hashed(site.code.as_ref())?;
        self.set(|tactile| tactile.settled(site, hash), settings::load_with)?;
        self.begin_again(&[Unit::Sync, Unit::Play]);
        Ok(())
    }

    /// The code of Maintenance as settings keep it; `None` where the machine brings one. Without any nobody
    /// could ever change the network or begin anew.
    fn hashed(&self, code: Option<&Pin>) -> Result<Option<String>, Refusal> {
        let brought = brings_code(&self.without_tactile().map_err(setting)?);
        match code {
            None if brought => Ok(None),
            // Nobody is asked for one then.
            Some(_) if brought => Err(Refusal::Malformed),
            Some(code) if pin::can_be_chosen(&code.0) => {
                let salt = (self.salt)().map_err(failed)?;
                pin::hash(&code.0, &salt).map(Some).map_err(failed)
            }
            _ => Err(Refusal::Code),
        }
    }

    fn turn(&self, degrees: u16) -> Result<(), Refusal> {
        self.set(|tactile| tactile.turned(degrees), OPEN)?;
        self.begin_again(&[Unit::Play]);
        Ok(())
    }

    /// The screen has the new loudness already when it asks: nothing is started again.
    fn loudness(&self, default: u8, ceiling: u8) -> Result<(), Refusal> {
        let own = self.without_tactile().map_err(setting)?;
        let quiet = own.sound.quiet_ceiling_percent;
        let quiet = (quiet > ceiling).then_some(ceiling);
        self.set(|tactile| tactile.loud(default, ceiling, quiet), OPEN)
    }

    fn set(&self, change: impl FnOnce(Tactile) -> Tactile, load: Load) -> Result<(), Refusal> {
        let text = self.changed(change, load)?;
        self.write_tactile(&text)
    }

    /// What the screen has set, with a change, when all settings hold with it.
    pub(super) fn changed(
        &self,
        change: impl FnOnce(Tactile) -> Tactile,
        load: Load,
    ) -> Result<String, Refusal> {
        let text = change(self.tactile()?).render().map_err(disk)?;
        load(&self.places.settings, TACTILE, &text).map_err(setting)?;
        Ok(text)
    }

    pub(super) fn write_tactile(&self, text: &str) -> Result<(), Refusal> {
        places::write(&self.places.tactile(), text.as_bytes(), Readers::Group).map_err(disk)
    }

    fn tactile(&self) -> Result<Tactile, Refusal> {
        let read = absent_or(fs::read_to_string(self.places.tactile()));
        let text = read.map_err(disk)?.unwrap_or_default();
        Tactile::parse(&text).map_err(|error| Refusal::Setting {
            key: String::new(),
            sentence: format!("{TACTILE} : {error}. Effacez ce fichier, puis recommencez."),
        })
    }

    fn take_stick(&self) -> Result<(), Refusal> {
        let settings = settings::load_or_unsettled(Some(&self.places.settings)).map_err(setting)?;
        if settings.is_settled() {
            return Err(Refusal::NoStick);
        }
        let text = stick::read(&self.places.stick).map_err(|error| {
            noted(&error);
            Refusal::NoStick
        })?;
        let text = text.ok_or(Refusal::NoStick)?;
        self.judge(&text)?;
        places::write(&self.places.site(), text.as_bytes(), Readers::Group).map_err(disk)?;
        self.begin_again(&[Unit::Sync, Unit::Play]);
        Ok(())
    }

    fn stick(&self) -> Option<Stick> {
        let judged = match stick::read(&self.places.stick) {
            Ok(None) => return None,
            Ok(Some(text)) => self.judge(&text),
            Err(error) => Err(stick::unreadable(&error)),
        };
        Some(match judged {
            Ok(settings) => Stick {
                id: Some(settings.borne.id),
                site: settings.borne.site,
                problem: None,
            },
            Err(refusal) => Stick {
                id: None,
                site: String::new(),
                problem: Some(stick::problem(refusal)),
            },
        })
    }

    /// The settings that a stick would make, all others with them.
    fn judge(&self, text: &str) -> Result<Settings, Refusal> {
        stick::check(text)?;
        let settings = settings::load_with(&self.places.settings, SITE, text);
        settings.map_err(|error| stick::named(setting(error), &self.places.settings.join(SITE)))
    }

    /// A mark, not the deed: nothing uses the disk yet when the next start finds it.
    fn reset(&self) -> Result<(), Refusal> {
        self.mark(b"1\n").map_err(disk)?;
        self.host.power(Power::Restart).map_err(|error| {
            if let Err(error) = self.mark(b"") {
                noted(&error);
            }
            refusal(error)
        })
    }

    /// Written in place: it is all of the disk's root that the helper may write.
    fn mark(&self, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(&self.places.reset)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// Lets services read what was set. It is set already and lasts: one that does not start again reads it
    /// at the next start of the machine.
    pub(super) fn begin_again(&self, units: &[Unit]) {
        for unit in units {
            if let Err(error) = self.host.restart(*unit) {
                tracing::error!(%error, unit = unit.name(), "a service has not started again");
            }
        }
    }
}

/// How settings are loaded with a file that is not there yet.
pub(super) type Load = fn(&std::path::Path, &str, &str) -> Result<Settings, SettingsError>;

/// Also while nobody has settled the borne.
pub(super) const OPEN: Load = settings::load_or_unsettled_with;

const fn brings_code(settings: &Settings) -> bool {
    settings.access.maintenance_pin_hash.is_some()
}

fn failed(error: impl fmt::Display) -> Refusal {
    tracing::error!(%error, "a code cannot be hashed");
    Refusal::Service
}

pub(super) fn noted(error: &impl fmt::Display) {
    tracing::warn!(%error, "part of the machine does not answer");
}

pub(super) fn disk(error: impl fmt::Display) -> Refusal {
    tracing::error!(%error, "the disk does not take it");
    Refusal::Disk
}

#[expect(clippy::needless_pass_by_value, reason = "the shape of map_err")]
pub(super) fn setting(error: SettingsError) -> Refusal {
    Refusal::Setting {
        key: error.key().to_owned(),
        sentence: error.to_string(),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape of map_err")]
pub(super) fn refusal(error: ServiceError) -> Refusal {
    tracing::warn!(%error, "a service has not done its part");
    match error {
        ServiceError::NoCard => Refusal::NoCard,
        ServiceError::NotLetIn(_) => Refusal::NotLetIn,
        ServiceError::Service { .. } => Refusal::Service,
    }
}
