//! Between two videos of a playlist.

use media_manifest::catalogue::PlaylistItem;
use slint::ComponentHandle;

use crate::catalogue::Catalogue;
use crate::visit::{Action, MAX_ANSWERS, Session};

use super::cards::{number, rows};
use super::handle::Handle;
use super::markup::{Answer, App, GroupeAdapter};
use super::shell::act;
use super::stage::Stage;
use super::text;

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<GroupeAdapter>();
    let to = handle.clone();
    adapter.on_hands(move |answer, by| {
        if let Ok(answer) = usize::try_from(answer) {
            to.visit(Action::CountHands { answer, by });
        }
    });
    let to = handle.clone();
    adapter.on_more_heads(move |by| to.visit(Action::CountHeads(by)));
    act(handle, Action::NextVideo, |act| adapter.on_next(act));
    act(handle, Action::EndPlaylist, |act| adapter.on_finish(act));
}

pub fn show(stage: &Stage, session: &Session) {
    let Some(ui) = stage.ui() else { return };
    let catalogue = stage.library.catalogue();
    let adapter = ui.global::<GroupeAdapter>();
    let playlist = catalogue
        .playlist(&session.playlist)
        .map(|entry| entry.playlist.title.as_str());
    let item = asked(catalogue, session);
    let question = item.and_then(|item| item.question.as_deref());
    let answers = item.map_or(&[][..], |item| &item.answers);
    adapter.set_title(text::unbroken(playlist.unwrap_or_default()).into());
    adapter.set_at(number(session.at + 1));
    adapter.set_count(number(session.videos.len()));
    adapter.set_over(session.is_over());
    adapter.set_question(text::unbroken(question.unwrap_or_default()).into());
    adapter.set_answers(rows(
        answers
            .iter()
            .take(MAX_ANSWERS)
            .zip(session.hands)
            .map(|(answer, hands)| Answer {
                text: text::unbroken(answer).into(),
                hands: number(hands),
            }),
    ));
    adapter.set_heads(number(session.heads));
}

/// The item of the playlist that was shown last. A playlist may show a video twice, and only its
/// playable videos are shown: the item is found by the video and by how often it came before.
fn asked<'a>(catalogue: &'a Catalogue, session: &Session) -> Option<&'a PlaylistItem> {
    let video = session.video()?;
    let entry = catalogue.playlist(&session.playlist)?;
    let before = session.videos.iter().take(session.at);
    let before = before.filter(|key| *key == video).count();
    let mut items = entry.playlist.items.iter();
    items
        .by_ref()
        .filter(|item| item.video == video)
        .nth(before)
}
