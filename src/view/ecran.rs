//! How the picture is turned.

use slint::ComponentHandle;

use crate::host::{Answer, Refusal};
use crate::visit::{Action, Asked, Order, Told};

use super::handle::Handle;
use super::markup::{App, EcranAdapter};
use super::stage::Stage;
use super::trouble;

pub fn bind(ui: &App, handle: &Handle) {
    let to = handle.clone();
    ui.global::<EcranAdapter>().on_turn(move |degrees| {
        if let Ok(degrees) = u16::try_from(degrees) {
            to.visit(Action::Order(Order::Turn(degrees)));
        }
    });
}

pub fn show(stage: &Stage, told: &Told) {
    let Some(ui) = stage.ui() else { return };
    let adapter = ui.global::<EcranAdapter>();
    let state = stage.visit.machine().state.as_ref();
    adapter.set_turned(state.map_or(0, |state| i32::from(state.turned)));
    let (told, why, sentence) = trouble::told(told);
    adapter.set_told(told);
    adapter.set_trouble(why);
    adapter.set_sentence(sentence);
}

impl Stage {
    /// Nothing is turned that would not turn back.
    pub(super) fn cannot_note(&mut self) {
        let refused = Answer::Refused(Refusal::Disk);
        self.visit(Action::Answered(Asked::Turn, refused));
    }
}
