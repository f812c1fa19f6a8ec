//! Whether a system is installed now. Pure.

use std::time::Duration;

use media_manifest::firmware::Version;

use super::policy;
use crate::store::firmware::{Step, Tried};

/// All that the decision rests on.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// The version that runs.
    pub running: &'a Version,
    /// The version that the network offers.
    pub offered: Option<&'a Version>,
    /// Its bundle is here.
    pub here: bool,
    /// What came of the last installation.
    pub tried: Option<&'a Tried>,
    /// This boot.
    pub boot: &'a str,
    /// It is the hour for it.
    pub open: bool,
    /// How long nobody has been there.
    pub alone: Duration,
    /// A person in front of the borne asks: neither hours nor visitors count.
    pub asked: bool,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Nothing: no newer system is offered.
    Current,
    /// Something, later.
    Wait(Why),
    /// Nothing, until a newer version than this comes.
    Refuse(Why),
    /// The system is installed.
    Install,
    /// The system is installed already: the machine is started again.
    Restart,
}

/// Why not now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Synchronisation has not brought the bundle yet.
    NotHere,
    /// It is not the hour.
    Hours,
    /// Somebody is there, or was a moment ago.
    Visitor,
    /// It ran, did not hold, and the machine went back.
    FellBack,
    /// RAUC has refused it as often as it is tried.
    Rejected,
}

impl Why {
    /// A short code for status files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotHere => "not_here",
            Self::Hours => "hours",
            Self::Visitor => "visitor",
            Self::FellBack => "fell_back",
            Self::Rejected => "rejected",
        }
    }
}

/// What is to be done.
#[must_use]
pub fn decide(at: &Situation<'_>) -> Decision {
    let Some(offered) = at.offered.filter(|offered| *offered > at.running) else {
        return Decision::Current;
    };
    let then = match at.tried.filter(|tried| tried.version == *offered) {
        Some(tried) => match spent(tried, at.boot) {
            Some(why) => return Decision::Refuse(why),
            None if tried.step == Step::Installed => Decision::Restart,
            None => Decision::Install,
        },
        None => Decision::Install,
    };
    if then == Decision::Install && !at.here {
        return Decision::Wait(Why::NotHere);
    }
    match unsuitable(at) {
        Some(why) => Decision::Wait(why),
        None => then,
    }
}

/// Why a version that was begun, and does not run, is not begun again.
#[must_use]
pub fn spent(tried: &Tried, boot: &str) -> Option<Why> {
    match tried.step {
        // The machine has started since, and runs something else.
        Step::Installed if tried.boot != boot => Some(Why::FellBack),
        Step::Installed => None,
        Step::Begun | Step::Failed if tried.attempts >= policy::ATTEMPTS => Some(Why::Rejected),
        Step::Begun | Step::Failed => None,
    }
}

const fn unsuitable(at: &Situation<'_>) -> Option<Why> {
    if at.asked {
        None
    } else if !at.open {
        Some(Why::Hours)
    } else if at.alone.as_secs() < policy::ALONE.as_secs() {
        Some(Why::Visitor)
    } else {
        None
    }
}
