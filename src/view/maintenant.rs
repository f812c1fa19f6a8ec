//! What may follow a video.

use slint::ComponentHandle;

use crate::visit::{Action, Place, Shelf};

use super::accueil::play;
use super::cards::{card, group_of, rows};
use super::handle::Handle;
use super::markup::{App, MaintenantAdapter};
use super::shell::act;
use super::stage::Stage;
use super::text;

/// Videos offered.
const RELATED: usize = 2;

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<MaintenantAdapter>();
    let to = handle.clone();
    adapter.on_play(move |key| to.visit(play(&key)));
    act(handle, Action::Help, |act| adapter.on_adviser(act));
    let to = handle.clone();
    adapter.on_again(move || {
        to.with(|stage| {
            if let Place::Maintenant { key, .. } = stage.visit.place() {
                let again = play(key);
                stage.visit(again);
            }
        });
    });
    let to = handle.clone();
    adapter.on_more(move || {
        to.with(|stage| {
            let shelf = shelf(stage);
            stage.visit(Action::OpenShelf(shelf));
        });
    });
}

/// The shelf of the video that ended.
fn shelf(stage: &Stage) -> Shelf {
    let Place::Maintenant { key, .. } = stage.visit.place() else {
        return Shelf::Suggestions;
    };
    let Some(item) = stage.library.catalogue().video(key) else {
        return Shelf::Suggestions;
    };
    let video = &item.video;
    match (video.univers.first(), &video.rubrique) {
        (Some(univers), _) => Shelf::Univers(univers.clone()),
        (None, Some(rubrique)) => Shelf::Rubrique(rubrique.clone()),
        (None, None) => Shelf::Suggestions,
    }
}

pub fn show(stage: &Stage, key: &str, failed: bool) {
    let Some(ui) = stage.ui() else { return };
    let catalogue = stage.library.catalogue();
    let item = catalogue.video(key);
    let adapter = ui.global::<MaintenantAdapter>();
    adapter.set_failed(failed);
    adapter.set_title(text::unbroken(item.map(|item| item.title()).unwrap_or_default()).into());
    let group = item.and_then(|item| group_of(catalogue, item));
    adapter.set_group(
        group
            .map(|group| group.name.as_str())
            .unwrap_or_default()
            .into(),
    );
    adapter.set_related(rows(
        catalogue
            .related(key)
            .into_iter()
            .take(RELATED)
            .map(|item| card(catalogue, item)),
    ));
}
