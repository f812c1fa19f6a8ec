//! The first start: nobody visits before the borne knows who it is.

use super::action::{Action, Effect};
use super::outlook::Outlook;
use super::place::Place;
use super::reducer::Visit;
use super::setup::{Deed, Purpose, Setup, steps::Around};

impl Visit {
    /// The borne does not know who it is yet.
    pub fn install(&mut self) {
        let setup = Box::new(Setup::new(Purpose::First));
        self.path = vec![Place::Installation(setup)];
        self.machine = Outlook::default();
    }

    /// The borne is being put into service.
    #[must_use]
    pub fn is_installing(&self) -> bool {
        matches!(self.path.first(), Some(Place::Installation(_)))
    }

    /// What is being set up, the first start or the network, be it under another screen.
    #[must_use]
    pub fn setup(&self) -> Option<&Setup> {
        self.path.iter().rev().find_map(|step| match step {
            Place::Installation(setup) | Place::Reseau(setup) => Some(&**setup),
            _ => None,
        })
    }

    pub(super) fn setup_mut(&mut self) -> Option<&mut Setup> {
        self.path.iter_mut().rev().find_map(|step| match step {
            Place::Installation(setup) | Place::Reseau(setup) => Some(&mut **setup),
            _ => None,
        })
    }

    /// While no visit can begin: before the borne knows who it is, and while a turned picture waits.
    pub(super) fn is_held(&self) -> bool {
        self.is_installing() || matches!(self.path.first(), Some(Place::Garder { .. }))
    }

    /// Whether an action is one of those that a borne without visits takes.
    pub(super) fn lets(&self, action: &Action) -> bool {
        let tuning = matches!(
            action,
            Action::OpenComfort | Action::Toggle(_) | Action::Speak(_) | Action::Back
        );
        match self.path.first() {
            Some(Place::Installation(_)) => {
                let typing = matches!(
                    action,
                    Action::Type(_) | Action::Erase | Action::Clear | Action::Turn { .. }
                );
                tuning || typing || matches!(action, Action::SetUp(_))
            }
            Some(Place::Garder { .. }) => matches!(action, Action::Order(_)),
            _ => true,
        }
    }

    pub(super) fn set_up(&mut self, deed: Deed) -> Vec<Effect> {
        let request = self.at_setup(|setup, around| setup.act(deed, around));
        request.flatten().map(Effect::Ask).into_iter().collect()
    }

    /// A letter of what is being set up; whether there is such a thing at hand.
    pub(super) fn type_setup(&mut self, action: &Action) -> bool {
        let typed = self.at_setup(|setup, around| match action {
            Action::Type(letter) => setup.type_in(*letter, around),
            Action::Digit(digit) => setup.type_in(*digit, around),
            Action::Erase => setup.erase(false, around),
            Action::Clear => setup.erase(true, around),
            _ => {}
        });
        typed.is_some()
    }

    /// One step back in what is being set up; whether there was one.
    pub(super) fn step_back(&mut self) -> bool {
        self.at_setup(|setup, _| setup.back()).unwrap_or(false)
    }

    /// Only while it is what is shown.
    fn at_setup<T>(&mut self, change: impl FnOnce(&mut Setup, Around<'_>) -> T) -> Option<T> {
        let around = Around {
            state: self.machine.state.as_ref(),
            language: &self.language,
        };
        match self.path.last_mut() {
            Some(Place::Installation(setup) | Place::Reseau(setup)) => Some(change(setup, around)),
            _ => None,
        }
    }
}
