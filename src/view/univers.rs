//! The groups behind a door.

use slint::ComponentHandle;

use crate::visit::{Action, Groups, Place, Shelf};

use super::cards::{rows, tile};
use super::handle::Handle;
use super::markup::{App, Family, UniversAdapter};
use super::stage::Stage;

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<UniversAdapter>();
    let to = handle.clone();
    adapter.on_open(move |id| {
        to.with(|stage| {
            let shelf = match stage.visit.place() {
                Place::Univers(Groups::Rubriques) => Shelf::Rubrique(id.into()),
                Place::Univers(Groups::Likes) if id.is_empty() => Shelf::Suggestions,
                Place::Univers(Groups::Likes) => Shelf::Like(id.into()),
                _ => Shelf::Univers(id.into()),
            };
            stage.visit(Action::OpenShelf(shelf));
        });
    });
}

pub fn show(stage: &Stage, groups: Groups) {
    let Some(ui) = stage.ui() else { return };
    let catalogue = stage.library.catalogue();
    let (family, shown) = match groups {
        Groups::Univers => (Family::Univers, catalogue.univers()),
        Groups::Rubriques => (Family::Rubriques, catalogue.rubriques()),
        Groups::Likes => (Family::Likes, catalogue.likes()),
    };
    let adapter = ui.global::<UniversAdapter>();
    adapter.set_family(family);
    adapter.set_tiles(rows(shown.iter().map(tile)));
}
