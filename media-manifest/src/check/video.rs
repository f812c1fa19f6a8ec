//! Videos.

use crate::catalogue::{Classification, Kind, Video};

use super::references::{self, one_of};
use super::{Report, files, limits, named, place, text};

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
    /// What somebody may like who likes it.
    pub likes: &'a [String],
    /// Typed on a phone.
    pub code: Option<&'a str>,
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
        likes,
        code,
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
    references::likes(report, likes, classification);
    if let Some(code) = code {
        text::code(report, code);
    }
    univers(report, description, classification);
    rubrique(report, description, classification);
}

pub(super) fn video(
    report: &mut Report,
    index: usize,
    video: &Video,
    classification: &Classification,
) {
    report.enter(named("vidéo", &video.id), place("videos", index));
    let description = Description {
        id: &video.id,
        kind: video.kind,
        title: &video.title,
        aliases: &video.aliases,
        keywords: &video.keywords,
        summary: &video.summary,
        univers: &video.univers,
        rubrique: video.rubrique.as_deref(),
        likes: &video.likes,
        code: video.code.as_deref(),
        language: &video.language,
    };
    describe(report, &description, classification);
    files::video(report, video);
    report.leave();
}

fn univers(report: &mut Report, description: &Description<'_>, classification: &Classification) {
    let ids = description.univers;
    if description.kind == Kind::Metier && ids.is_empty() {
        let known = classification.univers.iter();
        let known: Vec<&str> = known.map(|univers| univers.id.as_str()).collect();
        report.add(
            "univers",
            "une vidéo métier a besoin d'un univers au moins",
            one_of(&known),
        );
    }
    references::univers(report, ids, classification);
}

fn rubrique(report: &mut Report, description: &Description<'_>, classification: &Classification) {
    match (description.kind, description.rubrique) {
        (Kind::Conseil, None) => {
            let known = classification.rubriques.iter();
            let known: Vec<&str> = known.map(|rubrique| rubrique.id.as_str()).collect();
            report.add(
                "rubrique",
                "une vidéo conseil a besoin d'une rubrique",
                one_of(&known),
            );
        }
        (Kind::Metier, Some(_)) => report.add(
            "rubrique",
            "une vidéo métier n'a pas de rubrique",
            "retirez cette ligne, ou écrivez kind = \"conseil\"",
        ),
        (Kind::Conseil, Some(id)) => references::rubrique(report, id, classification),
        (Kind::Metier, None) => {}
    }
}
