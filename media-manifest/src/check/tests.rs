mod agenda;
mod network;
mod text;

use crate::catalogue::{Catalogue, Classification, FileRef, Kind, Track, Video, VideoFile};

use super::{Problem, catalogue};

fn network() -> Classification {
    let text = r##"{
        "format": 1,
        "univers": [{ "id": "construire", "name": "Construire", "icon": "crane", "colour": "#8A4A06" }],
        "rubriques": [{ "id": "entretien", "name": "Entretien", "icon": "files", "colour": "#584A90" }],
        "likes": [{ "id": "creer", "name": "Créer", "icon": "brush", "colour": "#B03518" }],
        "audiences": [{ "id": "parents", "name": "Parents" }]
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

fn silent() -> VideoFile {
    VideoFile {
        sound: false,
        ..video().media
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
    assert_each_names_its_field(cases);
}

#[test]
fn each_rule_of_likes_codes_and_renditions_names_the_field_that_breaks_it() {
    assert_each_names_its_field(vec![
        (|video| video.likes = vec!["dormir".into()], "likes"),
        (|video| video.likes = vec!["creer".into(); 2], "likes"),
        (|video| video.code = Some("ab".into()), "code"),
        (|video| video.code = Some("abcdefghi".into()), "code"),
        (|video| video.code = Some("Pain".into()), "code"),
        (
            |video| video.media.gain_centidb = -2_001,
            "media.gain_centidb",
        ),
        (
            |video| video.audio_description = Some(silent()),
            "audio_description",
        ),
        (
            |video| {
                video.sign_language = Some(VideoFile {
                    mime: "video/quicktime".into(),
                    ..silent()
                });
            },
            "sign_language.mime",
        ),
    ]);
}

#[track_caller]
fn assert_each_names_its_field(cases: Vec<(Spoil, &str)>) {
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
fn a_video_may_have_renditions_likes_and_a_code() {
    let found = problems(|video| {
        video.audio_description = Some(video.media.clone());
        video.sign_language = Some(silent());
        video.likes = vec!["creer".into()];
        video.code = Some("brique1".into());
    });
    assert_eq!(found, []);
}

#[test]
fn two_videos_do_not_share_a_code() {
    let coded = |id: &str| Video {
        id: id.into(),
        code: Some("pain".into()),
        ..video()
    };
    let found = catalogue(
        "forem",
        &offer(vec![coded("un"), coded("deux")]),
        &network(),
    );
    assert_eq!(fields(&found), ["code"]);
    assert_eq!(found[0].entry.as_deref(), Some("vidéo « deux »"));
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
        place: None,
    };
    assert_eq!(
        problem.sentence(),
        "manifest.toml, ligne 42, vidéo « rediger-cv », champ « rubrique » : « cv » n'existe pas. \
         Que faire : choisissez parmi cv-profil, entretien."
    );
}
