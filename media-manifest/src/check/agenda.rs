//! Dated sessions.

use crate::catalogue::{Classification, Session};

use super::references::{self, Known};
use super::{Report, limits, named, text};

/// Checks a session at its place in the file; `known` says what it may refer to.
pub fn session(
    report: &mut Report,
    at: &str,
    session: &Session,
    known: &Known<'_>,
    classification: &Classification,
) {
    report.enter(named("séance", &session.id), at);
    text::id(report, "id", &session.id);
    text::required(report, "title", &session.title, limits::TITLE_CHARS);
    text::optional(report, "summary", &session.summary, limits::SUMMARY_CHARS);
    text::required(report, "place", &session.place, limits::PLACE_CHARS);
    text::required(report, "address", &session.address, limits::ADDRESS_CHARS);
    if let Some(url) = &session.url {
        text::https(report, "url", url);
    }
    if let Some(ends) = session.ends.filter(|ends| *ends <= session.starts) {
        report.add(
            "ends",
            format!(
                "la fin, {}, n'est pas après le début, {}",
                day(ends),
                day(session.starts)
            ),
            "corrigez l'une des deux dates",
        );
    }
    references::audiences(report, &session.audiences, classification);
    references::univers(report, &session.univers, classification);
    if let Some(rubrique) = &session.rubrique {
        references::rubrique(report, rubrique, classification);
    }
    if session.videos.len() > limits::VIDEOS_PER_SESSION {
        report.add(
            "videos",
            format!("{} vidéos", session.videos.len()),
            format!("gardez-en {} au plus", limits::VIDEOS_PER_SESSION),
        );
    } else {
        references::videos(report, "videos", session.videos.iter(), known);
    }
    report.leave();
}

fn day(at: jiff::civil::DateTime) -> String {
    at.strftime("%d/%m/%Y %H:%M").to_string()
}
