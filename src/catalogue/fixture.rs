//! Catalogues for tests: the videos named new in 2021, with invented files.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use media_manifest::catalogue::merged::{Entry, Merged};
use media_manifest::catalogue::{
    Classification, FileRef, Kind, Rubrique, Track, Univers, Video, VideoFile,
};

use super::Catalogue;

pub const TODAY: Date = date(2026, 3, 2);

/// Titles with the rubrique of advice, or the univers of a trade.
pub const TITLES: [(Kind, &str, &str); 19] = [
    (
        Kind::Conseil,
        "cv",
        "Rédigez votre CV de manière claire et structurée !",
    ),
    (
        Kind::Conseil,
        "demarches",
        "Retrouvez vos documents administratifs dans votre Espace Personnel !",
    ),
    (
        Kind::Conseil,
        "cv",
        "Pensez au CV vidéo pour vous démarquer !",
    ),
    (
        Kind::Conseil,
        "entretien",
        "Un entretien ? Renseignez-vous sur l'entreprise !",
    ),
    (
        Kind::Conseil,
        "langues",
        "Travailler en Flandre ? C'est possible !",
    ),
    (
        Kind::Conseil,
        "chercher",
        "Les réseaux sociaux, une arme pour décrocher un emploi !",
    ),
    (
        Kind::Conseil,
        "cv",
        "Positionnez-vous sur plusieurs compétences métiers !",
    ),
    (
        Kind::Conseil,
        "cv",
        "Vos soft skills peuvent faire la différence !",
    ),
    (
        Kind::Conseil,
        "contacter",
        "Comment communiquer de façon professionnelle ?",
    ),
    (
        Kind::Conseil,
        "langues",
        "Mettez en avant vos compétences en langues !",
    ),
    (
        Kind::Conseil,
        "entretien",
        "Bien préparer son entretien en visioconférence !",
    ),
    (
        Kind::Conseil,
        "contacter",
        "Comment réussir sa relance téléphonique ?",
    ),
    (
        Kind::Conseil,
        "chercher",
        "Le marché de l'emploi est comme un iceberg !",
    ),
    (
        Kind::Conseil,
        "cv",
        "Pensez au mini CV ou carte de présentation !",
    ),
    (
        Kind::Conseil,
        "cv",
        "Publiez votre profil en ligne sur leforem.be !",
    ),
    (Kind::Conseil, "chercher", "Comment choisir son métier"),
    (Kind::Metier, "bureau", "Analyste financier.ère"),
    (Kind::Metier, "informatique", "Analyste fonctionnel.le"),
    (Kind::Metier, "informatique", "Analyste business"),
];

pub fn file(name: &str) -> FileRef {
    FileRef {
        sha256: name.to_owned(),
        length: 1,
        urls: Vec::new(),
    }
}

/// A trade without anything but its title.
pub fn video(id: &str, title: &str) -> Video {
    Video {
        id: id.to_owned(),
        revision: 1,
        kind: Kind::Metier,
        title: title.to_owned(),
        aliases: Vec::new(),
        keywords: Vec::new(),
        summary: String::new(),
        univers: Vec::new(),
        rubrique: None,
        likes: Vec::new(),
        code: None,
        language: "fr".to_owned(),
        duration_ms: 180_000,
        priority: 0,
        featured: false,
        added: date(2021, 1, 1),
        media: VideoFile {
            file: file(id),
            mime: "video/mp4".to_owned(),
            width: 1920,
            height: 1080,
            fps: 25,
            sound: true,
            gain_centidb: 0,
        },
        audio_description: None,
        sign_language: None,
        poster: file("poster"),
        captions: Vec::new(),
        transcript: None,
    }
}

/// The same with captions kept in a file named after it.
pub fn captioned(id: &str, title: &str) -> Video {
    Video {
        captions: vec![Track {
            language: "fr".to_owned(),
            file: file(&format!("{id}.vtt")),
        }],
        ..video(id, title)
    }
}

/// A video of each title, `video-01` to `video-19`.
pub fn named_in_2021() -> Vec<Video> {
    (1..)
        .zip(TITLES)
        .map(|(number, (kind, group, title))| {
            let video = video(&format!("video-{number:02}"), title);
            let group = Some(group.to_owned());
            match kind {
                Kind::Metier => Video {
                    univers: group.into_iter().collect(),
                    ..video
                },
                Kind::Conseil => Video {
                    rubrique: group,
                    kind,
                    ..video
                },
            }
        })
        .collect()
}

pub fn classification() -> Classification {
    let univers = |id: &str, name: &str| Univers {
        id: id.to_owned(),
        name: name.to_owned(),
        icon: String::new(),
        colour: "#0b5d8a".to_owned(),
        rome: Vec::new(),
    };
    let rubrique = |id: &str, name: &str| Rubrique {
        id: id.to_owned(),
        name: name.to_owned(),
        icon: String::new(),
        colour: "bleu".to_owned(),
    };
    Classification {
        format: 1,
        univers: vec![
            univers("nature", "Nature et animaux"),
            univers("informatique", "Informatique"),
            univers("bureau", "Bureau, gestion, finances"),
        ],
        rubriques: vec![
            rubrique("cv", "CV et profil"),
            rubrique("chercher", "Chercher"),
            rubrique("contacter", "Contacter"),
            rubrique("entretien", "Entretien"),
            rubrique("langues", "Langues et mobilité"),
            rubrique("demarches", "Démarches"),
            rubrique("activite", "Créer son activité"),
        ],
        ..Classification::default()
    }
}

/// The videos as one partner's, in the order given.
pub fn merged(videos: impl IntoIterator<Item = Video>) -> Merged {
    Merged {
        classification: classification(),
        partners: Vec::new(),
        videos: videos
            .into_iter()
            .map(|video| Entry {
                key: format!("demo/{}", video.id),
                video,
            })
            .collect(),
        ..Merged::default()
    }
}

/// Everything available, no file of text.
pub fn catalogue(videos: impl IntoIterator<Item = Video>) -> Catalogue {
    spoken(videos, &[])
}

/// Everything available, with the content of the files named.
pub fn spoken(videos: impl IntoIterator<Item = Video>, files: &[(&str, &str)]) -> Catalogue {
    let files: BTreeMap<&str, &str> = files.iter().copied().collect();
    let read = |file: &FileRef| files.get(&*file.sha256).map(|&text| text.to_owned());
    Catalogue::build(&merged(videos), |_| true, read, TODAY)
}
