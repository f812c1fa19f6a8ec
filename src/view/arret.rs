//! What ends, or begins anew: asked once more.

use slint::ComponentHandle;

use crate::visit::{Action, Halt, Order, Told};

use super::handle::Handle;
use super::markup::{App, ArretAdapter, End};
use super::shell::act;
use super::stage::Stage;
use super::trouble;

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<ArretAdapter>();
    act(handle, Action::Order(Order::Confirm), |act| {
        adapter.on_confirm(act);
    });
    act(handle, Action::Back, |act| adapter.on_back(act));
}

pub fn show(stage: &Stage, halt: Halt, told: &Told) {
    let Some(ui) = stage.ui() else { return };
    let adapter = ui.global::<ArretAdapter>();
    adapter.set_end(match halt {
        Halt::Restart => End::Restart,
        Halt::PowerOff => End::PowerOff,
        Halt::Reset => End::Reset,
    });
    let (told, why, sentence) = trouble::told(told);
    adapter.set_told(told);
    adapter.set_trouble(why);
    adapter.set_sentence(sentence);
}
