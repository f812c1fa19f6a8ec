//! How the system stands: what runs, what is offered, and why it does not run yet.

use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::SyncStatus;
use crate::settings::Settings;
use crate::store::files;
use crate::update;

/// Last word of `borne update`.
const FILE: &str = "run/update.json";

/// The system of a borne that replaces it by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Firmware {
    /// The version that runs; absent when the image does not say.
    pub running: Option<String>,
    /// The rest.
    #[serde(flatten)]
    pub note: Note,
}

/// What a process says of the next system.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Note {
    /// When it was said.
    pub at: Timestamp,
    /// The version that the network offers.
    pub offered: Option<String>,
    /// How far it is.
    pub state: FirmwareState,
    /// Why it is no further, as a short code; empty when nothing is in the way.
    pub reason: String,
    /// Detail for a log, in English.
    pub detail: String,
}

/// How far a newer system is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirmwareState {
    /// Nobody has looked yet.
    #[default]
    Unknown,
    /// What runs is as new as what is offered.
    Current,
    /// Its bundle is not here yet.
    Offered,
    /// Its bundle is here.
    Ready,
    /// It is being installed.
    Installing,
    /// It is installed, and runs from the next start on.
    Installed,
    /// It is not installed, until a newer one comes.
    Refused,
}

/// How the system stands; absent where somebody else looks after it.
#[must_use]
pub fn gather(settings: &Settings, sync: Option<&SyncStatus>) -> Option<Firmware> {
    let firmware = settings.firmware.as_ref()?;
    let running = update::running(&firmware.version_file);
    let sync = sync.and_then(|status| status.firmware.clone());
    Some(Firmware {
        running: running.ok().map(|version| version.to_string()),
        note: latest(sync, read(&settings.storage.data)),
    })
}

/// Sync tells as far as the bundle's coming; `borne update` of the same version from there on.
#[must_use]
pub fn latest(sync: Option<Note>, update: Option<Note>) -> Note {
    match (sync, update) {
        (Some(sync), Some(update)) => {
            let further = sync.state == FirmwareState::Ready && update.offered == sync.offered;
            if further { update } else { sync }
        }
        (sync, update) => sync.or(update).unwrap_or_default(),
    }
}

/// Writes the last word of `borne update`; not durable. A disk that refuses is no reason to stop.
pub fn write(data: &Path, note: &Note) {
    if let Err(error) = files::write_json_volatile(&data.join(FILE), note) {
        tracing::warn!(%error, "status not written");
    }
}

/// Reads it; `None` when there is none that can be read.
#[must_use]
pub fn read(data: &Path) -> Option<Note> {
    files::read_json(&data.join(FILE)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(offered: &str, state: FirmwareState) -> Note {
        Note {
            offered: Some(offered.to_owned()),
            state,
            ..Note::default()
        }
    }

    #[test]
    fn an_update_is_heard_from_when_the_bundle_it_speaks_of_is_here() {
        use FirmwareState::{Current, Installed, Offered, Ready, Refused, Unknown};
        for (sync, update, expected) in [
            (None, None, Unknown),
            (Some(note("2.0.0", Offered)), None, Offered),
            (None, Some(note("2.0.0", Refused)), Refused),
            (
                Some(note("2.0.0", Ready)),
                Some(note("2.0.0", Installed)),
                Installed,
            ),
            (
                Some(note("3.0.0", Ready)),
                Some(note("2.0.0", Installed)),
                Ready,
            ),
            (
                Some(note("3.0.0", Offered)),
                Some(note("3.0.0", Installed)),
                Offered,
            ),
            (
                Some(note("2.0.0", Current)),
                Some(note("2.0.0", Installed)),
                Current,
            ),
        ] {
            assert_eq!(
                latest(sync.clone(), update.clone()).state,
                expected,
                "{sync:?} {update:?}"
            );
        }
    }
}
