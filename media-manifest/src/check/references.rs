//! What one entry says of another.

use std::collections::HashSet;

use crate::catalogue::Classification;

use super::{Report, limits, text};

/// Videos that entries of a partner may name.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    partner: &'a str,
    videos: HashSet<&'a str>,
}

impl<'a> Known<'a> {
    /// The videos of a partner, by their identifiers.
    #[must_use]
    pub fn of(partner: &'a str, videos: impl Iterator<Item = &'a str>) -> Self {
        Self {
            partner,
            videos: videos.collect(),
        }
    }

    /// Another partner's videos are not known here: a name of the right form will do.
    fn has(&self, reference: &str) -> bool {
        match reference.split_once('/') {
            None => self.videos.contains(reference),
            Some((partner, id)) if partner == self.partner => self.videos.contains(id),
            Some((partner, id)) => text::is_id(partner) && text::is_id(id),
        }
    }
}

/// Videos named by an entry: each exists and is named once.
pub(super) fn videos<'a>(
    report: &mut Report,
    field: &str,
    references: impl Iterator<Item = &'a String>,
    known: &Known<'_>,
) {
    let mut seen = HashSet::new();
    for reference in references {
        if !known.has(reference) {
            report.add(
                field,
                format!("la vidéo « {} » n'existe pas", text::shown(reference)),
                "écrivez l'identifiant (id) d'une de vos vidéos, ou « partenaire/identifiant » \
                 pour celle d'un autre partenaire",
            );
        }
        if !seen.insert(reference) {
            report.add(
                field,
                format!("la vidéo « {} » y est deux fois", text::shown(reference)),
                "gardez-la une fois",
            );
        }
    }
}

/// Audiences of an entry.
pub(super) fn audiences(report: &mut Report, ids: &[String], classification: &Classification) {
    let known = classification.audiences.iter();
    let known: Vec<&str> = known.map(|audience| audience.id.as_str()).collect();
    distinct(report, "audiences", ids, limits::CLASSES, &known);
}

/// Univers of an entry.
pub(super) fn univers(report: &mut Report, ids: &[String], classification: &Classification) {
    let known = classification.univers.iter();
    let known: Vec<&str> = known.map(|univers| univers.id.as_str()).collect();
    distinct(report, "univers", ids, limits::UNIVERS_PER_VIDEO, &known);
}

/// Likes of an entry.
pub(super) fn likes(report: &mut Report, ids: &[String], classification: &Classification) {
    let known = classification.likes.iter();
    let known: Vec<&str> = known.map(|like| like.id.as_str()).collect();
    distinct(report, "likes", ids, limits::LIKES_PER_VIDEO, &known);
}

/// The rubrique of an entry.
pub(super) fn rubrique(report: &mut Report, id: &str, classification: &Classification) {
    let known = classification.rubriques.iter();
    let known: Vec<&str> = known.map(|rubrique| rubrique.id.as_str()).collect();
    if !known.contains(&id) {
        unknown(report, "rubrique", id, &known);
    }
}

/// Identifiers of a list: not too many, none twice, all known.
fn distinct(report: &mut Report, field: &str, ids: &[String], most: usize, known: &[&str]) {
    let distinct: HashSet<_> = ids.iter().collect();
    if ids.len() > most || distinct.len() != ids.len() {
        report.add(
            field,
            "il y en a trop, ou deux fois le même",
            format!("gardez-en {most} au plus, le principal d'abord"),
        );
        return;
    }
    for id in ids.iter().filter(|id| !known.contains(&id.as_str())) {
        unknown(report, field, id, known);
    }
}

fn unknown(report: &mut Report, field: &str, id: &str, known: &[&str]) {
    let problem = format!("« {} » n'existe pas", text::shown(id));
    report.add(field, problem, one_of(known));
}

/// What to choose from.
pub(super) fn one_of(known: &[&str]) -> String {
    if known.is_empty() {
        return "retirez cette ligne : le classement du réseau n'en connaît aucun".to_owned();
    }
    format!("choisissez parmi {}", known.join(", "))
}
