//! Playlists.

use crate::catalogue::{Classification, Playlist, PlaylistItem};

use super::references::{Known, audiences, videos};
use super::{Report, limits, named, place, text};

/// Checks a playlist at its place in the file; `known` says what it may refer to.
pub fn playlist(
    report: &mut Report,
    at: &str,
    playlist: &Playlist,
    known: &Known<'_>,
    classification: &Classification,
) {
    report.enter(named("playlist", &playlist.id), at);
    text::id(report, "id", &playlist.id);
    text::required(report, "title", &playlist.title, limits::TITLE_CHARS);
    text::optional(report, "summary", &playlist.summary, limits::SUMMARY_CHARS);
    audiences(report, &playlist.audiences, classification);
    if !(1..=limits::ITEMS).contains(&playlist.items.len()) {
        report.add(
            "item",
            format!("{} vidéo(s) dans la playlist", playlist.items.len()),
            format!(
                "donnez-en entre 1 et {}, chacune par un bloc [[playlist.item]]",
                limits::ITEMS
            ),
        );
        report.leave();
        return;
    }
    for (index, item) in playlist.items.iter().enumerate() {
        report.enter(
            format!(
                "{}, vidéo numéro {}",
                named("playlist", &playlist.id),
                index + 1
            ),
            place(&format!("{at}.item"), index),
        );
        self::item(report, item, known);
    }
    report.leave();
}

fn item(report: &mut Report, item: &PlaylistItem, known: &Known<'_>) {
    videos(report, "video", std::iter::once(&item.video), known);
    if let Some(question) = &item.question {
        text::required(report, "question", question, limits::QUESTION_CHARS);
    }
    text::list(
        report,
        "answers",
        &item.answers,
        limits::ANSWERS,
        limits::ANSWER_CHARS,
    );
    if item.question.is_none() && !item.answers.is_empty() {
        report.add(
            "answers",
            "il y a des réponses et pas de question",
            "ajoutez une ligne question = \"…\", ou retirez les réponses",
        );
    }
    if item.answers.len() == 1 {
        report.add(
            "answers",
            "il n'y a qu'une réponse",
            "donnez-en deux au moins, ou aucune pour une question ouverte",
        );
    }
}
