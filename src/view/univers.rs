//! The groups behind a door.

use slint::ComponentHandle;

use crate::visit::{Action, Groups, Shelf};

use super::cards::{rows, tile};
use super::handle::Handle;
use super::markup::{App, UniversAdapter};
use super::stage::Stage;

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<UniversAdapter>();
    let (to, weak) = (handle.clone(), ui.as_weak());
    adapter.on_open(move |id| {
        let trades = weak
            .upgrade()
            .is_none_or(|ui| ui.global::<UniversAdapter>().get_trades());
        to.visit(Action::OpenShelf(if trades {
            Shelf::Univers(id.into())
        } else {
            Shelf::Rubrique(id.into())
        }));
    });
}

pub fn show(stage: &Stage, groups: Groups) {
    let Some(ui) = stage.ui() else { return };
    let catalogue = stage.library.catalogue();
    let shown = match groups {
        Groups::Univers => catalogue.univers(),
        Groups::Rubriques => catalogue.rubriques(),
    };
    let adapter = ui.global::<UniversAdapter>();
    adapter.set_trades(groups == Groups::Univers);
    adapter.set_tiles(rows(shown.iter().map(tile)));
}
