//! Setting the machine up, a step at a time: when it is first started, and later its network alone.
//!
//! ```text
//!  first start   Language ─▶ Network ─▶ Identity ─▶ Code ─▶ Check ── Settle ─▶ Settled
//!  Maintenance              Network
//!                             ├─▶ Fixed ─────────────┐
//!                             ├─▶ Wireless ─▶ Passphrase ── Connect ─▶ Network
//!                             │      └─▶ Hidden ─▶ Passphrase
//!                             └─▶ Proxy ─────────────┘
//! ```
//!
//! `Back` undoes one step and loses nothing that was typed. Where the machine brings a code of Maintenance,
//! none is asked for. Once it is settled the screen starts anew.

mod field;
mod form;
pub(super) mod steps;

pub use field::{Field, Typed};
pub use form::Joining;

use crate::host::{Reach, Refusal};

/// What is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Everything, when a borne is first started.
    First,
    /// The network, from Maintenance.
    Network,
}

/// One screen of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Language of the interface.
    Language,
    /// What the network is now, and the ways to it.
    Network,
    /// An address set by hand.
    Fixed,
    /// Wireless networks in reach.
    Wireless,
    /// The name of one that does not tell it.
    Hidden,
    /// What it asks to be let in.
    Passphrase,
    /// The proxy of the place.
    Proxy,
    /// Who the borne is.
    Identity,
    /// The code of Maintenance.
    Code,
    /// Everything, before it is put into service.
    Check,
    /// It is done: the screen starts anew.
    Settled,
}

/// What became of what was asked of the machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Told {
    /// Nothing was asked.
    #[default]
    Nothing,
    /// It has not answered yet.
    Waiting,
    /// It is done.
    Done,
    /// It is not, and why.
    Refused(Refusal),
}

/// What somebody does while setting up, besides typing and going back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// On to another step.
    Go(Step),
    /// What is typed from now on.
    Focus(Field),
    /// The passphrase is shown, or hidden again.
    Reveal,
    /// A cable and an automatic address.
    Cable,
    /// One of the wireless networks in reach.
    Join(Joining),
    /// Looks for wireless networks again.
    Scan,
    /// What this step has typed is used.
    Apply,
    /// The settings of the stick.
    TakeStick,
    /// Puts the borne into service.
    Settle,
}

/// Where somebody is in setting up, with what they typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// What is set up.
    pub purpose: Purpose,
    /// The way here; the last is the step at hand.
    steps: Vec<Step>,
    /// What is typed into.
    pub focus: Field,
    /// What was typed.
    pub typed: Typed,
    /// The passphrase can be read.
    pub revealed: bool,
    /// The wireless network that was chosen.
    pub joining: Option<Joining>,
    /// Wireless networks in reach; absent while they are being looked for.
    pub reach: Option<Vec<Reach>>,
    /// Page of them, from 0.
    pub page: usize,
    /// What became of the last request.
    pub told: Told,
}

impl Setup {
    /// At its beginning.
    #[must_use]
    pub fn new(purpose: Purpose) -> Self {
        let first = match purpose {
            Purpose::First => Step::Language,
            Purpose::Network => Step::Network,
        };
        Self {
            purpose,
            steps: vec![first],
            focus: Field::Id,
            typed: Typed::default(),
            revealed: false,
            joining: None,
            reach: None,
            page: 0,
            told: Told::Nothing,
        }
    }

    /// The step at hand.
    #[must_use]
    pub fn step(&self) -> Step {
        self.steps.last().copied().unwrap_or(Step::Settled)
    }

    /// What can be typed at the step at hand, in order; `asks_url` when the image brings no repository.
    #[must_use]
    pub const fn fields(&self, step: Step, asks_url: bool) -> &'static [Field] {
        match step {
            Step::Fixed => &[Field::Address, Field::Mask, Field::Gateway, Field::Dns],
            Step::Hidden => &[Field::Name],
            Step::Passphrase => &[Field::Passphrase],
            Step::Proxy => &[Field::Proxy],
            Step::Identity if asks_url => &[Field::Id, Field::Site, Field::Repository],
            Step::Identity => &[Field::Id, Field::Site],
            Step::Code => &[Field::Code],
            Step::Language | Step::Network | Step::Wireless | Step::Check | Step::Settled => &[],
        }
    }
}
