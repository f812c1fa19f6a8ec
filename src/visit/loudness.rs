//! How loud it is: the visitor's wish within what the site allows.

use super::action::{Effect, SoundPolicy};
use super::place::Place;
use super::reducer::Visit;

/// One touch on "Moins fort" or "Plus fort", percent.
const VOLUME_STEP: u8 = 10;

impl Visit {
    /// Volume, percent.
    #[must_use]
    pub const fn volume(&self) -> u8 {
        self.volume
    }

    /// Loudest volume now, percent.
    #[must_use]
    pub const fn ceiling(&self) -> u8 {
        self.sound.ceiling
    }

    pub(super) fn louder(&mut self, steps: i8) -> Vec<Effect> {
        let change = VOLUME_STEP.saturating_mul(steps.unsigned_abs());
        let wanted = if steps < 0 {
            self.volume.saturating_sub(change)
        } else {
            self.volume.saturating_add(change)
        };
        self.volume = wanted.min(self.sound.ceiling);
        vec![Effect::Volume(self.volume)]
    }

    /// Quiet hours begin or end: nobody there starts anew, who is there is only never too loud.
    pub(super) fn set_sound(&mut self, rules: SoundPolicy) -> Vec<Effect> {
        self.sound = rules;
        self.volume = if *self.place() == Place::Veille {
            rules.default.min(rules.ceiling)
        } else {
            self.volume.min(rules.ceiling)
        };
        vec![Effect::Volume(self.volume)]
    }
}
