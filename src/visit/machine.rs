//! The machine under the borne, as far as the screen may set it: from behind the code of Maintenance.
//!
//! ```text
//!  Maintenance ─▶ Machine ─┬▶ Reseau
//!                          ├▶ Ecran ─ Turn ─▶ (the screen starts anew) ─▶ Garder ─▶ Veille
//!                          ├▶ Volume                                        └ 15 s: turned back
//!                          └▶ Arret ─ Confirm ─▶ restart, power off
//!                               └─ Confirm ─▶ Code ─ Accepted ─▶ everything is erased
//! ```

use std::time::Duration;

use crate::host::{Answer, Request};

use super::access::Area;
use super::action::{Effect, SoundPolicy};
use super::outlook::{Asked, Outlook};
use super::place::Place;
use super::reducer::Visit;
use super::setup::{Purpose, Setup, Told};

/// Time to say that a turned picture can be read, before it turns back by itself.
pub const KEEP: Duration = Duration::from_secs(15);

/// One touch on "Moins fort" or "Plus fort", percent.
const STEP: u8 = 5;

/// How the picture can be turned, degrees clockwise.
pub const TURNS: [u16; 4] = [0, 90, 180, 270];

/// What ends or begins anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Halt {
    /// "Redémarrer".
    Restart,
    /// "Éteindre".
    PowerOff,
    /// "Remise à zéro".
    Reset,
}

/// What staff do to the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The page of the machine.
    Open,
    /// Its network.
    OpenNetwork,
    /// How the picture is turned.
    OpenScreen,
    /// How loud the borne is.
    OpenSound,
    /// What ends or begins anew.
    OpenHalt(Halt),
    /// Turns the picture, degrees clockwise.
    Turn(u16),
    /// The turned picture is kept.
    Keep,
    /// It is not.
    TurnBack,
    /// Steps louder at the start of a visit, negative for quieter.
    Default(i8),
    /// The same for what cannot be exceeded.
    Ceiling(i8),
    /// What was set is used.
    Save,
    /// What was asked for is confirmed.
    Confirm,
}

impl Visit {
    /// How the machine stands.
    #[must_use]
    pub const fn machine(&self) -> &Outlook {
        &self.machine
    }

    /// Asks how the machine stands where that is shown.
    pub(super) fn look_at_machine(&mut self) -> Vec<Effect> {
        let shown = self.path.iter().any(|step| {
            let first = matches!(step, Place::Installation(_));
            first || matches!(step, Place::Machine)
        });
        let due = shown && self.machine.is_due(self.now);
        due.then_some(Effect::Ask(Request::State))
            .into_iter()
            .collect()
    }

    /// Staff do something to the machine.
    pub(super) fn order(&mut self, order: Order) -> Vec<Effect> {
        match (order, self.path.last()) {
            (Order::Open, Some(Place::Maintenance)) => {
                self.machine = Outlook::default();
                self.go(Place::Machine)
            }
            (Order::OpenNetwork, Some(Place::Machine)) => {
                let setup = Box::new(Setup::new(Purpose::Network));
                self.go(Place::Reseau(setup))
            }
            (Order::OpenScreen, Some(Place::Machine)) => self.go(Place::Ecran(Told::Nothing)),
            (Order::OpenSound, Some(Place::Machine)) => self.go(Place::Volume {
                sound: self.sound,
                told: Told::Nothing,
            }),
            (Order::OpenHalt(halt), Some(Place::Machine)) => self.go(Place::Arret {
                halt,
                told: Told::Nothing,
            }),
            (Order::Turn(degrees), Some(Place::Ecran(_))) => self.turn_picture(degrees),
            (Order::Keep, Some(Place::Garder { told, .. })) if *told == Told::Nothing => {
                self.path.clear();
                vec![Effect::KeepTurn]
            }
            (Order::TurnBack, Some(Place::Garder { .. })) => self.turn_back(),
            (Order::Default(_) | Order::Ceiling(_) | Order::Save, Some(Place::Volume { .. })) => {
                self.set_loudness(order)
            }
            (Order::Confirm, Some(Place::Arret { .. })) => self.confirm(),
            _ => Vec::new(),
        }
    }

    /// What stands now is turned back to when nobody says that the new one can be read.
    fn turn_picture(&mut self, degrees: u16) -> Vec<Effect> {
        let Some(before) = self.machine.state.as_ref().map(|state| state.turned) else {
            return Vec::new();
        };
        let Some(Place::Ecran(told)) = self.path.last_mut() else {
            return Vec::new();
        };
        if *told == Told::Waiting || degrees == before || !TURNS.contains(&degrees) {
            return Vec::new();
        }
        *told = Told::Waiting;
        vec![Effect::TryTurn { before, degrees }]
    }

    /// A start after a turned picture: it is to be kept, or turned back.
    pub fn ask_to_keep(&mut self, before: u16) {
        self.path = vec![Place::Garder {
            before,
            until: None,
            told: Told::Nothing,
        }];
    }

    /// Whole seconds left to keep the turned picture.
    #[must_use]
    pub fn keep_s(&self) -> Option<u64> {
        let Place::Garder { until, .. } = self.place() else {
            return None;
        };
        let left = until.map_or(KEEP, |until| until.saturating_sub(self.now));
        left.as_millis().div_ceil(1000).try_into().ok()
    }

    /// Time passes while a turned picture waits to be kept.
    pub(super) fn wait_to_keep(&mut self) -> Vec<Effect> {
        let now = self.now;
        let Some(Place::Garder { until, .. }) = self.path.last_mut() else {
            return Vec::new();
        };
        if now >= *until.get_or_insert(now + KEEP) {
            return self.turn_back();
        }
        Vec::new()
    }

    fn turn_back(&mut self) -> Vec<Effect> {
        let Some(Place::Garder { before, told, .. }) = self.path.last_mut() else {
            return Vec::new();
        };
        if *told != Told::Nothing {
            return Vec::new();
        }
        *told = Told::Waiting;
        // The note goes first: a screen that starts anew must not ask again.
        vec![Effect::KeepTurn, Effect::Ask(Request::Turn(*before))]
    }

    fn set_loudness(&mut self, order: Order) -> Vec<Effect> {
        let Some(Place::Volume { sound, told }) = self.path.last_mut() else {
            return Vec::new();
        };
        if *told == Told::Waiting {
            return Vec::new();
        }
        match order {
            Order::Default(steps) => sound.default = moved(sound.default, steps).min(sound.ceiling),
            Order::Ceiling(steps) => {
                sound.ceiling = moved(sound.ceiling, steps);
                sound.default = sound.default.min(sound.ceiling);
            }
            _ => {
                *told = Told::Waiting;
                let SoundPolicy { default, ceiling } = *sound;
                return vec![Effect::Ask(Request::Loudness { default, ceiling })];
            }
        }
        *told = Told::Nothing;
        Vec::new()
    }

    /// What cannot be taken back asks for the code once more.
    fn confirm(&mut self) -> Vec<Effect> {
        let Some(Place::Arret { halt, told }) = self.path.last_mut() else {
            return Vec::new();
        };
        if *told == Told::Waiting {
            return Vec::new();
        }
        if *halt == Halt::Reset {
            return self.go(Place::code(Area::Reset));
        }
        *told = Told::Waiting;
        let restarts = *halt == Halt::Restart;
        let request = if restarts {
            Request::Restart
        } else {
            Request::PowerOff
        };
        vec![Effect::Ask(request)]
    }

    /// The code was typed once more: everything is erased.
    pub(super) fn erase_all(&mut self) -> Vec<Effect> {
        let Some(Place::Arret { halt, told }) = self.path.last_mut() else {
            return Vec::new();
        };
        if *halt != Halt::Reset {
            return Vec::new();
        }
        *told = Told::Waiting;
        vec![Effect::Ask(Request::Reset)]
    }

    /// The machine has answered.
    pub(super) fn answered(&mut self, asked: Asked, answer: Answer) -> Vec<Effect> {
        if asked == Asked::State {
            self.machine.answered(answer);
            return Vec::new();
        }
        if let Some(setup) = self.setup_mut() {
            setup.answered(asked, &answer);
            self.machine.look_again();
        }
        let told = match answer {
            Answer::Refused(refusal) => Told::Refused(refusal),
            _ => Told::Done,
        };
        self.tell(asked, &told)
    }

    fn tell(&mut self, asked: Asked, now: &Told) -> Vec<Effect> {
        let done = *now == Told::Done;
        let mut effects = Vec::new();
        for step in &mut self.path {
            match (asked, step) {
                (Asked::Turn, Place::Ecran(told) | Place::Garder { told, .. }) => {
                    told.clone_from(now);
                    if !done {
                        effects.push(Effect::KeepTurn);
                    }
                }
                (Asked::Loudness, Place::Volume { sound, told }) => {
                    told.clone_from(now);
                    effects.extend(done.then_some(Effect::Loudness(*sound)));
                }
                (Asked::Halt, Place::Arret { told, .. }) => told.clone_from(now),
                _ => {}
            }
        }
        if !done && matches!(self.place(), Place::Garder { .. }) {
            self.path.clear();
        }
        effects
    }
}

fn moved(percent: u8, steps: i8) -> u8 {
    let by = STEP.saturating_mul(steps.unsigned_abs());
    let wanted = if steps < 0 {
        percent.saturating_sub(by)
    } else {
        percent.saturating_add(by)
    };
    wanted.min(100)
}
