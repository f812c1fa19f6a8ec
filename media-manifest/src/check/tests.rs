use crate::catalogue::{Catalogue, Classification, FileRef, Kind, Track, Video, VideoFile};

use super::{Problem, catalogue, classification, is_id, is_language};

fn network() -> Classification {
    let text = r##"{
        "format": 1,
        "univers": [{ "id": "construire", "name": "Construire", "icon": "crane", "colour": "#8A4A06" }],
        "rubriques": [{ "id": "entretien", "name": "Entretien", "icon": "files", "colour": "#584A90" }]
    }"##;
    serde_json::from_str(text).unwrap()
}

fn file() -> FileRef {
    FileRef {
        sha256: "ab".repeat(32),
        length: 10,
        urls: vec!["media/ab/x.mp4".into(), "https://exemple.be/x.mp4".into()],
    }
}

fn video() -> Video {
    Video {
        id: "macon".into(),
        revision: 1,
        kind: Kind::Metier,
        title: "Maçonne / Maçon".into(),
        aliases: vec![],
        keywords: vec!["brique".into()],
        summary: String::new(),
        univers: vec!["construire".into()],
        rubrique: None,
        likes: vec![],
        code: None,
        language: "fr".into(),
        duration_ms: 60_000,
        priority: 0,
        featured: false,
        added: "2026-03-12".parse().unwrap(),
        media: VideoFile {
            file: file(),
            mime: "video/mp4".into(),
            width: 1280,
            height: 720,
            fps: 25,
            sound: true,
            gain_centidb: 0,
        },
        audio_description: None,
        sign_language: None,
        poster: file(),
        captions: vec![],
        transcript: None,
    }
}

fn offer(videos: Vec<Video>) -> Catalogue {
    Catalogue {
        format: 1,
        partner: "forem".into(),
        partner_name: "Le Forem".into(),
        issued: "2026-03-12".parse().unwrap(),
        videos,
        sessions: vec![],
        playlists: vec![],
    }
}

fn problems(change: impl FnOnce(&mut Video)) -> Vec<Problem> {
    let mut video = video();
    change(&mut video);
    catalogue("forem", &offer(vec![video]), &network())
}

fn fields(problems: &[Problem]) -> Vec<&str> {
    problems
        .iter()
        .map(|problem| problem.field.as_str())
        .collect()
}

#[test]
fn a_catalogue_in_order_has_no_problem() {
    assert_eq!(problems(|_| {}), []);
}

/// How a video is spoilt.
type Spoil = fn(&mut Video);

#[test]
fn each_rule_names_the_field_that_breaks_it() {
    let cases: Vec<(Spoil, &str)> = vec![
        (|video| video.id = "../../etc".into(), "id"),
        (|video| video.id = "x".repeat(65), "id"),
        (|video| video.title = "  ".into(), "title"),
        (|video| video.title = "é".repeat(121), "title"),
        (|video| video.title = "a\u{202e}b".into(), "title"),
        (|video| video.title = "a\u{0}b".into(), "title"),
        (|video| video.title = "a\u{feff}b".into(), "title"),
        (|video| video.aliases = vec!["a\nb".into()], "aliases"),
        (|video| video.aliases = vec!["a".into(); 21], "aliases"),
        (|video| video.keywords = vec![String::new()], "keywords"),
        (|video| video.summary = "a".repeat(601), "summary"),
        (|video| video.univers = vec![], "univers"),
        (|video| video.univers = vec!["lune".into()], "univers"),
        (
            |video| video.univers = vec!["construire".into(); 2],
            "univers",
        ),
        (
            |video| video.rubrique = Some("entretien".into()),
            "rubrique",
        ),
        (|video| video.kind = Kind::Conseil, "rubrique"),
        (|video| video.language = "français".into(), "language"),
        (|video| video.duration_ms = 0, "duration_ms"),
        (|video| video.duration_ms = 5 * 3_600_000, "duration_ms"),
        (
            |video| video.media.mime = "video/x-msvideo".into(),
            "media.mime",
        ),
        (|video| video.media.width = 0, "media"),
        (|video| video.media.fps = 1_000, "media.fps"),
        (
            |video| video.media.file.sha256 = "AB".repeat(32),
            "media.sha256",
        ),
        (|video| video.poster.length = 0, "poster.length"),
        (|video| video.poster.urls = vec![], "poster.urls"),
        (
            |video| {
                video.transcript = Some(FileRef {
                    length: u64::MAX,
                    ..file()
                });
            },
            "transcript.length",
        ),
    ];
    for (index, (spoil, field)) in cases.into_iter().enumerate() {
        assert_eq!(fields(&problems(spoil)), [field], "case {index}");
    }
}

#[test]
fn addresses_lead_to_the_web_or_down_the_repository_only() {
    for (address, admitted) in [
        ("media/ab/x.mp4", true),
        ("https://exemple.be/x.mp4?v=1", true),
        ("http://192.0.2.1/x.mp4", true),
        ("../x.mp4", false),
        ("media/../x.mp4", false),
        ("/etc/passwd", false),
        ("media//x.mp4", false),
        ("media/%2e%2e/x.mp4", false),
        ("media\\x.mp4", false),
        ("file:///etc/passwd", false),
        ("javascript:alert(1)", false),
        ("https://nom:secret@exemple.be/x.mp4", false),
        ("", false),
    ] {
        let problems = problems(|video| video.media.file.urls = vec![address.into()]);
        assert_eq!(problems.is_empty(), admitted, "{address}");
    }
}

#[test]
fn two_captions_in_one_language_are_a_problem() {
    let track = |language: &str| Track {
        language: language.into(),
        file: file(),
    };
    let two = problems(|video| video.captions = vec![track("fr"), track("nl-BE")]);
    assert_eq!(two, []);
    let twice = problems(|video| video.captions = vec![track("fr"), track("fr")]);
    assert_eq!(fields(&twice), ["captions"]);
}

#[test]
fn all_problems_are_reported_at_once() {
    let mut second = video();
    second.title = String::new();
    let found = catalogue("forem", &offer(vec![video(), second]), &network());
    assert_eq!(fields(&found), ["id", "title"]);
    let mut foreign = offer(vec![video()]);
    foreign.format = 2;
    foreign.partner = "siep".into();
    foreign.partner_name = String::new();
    let found = catalogue("forem", &foreign, &network());
    assert_eq!(fields(&found), ["format", "partner.name", "partner"]);
}

#[test]
fn a_hostile_catalogue_cannot_flood_with_problems() {
    let mut bad = video();
    bad.title = String::new();
    let found = catalogue("forem", &offer(vec![bad; 1_000]), &network());
    assert_eq!(found.len(), super::limits::PROBLEMS);
}

#[test]
fn a_problem_reads_as_a_sentence_that_says_what_to_do() {
    let problem = Problem {
        file: "manifest.toml".into(),
        line: Some(42),
        entry: Some("vidéo « rediger-cv »".into()),
        field: "rubrique".into(),
        problem: "« cv » n'existe pas".into(),
        remedy: "choisissez parmi cv-profil, entretien".into(),
        index: None,
    };
    assert_eq!(
        problem.sentence(),
        "manifest.toml, ligne 42, vidéo « rediger-cv », champ « rubrique » : « cv » n'existe pas. \
         Que faire : choisissez parmi cv-profil, entretien."
    );
}

#[test]
fn a_classification_names_the_class_that_breaks_a_rule() {
    assert_eq!(classification(&network()), []);
    let mut pale = network();
    pale.univers[0].colour = "#FFB84D".into();
    pale.rubriques[0].colour = "rouge".into();
    let found = classification(&pale);
    assert_eq!(fields(&found), ["colour", "colour"]);
    assert_eq!(found[0].entry.as_deref(), Some("univers « construire »"));
    let mut double = network();
    double.univers.push(double.univers[0].clone());
    assert_eq!(fields(&classification(&double)), ["id"]);
    assert_eq!(
        fields(&classification(&Classification {
            format: 1,
            ..Classification::default()
        })),
        ["univers", "rubriques"]
    );
}

#[test]
fn identifiers_and_languages_have_their_form() {
    for (text, is) in [
        ("a", true),
        ("cv-2", true),
        ("", false),
        ("É", false),
        ("A", false),
        ("a_b", false),
    ] {
        assert_eq!(is_id(text), is, "{text}");
    }
    for (text, is) in [
        ("fr", true),
        ("nl-BE", true),
        ("sgn-BE-FR", true),
        ("f", false),
        ("FR", false),
        ("fr_BE", false),
        ("fr-", false),
    ] {
        assert_eq!(is_language(text), is, "{text}");
    }
}
