//! The home screen.

use slint::ComponentHandle;

use crate::visit::{self, Action, Shelf};

use super::calendar::belgian_now;
use super::cards::{card, rows, small_tile};
use super::handle::Handle;
use super::markup::{AccueilAdapter, App, Door};
use super::shell::act;
use super::stage::Stage;

/// Videos that play at once.
const FEATURED: usize = 4;

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<AccueilAdapter>();
    let to = handle.clone();
    adapter.on_open_door(move |door| to.visit(Action::OpenDoor(reached_by(door))));
    let to = handle.clone();
    adapter.on_open_univers(move |id| to.visit(Action::OpenShelf(Shelf::Univers(id.into()))));
    act(handle, Action::OpenAgenda, |act| {
        adapter.on_open_agenda(act);
    });
    act(handle, Action::OpenAdviser, |act| {
        adapter.on_open_adviser(act);
    });
    let to = handle.clone();
    adapter.on_play(move |key| to.visit(play(&key)));
}

/// A video from its beginning.
pub fn play(key: &str) -> Action {
    Action::Play {
        key: key.to_owned(),
        start_ms: 0,
    }
}

pub fn show(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    let catalogue = stage.library.catalogue();
    let featured = catalogue.featured();
    let adapter = ui.global::<AccueilAdapter>();
    adapter.set_agenda(!catalogue.agenda(belgian_now(), None).is_empty());
    adapter.set_univers(rows(catalogue.univers().iter().map(small_tile)));
    adapter.set_featured(rows(
        featured
            .into_iter()
            .take(FEATURED)
            .map(|item| card(catalogue, item)),
    ));
}

const fn reached_by(door: Door) -> visit::Door {
    match door {
        Door::Trade => visit::Door::Trade,
        Door::Job => visit::Door::Job,
        Door::Business => visit::Door::Business,
        Door::Unsure => visit::Door::Unsure,
    }
}
