//! The beat of the main loop: progress, idle rules, status, a word to the service manager.

use std::time::Duration;

use super::calendar::today;
use super::handle::Handle;
use super::markup::App;
use super::stage::Stage;
use super::vigil::Vigil;

/// Time between two beats.
pub const BEAT: Duration = Duration::from_millis(100);

/// What a beat does.
pub struct Beat {
    // The loop draws between two beats: what takes time comes after the first picture.
    drawn: bool,
    warm: bool,
    vigil: Option<Vigil>,
}

impl Beat {
    /// The beat of a window that is not shown yet.
    pub fn over(ui: &App) -> Self {
        Self {
            drawn: false,
            warm: false,
            vigil: Vigil::over(ui),
        }
    }

    /// One beat.
    pub fn fall(&mut self, to: &Handle) {
        if !std::mem::replace(&mut self.drawn, true) {
            return;
        }
        if !std::mem::replace(&mut self.warm, true) {
            to.with(|stage| {
                stage.library.look(today());
                stage.player.warm();
            });
        }
        to.with(Stage::tick);
        if let (Some(vigil), Some(now)) = (&mut self.vigil, to.look(Stage::now)) {
            vigil.beat(now);
        }
    }
}
