//! Search: results while typing, each with where it was found.

use slint::ComponentHandle;

use crate::catalogue::{Catalogue, Hit};
use crate::visit::{Action, Shelf};

use super::cards::{card, group_of, rows, small_tile};
use super::handle::Handle;
use super::markup::{App, ChercherAdapter, Found};
use super::shell::{act, signs};
use super::stage::Stage;
use super::text;

/// Rows that fit beside the keyboard.
const ROWS: usize = 3;

/// Hits that are counted: more than the largest bucket of statistics needs.
const COUNTED: usize = 20;

/// Groups offered while there is nothing to show.
const SUGGESTIONS: usize = 6;

/// What was found for a query.
#[derive(Default)]
pub struct Results {
    query: String,
    hits: Vec<(String, u64)>,
}

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<ChercherAdapter>();
    signs(handle, |signs| adapter.on_type(signs));
    act(handle, Action::Erase, |act| adapter.on_erase(act));
    act(handle, Action::Clear, |act| adapter.on_clear(act));
    let to = handle.clone();
    adapter.on_switch_order(move || {
        to.with(|stage| {
            stage.alphabetical = !stage.alphabetical;
            stage.renew();
        });
    });
    let to = handle.clone();
    adapter.on_play(move |row| {
        to.with(|stage| {
            let chosen = usize::try_from(row)
                .ok()
                .and_then(|row| stage.results.hits.get(row));
            if let Some((key, start_ms)) = chosen.cloned() {
                stage.visit(Action::Play { key, start_ms });
            }
        });
    });
    let to = handle.clone();
    adapter.on_open_group(move |id| {
        to.with(|stage| {
            let shelf = shelf(stage.library.catalogue(), &id);
            stage.visit(Action::OpenShelf(shelf));
        });
    });
}

pub fn show(stage: &mut Stage, query: &str) {
    let Some(ui) = stage.ui() else { return };
    let adapter = ui.global::<ChercherAdapter>();
    let catalogue = stage.library.catalogue();
    let hits = catalogue.search(query, COUNTED);
    adapter.set_alphabetical(stage.alphabetical);
    adapter.set_query(query.into());
    adapter.set_nothing(hits.is_empty() && !query.trim().is_empty());
    adapter.set_found(rows(
        hits.iter()
            .take(ROWS)
            .filter_map(|hit| found(catalogue, hit)),
    ));
    adapter.set_suggestions(rows(suggestions(catalogue)));
    let (results, term) = (hits.len(), catalogue.vocabulary_term(query));
    let changed = stage.results.query != query;
    stage.results = Results {
        query: query.to_owned(),
        hits: hits
            .into_iter()
            .take(ROWS)
            .map(|hit| {
                let at = hit.excerpt.as_ref().and_then(|excerpt| excerpt.at_ms);
                (hit.key, at.unwrap_or(0))
            })
            .collect(),
    };
    if changed {
        let now = stage.now();
        // Counting a search has no effect on the screen.
        stage.visit.update(now, Action::Found { results, term });
    }
}

/// The groups with the most to see.
fn suggestions(catalogue: &Catalogue) -> impl Iterator<Item = super::markup::Tile> {
    let mut groups: Vec<_> = catalogue
        .univers()
        .iter()
        .chain(catalogue.rubriques())
        .filter(|group| group.count > 0)
        .collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.count));
    groups.into_iter().take(SUGGESTIONS).map(small_tile)
}

/// The shelf of a group, whichever its family.
fn shelf(catalogue: &Catalogue, id: &str) -> Shelf {
    if catalogue.univers().iter().any(|group| group.id == id) {
        Shelf::Univers(id.to_owned())
    } else {
        Shelf::Rubrique(id.to_owned())
    }
}

fn found(catalogue: &Catalogue, hit: &Hit) -> Option<Found> {
    let item = catalogue.video(&hit.key)?;
    let group = group_of(catalogue, item).map(|group| group.name.as_str());
    let (before, words, after) = excerpt(hit);
    let at = hit.excerpt.as_ref().and_then(|excerpt| excerpt.at_ms);
    Some(Found {
        card: card(catalogue, item),
        detail: [group.unwrap_or_default(), &text::clock(item.duration_ms())]
            .join(" · ")
            .into(),
        at: at.map(text::clock).unwrap_or_default().into(),
        before: before.into(),
        words: words.into(),
        after: after.into(),
    })
}

/// The sentence in three parts, the words found in the middle; empty when the title says it all.
fn excerpt(hit: &Hit) -> (String, String, String) {
    let parts = hit.excerpt.as_ref().and_then(|excerpt| {
        let words = excerpt.highlights.first()?.clone();
        Some((
            excerpt.text.get(..words.start)?.to_owned(),
            excerpt.text.get(words.clone())?.to_owned(),
            excerpt.text.get(words.end..)?.to_owned(),
        ))
    });
    parts.unwrap_or_default()
}
