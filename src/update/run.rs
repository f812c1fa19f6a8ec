//! One look: what is offered, whether to install it now, and what came of it.

use std::path::Path;
use std::time::Duration;

use media_manifest::firmware::{Release, Version};

use super::{Decision, Installer, Situation, UpdateError, Why, decide, policy, quiet, trusted};
use crate::clock::{self, Clock, Reading};
use crate::settings::{Firmware, Settings};
use crate::status::firmware::{self as told, FirmwareState, Note};
use crate::status::{player, process};
use crate::store::firmware::{Shelf, Step, Tried, is_whole};

/// One look.
pub struct Update<'a> {
    /// Settings of the borne.
    pub settings: &'a Settings,
    /// The time.
    pub clock: &'a dyn Clock,
    /// Who installs and restarts.
    pub installer: &'a dyn Installer,
    /// How it is asked for.
    pub how: How,
}

/// How a look is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct How {
    /// By a person in front of the borne: neither hours nor visitors count.
    pub now: bool,
    /// Only to know: nothing is installed, noted or removed.
    pub dry: bool,
}

/// What a look found, and did about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The version that runs.
    pub running: Version,
    /// The version that the network offers.
    pub offered: Option<Version>,
    /// What was found to be done, and was done unless the look was dry.
    pub decision: Decision,
    /// After an installation: whether the machine starts again, or why it waits.
    pub restart: Option<Result<(), Why>>,
}

/// What a look knows once it has looked.
struct Found<'a> {
    firmware: &'a Firmware,
    running: Version,
    release: Option<Release>,
    tried: Option<Tried>,
}

impl Update<'_> {
    /// Looks, and does what is to be done.
    ///
    /// # Errors
    /// The system is as it was, but for [`UpdateError::Restart`]: it is installed then.
    pub fn run(&self) -> Result<Outcome, UpdateError> {
        let firmware = self.settings.firmware.as_ref();
        let firmware = firmware.ok_or(UpdateError::NoSlots)?;
        let _lock = match self.how.dry {
            true => None,
            false => Some(self.shelf().lock()?.ok_or(UpdateError::Busy)?),
        };
        let found = Found {
            firmware,
            running: super::running(&firmware.version_file)?,
            release: trusted::offered(self.settings, firmware)?,
            tried: self.shelf().tried(),
        };
        let done = self.follow(&found);
        self.tell(&found, &done);
        done
    }

    fn follow(&self, found: &Found<'_>) -> Result<Outcome, UpdateError> {
        let mut outcome = Outcome {
            running: found.running.clone(),
            offered: found.release.as_ref().map(|it| it.version.clone()),
            decision: self.decide(found),
            restart: None,
        };
        let Some(release) = &found.release else {
            return Ok(outcome);
        };
        match outcome.decision {
            Decision::Current | Decision::Wait(_) | Decision::Refuse(_) => {}
            Decision::Install => {
                self.install(found, release)?;
                outcome.restart = Some(self.restart_if_alone(found)?);
            }
            Decision::Restart => outcome.restart = Some(self.restart_if_alone(found)?),
        }
        Ok(outcome)
    }

    fn decide(&self, found: &Found<'_>) -> Decision {
        let reading = self.clock.read();
        let bundle = found
            .release
            .as_ref()
            .and_then(|it| self.shelf().bundle(it));
        decide(&Situation {
            running: &found.running,
            offered: found.release.as_ref().map(|it| &it.version),
            here: bundle.is_some(),
            tried: found.tried.as_ref(),
            boot: &reading.boot,
            open: self.open(found.firmware, bundle.as_deref(), &reading),
            alone: self.alone(&reading),
            asked: self.how.now,
        })
    }

    /// Reads the bundle through, then has it installed.
    fn install(&self, found: &Found<'_>, release: &Release) -> Result<(), UpdateError> {
        let version = &release.version;
        let shelf = self.shelf();
        let bundle = shelf.bundle(release).unwrap_or_default();
        if !is_whole(&bundle, &release.bundle)? {
            if !self.how.dry {
                shelf.reject(&bundle)?;
            }
            let version = version.clone();
            return Err(UpdateError::Rotten { version });
        }
        if self.how.dry {
            return Ok(());
        }
        let tried = self.begin(found, version);
        shelf.note_tried(&tried)?;
        self.note(found, FirmwareState::Installing, "", "");
        tracing::info!(running = %found.running, %version, attempt = tried.attempts, "update begins");
        let installed = self.installer.install(&bundle);
        let (step, detail) = match &installed {
            Ok(()) => (Step::Installed, ""),
            Err(detail) => (Step::Failed, detail.as_str()),
        };
        shelf.note_tried(&Tried {
            step,
            detail: detail.to_owned(),
            ..tried
        })?;
        installed.map_err(|detail| UpdateError::Rejected {
            version: version.clone(),
            detail,
        })
    }

    fn begin(&self, found: &Found<'_>, version: &Version) -> Tried {
        let reading = self.clock.read();
        let before = found.tried.as_ref().filter(|it| it.version == *version);
        Tried {
            version: version.clone(),
            step: Step::Begun,
            boot: reading.boot,
            attempts: before.map_or(0, |it| it.attempts).saturating_add(1),
            at: reading.time,
            detail: String::new(),
        }
    }

    /// Installing takes minutes: somebody may have come since.
    fn restart_if_alone(&self, found: &Found<'_>) -> Result<Result<(), Why>, UpdateError> {
        let reading = self.clock.read();
        if !self.how.now && self.alone(&reading) < policy::ALONE {
            return Ok(Err(Why::Visitor));
        }
        if self.how.dry {
            return Ok(Ok(()));
        }
        tracing::info!(running = %found.running, "the machine starts again with the new system");
        let asked = self.installer.restart();
        asked.map_err(|detail| UpdateError::Restart { detail })?;
        Ok(Ok(()))
    }

    fn alone(&self, reading: &Reading) -> Duration {
        let status = player::read(&self.settings.storage.data);
        let runs = status.as_ref().is_some_and(|it| process::runs(it.pid));
        quiet::alone(status.as_ref(), runs, reading)
    }

    fn open(&self, firmware: &Firmware, bundle: Option<&Path>, now: &Reading) -> bool {
        let hours = firmware.hours.or(self.settings.sync.window);
        let time = clock::on_the_wall(now.time).time();
        let came = bundle.and_then(|it| it.metadata().ok()?.modified().ok());
        let waited = came.and_then(|came| {
            std::time::SystemTime::from(now.time)
                .duration_since(came)
                .ok()
        });
        quiet::open(hours, now.synced, time, waited.unwrap_or_default())
    }

    fn shelf(&self) -> Shelf {
        Shelf::new(&self.settings.storage.data)
    }

    /// The last word, for the log and for `borne status`.
    fn tell(&self, found: &Found<'_>, done: &Result<Outcome, UpdateError>) {
        let offered = found.release.as_ref().map(|it| it.version.to_string());
        let offered = offered.unwrap_or_default();
        let (state, reason, detail) = match done {
            Ok(outcome) => {
                let (state, reason) = state(outcome);
                (state, reason, String::new())
            }
            Err(error @ UpdateError::Restart { .. }) => {
                (FirmwareState::Installed, error.code(), error.to_string())
            }
            Err(error) => (FirmwareState::Ready, error.code(), error.to_string()),
        };
        tracing::info!(running = %found.running, offered, ?state, reason, detail, "update looked for");
        self.note(found, state, reason, &detail);
    }

    fn note(&self, found: &Found<'_>, state: FirmwareState, reason: &str, detail: &str) {
        if self.how.dry {
            return;
        }
        let note = Note {
            at: self.clock.read().time,
            offered: found.release.as_ref().map(|it| it.version.to_string()),
            state,
            reason: reason.to_owned(),
            detail: detail.to_owned(),
        };
        told::write(&self.settings.storage.data, &note);
    }
}

const fn state(outcome: &Outcome) -> (FirmwareState, &'static str) {
    match (outcome.decision, outcome.restart) {
        (Decision::Current, _) => (FirmwareState::Current, ""),
        (Decision::Wait(Why::NotHere), _) => (FirmwareState::Offered, Why::NotHere.code()),
        (Decision::Wait(why), _) => (FirmwareState::Ready, why.code()),
        (Decision::Refuse(why), _) => (FirmwareState::Refused, why.code()),
        (Decision::Install | Decision::Restart, Some(Err(why))) => {
            (FirmwareState::Installed, why.code())
        }
        (Decision::Install | Decision::Restart, _) => (FirmwareState::Installed, ""),
    }
}
