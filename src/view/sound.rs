//! How loud the borne may be, and when.

use crate::clock;
use crate::settings::Sound;
use crate::visit::{self, SoundPolicy};

use super::stage::Stage;

impl Stage {
    /// Quiet hours begin and end by the clock on the wall, and so do those of the dark screen.
    pub(super) fn look_at_the_hour(&mut self) {
        let reading = self.staff.clock.read();
        let time = clock::on_the_wall(reading.time).time();
        let off = self.staff.settings.screen.is_off(reading.synced, time);
        self.darken(off);
        let quiet = self.sound.is_quiet(time);
        if quiet != self.quiet {
            self.quiet = quiet;
            tracing::info!(quiet, "sound");
            let rules = sound_policy(&self.sound, quiet);
            self.visit(visit::Action::SoundRules(rules));
        }
    }
}

/// How loud a visit starts and may get: in quiet hours it starts silent.
pub const fn sound_policy(sound: &Sound, quiet: bool) -> SoundPolicy {
    if quiet {
        SoundPolicy {
            default: 0,
            ceiling: sound.quiet_ceiling_percent,
        }
    } else {
        SoundPolicy {
            default: sound.default_percent,
            ceiling: sound.ceiling_percent,
        }
    }
}
