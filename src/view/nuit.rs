//! The dark screen: hours in which nobody is expected.

use central_protocol::event::End;
use slint::ComponentHandle;

use crate::playback;
use crate::visit::{Action, Place};

use super::handle::Handle;
use super::markup::{App, NuitAdapter};
use super::shell::act;
use super::stage::Stage;

pub fn bind(ui: &App, handle: &Handle) {
    act(handle, Action::Wake, |act| {
        ui.global::<NuitAdapter>().on_wake(act);
    });
}

impl Stage {
    /// The hours of the dark screen begin or end. Whoever is there stays in the light.
    pub(super) fn darken(&mut self, dark: bool) {
        if dark == self.dark {
            return;
        }
        self.dark = dark;
        tracing::info!(dark, "screen");
        if self.is_dark() && self.is_preview() {
            self.playback(playback::Action::Stop(End::Back));
            self.player.forget();
            self.ahead.over();
            self.note_open();
        }
        self.renew();
    }

    /// The screen shows nothing: it is the hour, and nobody is there.
    pub(super) fn is_dark(&self) -> bool {
        self.dark && *self.visit.place() == Place::Veille
    }
}
