//! Videos.

use std::collections::HashSet;

use crate::catalogue::{Classification, Kind, Video};

use super::{Report, files, limits, text};

/// What is said of a video, in a catalogue or in a partner's source.
#[derive(Clone, Copy, Debug)]
pub struct Description<'a> {
    /// Identifier within the partner.
    pub id: &'a str,
    /// Trade or advice.
    pub kind: Kind,
    /// Title as shown.
    pub title: &'a str,
    /// Other forms of the title.
    pub aliases: &'a [String],
    /// Words that a search must find.
    pub keywords: &'a [String],
    /// A few sentences.
    pub summary: &'a str,
    /// Univers it belongs to.
    pub univers: &'a [String],
    /// Rubrique it belongs to.
    pub rubrique: Option<&'a str>,
    /// Language spoken.
    pub language: &'a str,
}

/// Checks what is said of a video.
pub fn describe(
    report: &mut Report,
    description: &Description<'_>,
    classification: &Classification,
) {
    let Description {
        id,
        title,
        aliases,
        keywords,
        summary,
        language,
        ..
    } = description;
    text::id(report, "id", id);
    text::required(report, "title", title, limits::TITLE_CHARS);
    text::list(
        report,
        "aliases",
        aliases,
        limits::ALIASES,
        limits::TITLE_CHARS,
    );
    text::list(
        report,
        "keywords",
        keywords,
        limits::KEYWORDS,
        limits::KEYWORD_CHARS,
    );
    text::optional(report, "summary", summary, limits::SUMMARY_CHARS);
    text::language(report, "language", language);
    univers(report, description, classification);
    rubrique(report, description, classification);
}

/// Refuses two entries of one identifier; each comes with its place in the file.
pub fn unique_ids<'a>(report: &mut Report, ids: impl Iterator<Item = (usize, &'a str)>) {
    let mut seen = HashSet::new();
    for (index, id) in ids {
        if !seen.insert(id) {
            report.enter(named(id), Some(index));
            report.add(
                "id",
                "deux vidéos portent cet identifiant",
                "donnez-en un autre à l'une des deux",
            );
        }
    }
    report.leave();
}

/// How a video is called in messages.
#[must_use]
pub fn named(id: &str) -> String {
    format!("vidéo « {} »", text::shown(id))
}

pub(super) fn video(report: &mut Report, video: &Video, classification: &Classification) {
    report.enter(named(&video.id), None);
    let description = Description {
        id: &video.id,
        kind: video.kind,
        title: &video.title,
        aliases: &video.aliases,
        keywords: &video.keywords,
        summary: &video.summary,
        univers: &video.univers,
        rubrique: video.rubrique.as_deref(),
        language: &video.language,
    };
    describe(report, &description, classification);
    files::video(report, video);
    report.leave();
}

fn univers(report: &mut Report, description: &Description<'_>, classification: &Classification) {
    let ids = description.univers;
    if description.kind == Kind::Metier && ids.is_empty() {
        report.add(
            "univers",
            "une vidéo métier a besoin d'un univers au moins",
            one_of(
                classification
                    .univers
                    .iter()
                    .map(|univers| univers.id.as_str()),
            ),
        );
    }
    let distinct: HashSet<_> = ids.iter().collect();
    if ids.len() > limits::UNIVERS_PER_VIDEO || distinct.len() != ids.len() {
        report.add(
            "univers",
            "il y en a trop, ou deux fois le même",
            format!(
                "gardez-en {} au plus, le principal d'abord",
                limits::UNIVERS_PER_VIDEO
            ),
        );
        return;
    }
    for id in ids {
        if !classification
            .univers
            .iter()
            .any(|univers| univers.id == *id)
        {
            report.add(
                "univers",
                format!("« {} » n'existe pas", text::shown(id)),
                one_of(
                    classification
                        .univers
                        .iter()
                        .map(|univers| univers.id.as_str()),
                ),
            );
        }
    }
}

fn rubrique(report: &mut Report, description: &Description<'_>, classification: &Classification) {
    let known = || {
        classification
            .rubriques
            .iter()
            .map(|rubrique| rubrique.id.as_str())
    };
    match (description.kind, description.rubrique) {
        (Kind::Conseil, None) => report.add(
            "rubrique",
            "une vidéo conseil a besoin d'une rubrique",
            one_of(known()),
        ),
        (Kind::Metier, Some(_)) => report.add(
            "rubrique",
            "une vidéo métier n'a pas de rubrique",
            "retirez cette ligne, ou écrivez kind = \"conseil\"",
        ),
        (Kind::Conseil, Some(id)) if !known().any(|rubrique| rubrique == id) => report.add(
            "rubrique",
            format!("« {} » n'existe pas", text::shown(id)),
            one_of(known()),
        ),
        _ => {}
    }
}

fn one_of<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    format!("choisissez parmi {}", ids.collect::<Vec<_>>().join(", "))
}
