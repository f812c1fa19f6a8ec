//! The text of a video, sentence by sentence.

use slint::ComponentHandle;

use crate::visit::{Action, Place};

use super::accueil::play;
use super::cards::{card, number, related, rows};
use super::handle::Handle;
use super::markup::{App, FicheAdapter, Sentence};
use super::stage::Stage;
use super::text;

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<FicheAdapter>();
    let to = handle.clone();
    adapter.on_read_at(move |ms| to.visit(Action::ReadAt(u64::try_from(ms).unwrap_or(0))));
    let to = handle.clone();
    adapter.on_play(move |key| to.visit(play(&key)));
    let to = handle.clone();
    adapter.on_watch(move || {
        to.with(|stage| {
            let action = if stage.visit.is_open() {
                Action::Back
            } else {
                Action::ReadAt(0)
            };
            stage.visit(action);
        });
    });
    let to = handle.clone();
    adapter.on_go_on_phone(move || {
        to.with(|stage| {
            if let Place::Fiche { key } = stage.visit.place().clone() {
                let at_ms = stage.playback.position_ms();
                stage.visit(Action::OpenPhone { key, at_ms });
            }
        });
    });
}

pub fn show(stage: &Stage, key: &str) {
    let Some(ui) = stage.ui() else { return };
    let catalogue = stage.library.catalogue();
    let adapter = ui.global::<FicheAdapter>();
    let item = catalogue.video(key);
    adapter.set_card(item.map(|item| card(catalogue, item)).unwrap_or_default());
    adapter.set_summary(text::unbroken(item.map_or("", |item| &item.video.summary)).into());
    adapter.set_held(stage.visit.is_open());
    adapter.set_phone(catalogue.handover(key, 0).is_some());
    let position = stage.visit.is_open().then(|| stage.playback.position_ms());
    let sentences = item.map(|item| item.sentences()).unwrap_or_default();
    let begun = |ms: u64| {
        move |sentence: &crate::catalogue::Sentence| {
            sentence.start_ms.is_some_and(|start| start <= ms)
        }
    };
    let current = position.and_then(|ms| sentences.iter().rposition(begun(ms)));
    adapter.set_sentences(rows(sentences.iter().enumerate().map(|(at, sentence)| {
        Sentence {
            time: sentence
                .start_ms
                .map(text::clock)
                .unwrap_or_default()
                .into(),
            at: number(sentence.start_ms.unwrap_or(0)),
            text: text::unbroken(&sentence.text).into(),
            current: current == Some(at),
        }
    })));
    adapter.set_related(related(catalogue, key));
}
