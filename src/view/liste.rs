//! A page of videos.

use slint::ComponentHandle;

use crate::catalogue::{Catalogue, Group, Item};
use crate::visit::{Action, Shelf};

use super::accueil::play;
use super::cards::{card, colour, number, rows, slate};
use super::handle::Handle;
use super::icons;
use super::markup::{App, ListeAdapter};
use super::paging::{leaf, turn};
use super::shell::act;
use super::stage::Stage;

/// Icon of the suggestions, the one of their door.
const SUGGESTIONS_ICON: &str = "compass";

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<ListeAdapter>();
    let to = handle.clone();
    adapter.on_play(move |key| to.visit(play(&key)));
    let (to, weak) = (handle.clone(), ui.as_weak());
    adapter.on_turn(move |by| {
        let pages = weak
            .upgrade()
            .map_or(0, |ui| ui.global::<ListeAdapter>().get_pages());
        to.visit(turn(by, pages));
    });
    act(handle, Action::OpenShelf(Shelf::Suggestions), |act| {
        adapter.on_other_choices(act);
    });
}

pub fn show(stage: &Stage, shelf: &Shelf, page: usize) {
    let Some(ui) = stage.ui() else { return };
    let catalogue = stage.library.catalogue();
    let (group, items) = contents(catalogue, shelf);
    let adapter = ui.global::<ListeAdapter>();
    let count = number(items.len());
    let leaf = leaf(items, page, adapter.get_per_page());
    adapter.set_heading(
        group
            .map(|group| group.name.as_str())
            .unwrap_or_default()
            .into(),
    );
    adapter.set_icon(icons::named(
        group.map_or(SUGGESTIONS_ICON, |group| &group.icon),
    ));
    adapter.set_colour(group.map_or_else(slate, colour));
    adapter.set_count(count);
    adapter.set_pages(leaf.pages);
    adapter.set_page(leaf.page);
    adapter.set_cards(rows(
        leaf.items.into_iter().map(|item| card(catalogue, item)),
    ));
}

fn contents<'a>(catalogue: &'a Catalogue, shelf: &Shelf) -> (Option<&'a Group>, Vec<&'a Item>) {
    let find = |groups: &'a [Group], id: &str| groups.iter().find(|group| group.id == id);
    match shelf {
        Shelf::Univers(id) => (find(catalogue.univers(), id), catalogue.in_univers(id)),
        Shelf::Rubrique(id) => (find(catalogue.rubriques(), id), catalogue.in_rubrique(id)),
        Shelf::Like(id) => (find(catalogue.likes(), id), catalogue.in_like(id)),
        Shelf::Suggestions => (None, catalogue.featured()),
    }
}
