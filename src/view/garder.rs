//! A turned picture: kept, or turned back by itself.

use slint::ComponentHandle;

use crate::visit::{Action, Order, Place, Told};

use super::cards::number;
use super::handle::Handle;
use super::markup::{App, GarderAdapter};
use super::shell::act;
use super::stage::Stage;

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<GarderAdapter>();
    act(handle, Action::Order(Order::Keep), |act| {
        adapter.on_keep(act);
    });
    act(handle, Action::Order(Order::TurnBack), |act| {
        adapter.on_turn_back(act);
    });
}

/// What changes without a touch: the seconds.
pub fn follow(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    let Place::Garder { told, .. } = stage.visit.place() else {
        return;
    };
    let adapter = ui.global::<GarderAdapter>();
    adapter.set_seconds(stage.visit.keep_s().map_or(0, number));
    adapter.set_turning(*told != Told::Nothing);
}
