//! How the machine stands, as far as it has said.

use std::time::Duration;

use crate::host::{Answer, Refusal, Request, State};

/// Time between two looks at the machine while it is shown: a cable is seen soon after it is plugged in.
const LOOK: Duration = Duration::from_secs(3);

/// What the machine was asked, without what it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// How it stands.
    State,
    /// Wireless networks.
    Scan,
    /// A way to the network.
    Connect,
    /// Who the borne is.
    Settle,
    /// The settings of the stick.
    TakeStick,
    /// A turned picture.
    Turn,
    /// Loudness.
    Loudness,
    /// To restart, to turn itself off, or to begin anew.
    Halt,
}

impl From<&Request> for Asked {
    fn from(request: &Request) -> Self {
        match request {
            Request::State => Self::State,
            Request::Scan => Self::Scan,
            Request::Connect(_) => Self::Connect,
            Request::Settle(_) => Self::Settle,
            Request::TakeStick => Self::TakeStick,
            Request::Turn(_) => Self::Turn,
            Request::Loudness { .. } => Self::Loudness,
            Request::Reset | Request::Restart | Request::PowerOff => Self::Halt,
        }
    }
}

/// How the machine stands, as far as it has said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Its last answer.
    pub state: Option<State>,
    /// Nobody answers: this machine's system is not ours.
    pub nobody: bool,
    asked: Option<Duration>,
    waiting: bool,
}

impl Outlook {
    /// Whether it is time to ask again.
    pub(super) fn is_due(&mut self, now: Duration) -> bool {
        let due = !self.waiting && self.asked.is_none_or(|asked| now >= asked + LOOK);
        if due {
            (self.asked, self.waiting) = (Some(now), true);
        }
        due
    }

    /// What it said.
    pub(super) fn answered(&mut self, answer: Answer) {
        self.waiting = false;
        match answer {
            Answer::State(state) => (self.state, self.nobody) = (Some(*state), false),
            Answer::Refused(Refusal::Nobody) => self.nobody = true,
            Answer::Done | Answer::Reach(_) | Answer::Refused(_) => {}
        }
    }

    /// Something was changed: what is known is old.
    pub(super) const fn look_again(&mut self) {
        self.asked = None;
    }
}
