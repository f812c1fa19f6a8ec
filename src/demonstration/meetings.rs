//! Meetings and playlists, all invented: each says that it belongs to the demonstration.

use jiff::Span;
use jiff::civil::{Date, DateTime};
use media_manifest::catalogue::{Playlist, PlaylistItem, Session, SessionKind};

/// Days from today, hour, what it is, title, and the univers or rubrique it is about.
const MEETINGS: [(i64, i8, SessionKind, &str, &str); 7] = [
    (
        1,
        10,
        SessionKind::Atelier,
        "Atelier CV, de la page blanche à l’envoi",
        "cv-profil",
    ),
    (
        2,
        14,
        SessionKind::Seance,
        "Les métiers de l’informatique",
        "informatique",
    ),
    (
        3,
        12,
        SessionKind::Cafe,
        "Café midi : parler de soi en deux minutes",
        "entretien",
    ),
    (
        6,
        9,
        SessionKind::Seance,
        "Travailler dans la gestion et la finance",
        "bureau-gestion-finances",
    ),
    (
        9,
        18,
        SessionKind::Seance,
        "Créer mon activité : par où commencer ?",
        "creer-activite",
    ),
    (
        12,
        13,
        SessionKind::Atelier,
        "Préparer un entretien en visioconférence",
        "entretien",
    ),
    (
        20,
        10,
        SessionKind::Seance,
        "Travailler en Flandre",
        "langues-mobilite",
    ),
];

/// Meetings in the weeks after `today`.
pub(super) fn sessions(today: Date) -> Vec<Session> {
    (1..)
        .zip(MEETINGS)
        .map(|(number, meeting)| {
            let (days, hour, kind, title, about) = meeting;
            let starts = at(today, days, hour);
            let is_univers = matches!(about, "informatique" | "bureau-gestion-finances");
            let (univers, rubrique) = if is_univers {
                (vec![about.to_owned()], None)
            } else {
                (Vec::new(), Some(about.to_owned()))
            };
            Session {
                id: format!("seance-{number}"),
                title: title.to_owned(),
                kind,
                starts,
                ends: Some(starts.saturating_add(Span::new().hours(2))),
                place: "Salle de démonstration".to_owned(),
                summary: "Séance de démonstration : elle n’a pas lieu.".to_owned(),
                audiences: Vec::new(),
                univers,
                rubrique,
                videos: Vec::new(),
                address: "demonstration.example".to_owned(),
                url: Some(format!("https://demonstration.example/{number}")),
            }
        })
        .collect()
}

fn at(today: Date, days: i64, hour: i8) -> DateTime {
    today
        .saturating_add(Span::new().days(days))
        .at(hour, 0, 0, 0)
}

/// One playlist with questions of both sorts, one without.
pub(super) fn playlists() -> Vec<Playlist> {
    vec![
        playlist(
            "choisir",
            "Choisir un métier",
            vec![
                item(
                    "choisir-son-metier",
                    Some("Par quoi commenceriez-vous ?"),
                    &["Mieux me connaître", "Me renseigner", "Essayer"],
                ),
                item(
                    "analyste-financier",
                    Some("Que retenez-vous de ce métier ?"),
                    &[],
                ),
                item("analyste-business", None, &[]),
            ],
        ),
        playlist(
            "postuler",
            "Se présenter à un employeur",
            vec![
                item("cv-clair", None, &[]),
                item("entretien-entreprise", None, &[]),
            ],
        ),
    ]
}

fn playlist(id: &str, title: &str, items: Vec<PlaylistItem>) -> Playlist {
    Playlist {
        id: id.to_owned(),
        title: title.to_owned(),
        summary: "Une playlist de démonstration.".to_owned(),
        audiences: Vec::new(),
        items,
    }
}

fn item(video: &str, question: Option<&str>, answers: &[&str]) -> PlaylistItem {
    PlaylistItem {
        video: video.to_owned(),
        question: question.map(str::to_owned),
        answers: answers.iter().map(|answer| (*answer).to_owned()).collect(),
    }
}
