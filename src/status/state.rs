//! All that an administrator needs to know of a borne, beyond what staff see on its screen.

use jiff::Timestamp;
use serde::Serialize;

use super::firmware::{self, Firmware};
use super::summary::{self, Summary};
use super::sync::{Import, Mirror, Scrub, SyncState};
use crate::clock::{self, Clock};
use crate::settings::Settings;
use crate::store::{Refusal, generation};

/// A borne at one moment, for an administrator and for machines.
#[derive(Clone, Debug, Serialize)]
pub struct State {
    /// What staff see too.
    #[serde(flatten)]
    pub summary: Summary,
    /// When the repository, or a mirror in its place, last served.
    pub last_contact: Option<Timestamp>,
    /// What synchronisation does; absent when it does not run.
    pub activity: Option<SyncState>,
    /// The mirror that served in place of the repository.
    pub mirror: Option<Mirror>,
    /// A newer catalogue waits for the hours in which media are fetched.
    pub postponed: bool,
    /// How far the clock can be believed.
    pub clock: ClockState,
    /// Number of the generation that the way back leads to.
    pub previous_generation: Option<u64>,
    /// What an administrator went back from, and is still refused.
    pub refused: Option<Refused>,
    /// The system, and what replaces it; absent where somebody else looks after it.
    pub firmware: Option<Firmware>,
    /// The last import from a folder.
    pub import: Option<Import>,
    /// The last reading of the whole media store.
    pub scrub: Option<Scrub>,
}

/// How far the clock can be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// Synchronised.
    Synced,
    /// Not synchronised, but possible.
    Unsynced,
    /// Impossible for this version: before its release, or long after it.
    Impossible,
}

/// A catalogue that was gone back from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Number of the generation.
    pub generation: u64,
    /// Since when.
    pub since: Timestamp,
}

/// Gathers what is known of a borne; what cannot be read is absent.
#[must_use]
pub fn gather(settings: &Settings, clock: &dyn Clock) -> State {
    let data = &settings.storage.data;
    let summary = summary::gather(settings, clock);
    let firmware = firmware::gather(settings, summary.sync.status.as_ref());
    let status = summary.sync.status.clone().unwrap_or_default();
    let current = summary.catalogue.as_ref().map(|it| it.generation);
    State {
        last_contact: status.last_success,
        activity: summary.sync.running.then_some(status.state),
        mirror: status.mirror,
        postponed: status.postponed,
        clock: clock_state(&summary),
        previous_generation: generation::previous_number(data),
        refused: Refusal::load(data)
            .filter(|refusal| Some(refusal.generation) != current)
            .map(|refusal| Refused {
                generation: refusal.generation,
                since: refusal.at,
            }),
        firmware,
        import: status.import,
        scrub: status.scrub,
        summary,
    }
}

fn clock_state(summary: &Summary) -> ClockState {
    if summary.clock_synced {
        ClockState::Synced
    } else if clock::is_believable(summary.at) {
        ClockState::Unsynced
    } else {
        ClockState::Impossible
    }
}
