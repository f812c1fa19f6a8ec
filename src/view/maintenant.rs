//! What may follow a video.

use slint::ComponentHandle;

use crate::catalogue::adviser::{Presence, presence};
use crate::visit::{Action, Place, Shelf};

use super::accueil::play;
use super::calendar::belgian_now;
use super::cards::{group_of, related};
use super::handle::Handle;
use super::markup::{App, MaintenantAdapter};
use super::shell::act;
use super::stage::Stage;
use super::text;

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<MaintenantAdapter>();
    let to = handle.clone();
    adapter.on_play(move |key| to.visit(play(&key)));
    act(handle, Action::OpenAdviser, |act| adapter.on_adviser(act));
    bind_ways(&adapter, handle);
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

/// The ways on that are no videos.
fn bind_ways(adapter: &MaintenantAdapter, handle: &Handle) {
    let to = handle.clone();
    adapter.on_go_on_phone(move || {
        to.with(|stage| {
            if let Place::Maintenant { key, .. } = stage.visit.place().clone() {
                stage.visit(Action::OpenPhone { key, at_ms: 0 });
            }
        });
    });
    let to = handle.clone();
    adapter.on_open_session(move || {
        to.with(|stage| {
            let Place::Maintenant { key, .. } = stage.visit.place() else {
                return;
            };
            let catalogue = stage.library.catalogue();
            let session = catalogue.sessions_beside(key, belgian_now());
            if let Some(key) = session.first().map(|entry| entry.key.clone()) {
                stage.visit(Action::OpenSession(key));
            }
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
    let now = belgian_now();
    let session = catalogue.sessions_beside(key, now).into_iter().next();
    adapter.set_session(
        session
            .map_or_else(String::new, |entry| text::unbroken(&entry.session.title))
            .into(),
    );
    adapter.set_phone(catalogue.handover(key, 0).is_some());
    adapter.set_live(
        catalogue
            .adviser()
            .is_some_and(|adviser| matches!(presence(adviser, now), Presence::Live { .. })),
    );
    adapter.set_related(related(catalogue, key));
}
