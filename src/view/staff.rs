//! What the areas for animators and staff need besides the visit.

use std::sync::Arc;
use std::time::Duration;

use crate::clock::Clock;
use crate::gst::Sound;
use crate::settings::Settings;
use crate::visit::{Action, Area, Place};

use super::calibration::Calibration;
use super::gate::Gate;
use super::inbox::Inbox;
use super::knock::Knocks;
use super::show;
use super::stage::Stage;

/// What the areas for animators and staff need besides the visit.
pub struct Staff {
    pub gate: Gate,
    pub knocks: Knocks,
    pub settings: Settings,
    pub clock: Arc<dyn Clock>,
    pub sound: Sound,
    pub inbox: Inbox,
    pub calibration: Calibration,
    pub tone: Tone,
}

/// The tone of the sound trial.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// It was not asked for.
    #[default]
    Silent,
    /// It plays.
    Since(Duration),
    /// It was heard to its end, as far as the machine knows.
    Ended,
    /// There is nothing to play it.
    Failed,
}

impl Staff {
    pub fn new(settings: Settings, clock: Arc<dyn Clock>, sound: Sound, inbox: Inbox) -> Self {
        Self {
            gate: Gate::new(&settings.access, inbox.clone()),
            knocks: Knocks::default(),
            calibration: Calibration::new((0, 0), &settings.screen),
            settings,
            clock,
            sound,
            inbox,
            tone: Tone::Silent,
        }
    }
}

impl Stage {
    /// The logo is touched: often enough in a row, that is the way to maintenance.
    pub(super) fn knock(&mut self) {
        let now = self.now();
        let opens = self.staff.knocks.knock(now) && self.staff.gate.has(Area::Maintenance);
        self.visit(if opens {
            Action::OpenCode(Area::Maintenance)
        } else {
            Action::Touch
        });
    }

    /// Has a code looked at.
    pub(super) fn judge(&mut self, area: Area, code: &str) {
        let now = self.now();
        if let Some(verdict) = self.staff.gate.judge(now, area, code) {
            self.visit(Action::CodeJudged(verdict));
        }
    }

    /// A code was looked at. It opens only while it still stands there as it was typed: whoever comes
    /// after must not be let in by it.
    pub(super) fn judged(&mut self, right: bool) {
        let now = self.now();
        let Some((asked, code, verdict)) = self.staff.gate.judged(now, right) else {
            return;
        };
        let stands = matches!(
            self.visit.place(),
            Place::Code { area, typed, .. } if *area == asked && *typed == code
        );
        if stands {
            self.visit(Action::CodeJudged(verdict));
        } else {
            show::all(self);
        }
    }

    /// The tone of the sound trial is over.
    pub(super) fn tone_over(&mut self, heard: bool) {
        self.staff.tone = if heard { Tone::Ended } else { Tone::Failed };
        show::playing(self);
    }
}
