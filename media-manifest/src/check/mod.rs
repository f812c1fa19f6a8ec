//! What a catalogue must be beyond its types, said so that a partner can put it right.
//!
//! Every rule is checked and everything found is reported at once. The same rules serve the
//! partner's source before publishing and the borne after verifying.

mod agenda;
mod classification;
mod colour;
mod contact;
mod files;
mod firmware;
pub mod limits;
mod playlist;
mod problem;
mod references;
mod text;
mod video;

pub use agenda::session;
pub use classification::classification;
pub use firmware::firmware;
pub use playlist::playlist;
pub use problem::{Problem, Report};
pub use references::Known;
pub(crate) use text::is_forbidden;
pub use text::{is_id, is_language, shown};
pub use video::{Description, describe};

#[cfg(feature = "sign")]
pub(crate) use files::caption_languages;

use std::collections::HashSet;

use crate::catalogue::{Catalogue, Classification, FORMAT};

/// Checks a partner's catalogue against its role's name and the network's classification.
#[must_use]
pub fn catalogue(
    partner: &str,
    catalogue: &Catalogue,
    classification: &Classification,
) -> Vec<Problem> {
    let mut report = Report::new(format!("{partner}/catalogue.json"));
    format_version(&mut report, catalogue.format);
    identity(&mut report, partner, catalogue);
    if !sizes(&mut report, catalogue) {
        return report.into_problems();
    }
    identifiers(&mut report, catalogue);
    for (index, video) in catalogue.videos.iter().enumerate() {
        video::video(&mut report, index, video, classification);
    }
    let videos = catalogue.videos.iter().map(|video| video.id.as_str());
    let known = Known::of(partner, videos);
    for (index, session) in catalogue.sessions.iter().enumerate() {
        let at = place("sessions", index);
        self::session(&mut report, &at, session, &known, classification);
    }
    for (index, playlist) in catalogue.playlists.iter().enumerate() {
        let at = place("playlists", index);
        self::playlist(&mut report, &at, playlist, &known, classification);
    }
    report.into_problems()
}

/// Whether no list is too long to be looked at.
fn sizes(report: &mut Report, catalogue: &Catalogue) -> bool {
    let lists = [
        ("videos", "vidéos", catalogue.videos.len(), limits::VIDEOS),
        (
            "sessions",
            "séances",
            catalogue.sessions.len(),
            limits::SESSIONS,
        ),
        (
            "playlists",
            "playlists",
            catalogue.playlists.len(),
            limits::PLAYLISTS,
        ),
    ];
    let fit = lists.map(|(field, noun, count, most)| few(report, field, noun, count, most));
    fit.into_iter().all(|fits| fits)
}

/// Whether a list is short enough.
pub(crate) fn few(report: &mut Report, field: &str, noun: &str, count: usize, most: usize) -> bool {
    if count > most {
        report.add(
            field,
            format!("{count} {noun}, au plus {most} sont admises"),
            "répartissez-les entre plusieurs partenaires",
        );
    }
    count <= most
}

fn identifiers(report: &mut Report, catalogue: &Catalogue) {
    let videos = catalogue.videos.iter().map(|video| video.id.as_str());
    unique(report, "vidéo", at("videos", videos));
    let sessions = catalogue.sessions.iter().map(|session| session.id.as_str());
    unique(report, "séance", at("sessions", sessions));
    let playlists = catalogue.playlists.iter();
    let playlists = playlists.map(|playlist| playlist.id.as_str());
    unique(report, "playlist", at("playlists", playlists));
    let videos = catalogue.videos.iter().enumerate();
    unique_codes(
        report,
        videos.map(|(index, video)| {
            let place = place("videos", index);
            (place, video.id.as_str(), video.code.as_deref())
        }),
    );
}

fn at<'a>(
    list: &str,
    ids: impl Iterator<Item = &'a str>,
) -> impl Iterator<Item = (String, &'a str)> {
    ids.enumerate()
        .map(move |(index, id)| (place(list, index), id))
}

/// Refuses two entries of one identifier; each comes with its place in the file.
pub fn unique<'a>(report: &mut Report, noun: &str, ids: impl Iterator<Item = (String, &'a str)>) {
    let mut seen = HashSet::new();
    for (place, id) in ids {
        if !seen.insert(id) {
            report.enter(named(noun, id), place);
            report.add(
                "id",
                "cet identifiant est donné deux fois",
                "donnez-en un autre à l'une des deux entrées",
            );
        }
    }
    report.leave();
}

/// Refuses two videos of one code; each comes with its place in the file and its identifier.
pub fn unique_codes<'a>(
    report: &mut Report,
    videos: impl Iterator<Item = (String, &'a str, Option<&'a str>)>,
) {
    let mut seen = HashSet::new();
    for (place, id, code) in videos {
        let Some(code) = code else { continue };
        if !seen.insert(code) {
            report.enter(named("vidéo", id), place);
            report.add(
                "code",
                format!(
                    "une autre vidéo porte aussi le code « {} »",
                    text::shown(code)
                ),
                "donnez-en un autre à l'une des deux",
            );
        }
    }
    report.leave();
}

/// How an entry is called in messages: `vidéo « rediger-cv »`.
#[must_use]
pub fn named(noun: &str, id: &str) -> String {
    format!("{noun} « {} »", text::shown(id))
}

/// The path of an entry of a list in its file.
#[must_use]
pub fn place(list: &str, index: usize) -> String {
    format!("{list}[{index}]")
}

fn format_version(report: &mut Report, found: u32) {
    if found != FORMAT {
        report.add(
            "format",
            format!("version {found}, seule la version {FORMAT} est connue"),
            "mettez à jour le logiciel qui publie ou celui de la borne",
        );
    }
}

fn identity(report: &mut Report, partner: &str, catalogue: &Catalogue) {
    self::partner(report, &catalogue.partner, &catalogue.partner_name);
    if catalogue.partner != partner {
        report.add(
            "partner",
            format!(
                "« {} » publie sous la clé de « {partner} »",
                text::shown(&catalogue.partner)
            ),
            format!("écrivez « {partner} », ou publiez avec la clé de ce partenaire"),
        );
    }
}

/// Checks who publishes.
pub(crate) fn partner(report: &mut Report, id: &str, name: &str) {
    text::id(report, "partner.id", id);
    text::required(report, "partner.name", name, limits::PARTNER_NAME_CHARS);
}

#[cfg(test)]
mod tests;
