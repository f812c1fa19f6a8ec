//! Videos of one partner that another one names.

use std::collections::HashSet;

use crate::check::{Problem, Report, named, place};
use crate::source::Source;

use super::Offer;
use super::held::Held;

/// Finds what sessions and playlists name and no partner offers. A partner's own videos were checked
/// with its source.
pub(super) fn check(sources: &[Source], offers: &[Offer], held: &Held) -> Vec<Problem> {
    let offered = keys(offers, held);
    sources
        .iter()
        .flat_map(|source| absent(source, &offered))
        .collect()
}

/// Keys of all videos there will be.
fn keys(offers: &[Offer], held: &Held) -> HashSet<String> {
    let new = offers.iter().map(|offer| &offer.catalogue);
    let is_new = |id: &str| offers.iter().any(|offer| offer.catalogue.partner == id);
    let kept = held.catalogues.iter();
    let kept = kept.filter(|(id, _)| !is_new(id)).map(|(_, kept)| kept);
    let all = new.chain(kept);
    all.flat_map(|catalogue| {
        let videos = catalogue.videos.iter();
        videos.map(|video| format!("{}/{}", catalogue.partner, video.id))
    })
    .collect()
}

fn absent(source: &Source, offered: &HashSet<String>) -> Vec<Problem> {
    let mut report = source.report();
    for (index, session) in source.sessions.iter().enumerate() {
        report.enter(named("séance", &session.id), place("session", index));
        for video in &session.videos {
            known(&mut report, "videos", video, offered);
        }
    }
    for (index, playlist) in source.playlists.iter().enumerate() {
        let at = place("playlist", index);
        for (number, item) in playlist.items.iter().enumerate() {
            let name = named("playlist", &playlist.id);
            report.enter(
                format!("{name}, vidéo numéro {}", number + 1),
                place(&format!("{at}.item"), number),
            );
            known(&mut report, "video", &item.video, offered);
        }
    }
    let mut problems = report.into_problems();
    source.lines.locate(&mut problems);
    problems
}

fn known(report: &mut Report, field: &str, video: &str, offered: &HashSet<String>) {
    if video.contains('/') && !offered.contains(video) {
        report.add(
            field,
            format!("aucun partenaire n'offre la vidéo « {video} »"),
            "corrigez son nom, ou retirez-la : son partenaire ne la publie pas ou plus",
        );
    }
}
