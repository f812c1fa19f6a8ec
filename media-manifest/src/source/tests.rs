mod agenda;
mod network;

use std::fs;
use std::path::Path;

use tempfile::{TempDir, tempdir};

use super::{Addition, Source, append, default_classification, free_id, slug};
use crate::catalogue::Kind;
use crate::check::Problem;

const HEAD: &str = "[partner]\nid = \"forem\"\nname = \"Le Forem\"\n";

const VIDEO: &str = "
[[video]]
id = \"macon\"
title = \"Maçonne / Maçon\"
kind = \"metier\"
univers = [\"construire\"]
file = \"film.mp4\"
";

fn folder(manifest: &str) -> TempDir {
    let folder = tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("manifest.toml", manifest.as_bytes());
    write("film.mp4", b"film");
    write("affiche.jpg", b"\xff\xd8\xff\xe0");
    write("texte.txt", "dit".as_bytes());
    write(
        "titres.vtt",
        b"WEBVTT\n\n00:00.000 --> 00:01.000\nBonjour\n",
    );
    folder
}

fn read(folder: &Path) -> Result<Source, Vec<Problem>> {
    Source::read(folder, &default_classification().unwrap())
}

/// Lines and fields of all problems of a manifest.
fn places(manifest: &str) -> Vec<(Option<usize>, String)> {
    let folder = folder(manifest);
    let problems = read(folder.path()).unwrap_err();
    problems
        .into_iter()
        .map(|problem| (problem.line, problem.field))
        .collect()
}

#[test]
fn a_source_is_read_with_its_defaults() {
    let folder = folder(&format!("{HEAD}{VIDEO}"));
    let source = read(folder.path()).unwrap();
    assert_eq!(
        (source.partner.as_str(), source.partner_name.as_str()),
        ("forem", "Le Forem")
    );
    let video = &source.videos[0];
    assert_eq!(
        (video.id.as_str(), video.kind, video.language.as_str()),
        ("macon", Kind::Metier, "fr")
    );
    assert_eq!(video.poster, None);
}

#[test]
fn all_fields_are_read() {
    let more = "poster = \"affiche.jpg\"\ntranscript = \"texte.txt\"\nfeatured = true\n\
                priority = 3\nlikes = [\"creer\"]\ncode = \"mur1\"\n\
                audio_description = \"film.mp4\"\nsign_language = \"film.mp4\"\nadded = 2026-03-12\nlanguage = \"fr\"\naliases = [\"Maçon\"]\n\
                keywords = \"brique\"\nsummary = \"Bâtir.\"\n\
                captions = [{ language = \"fr\", file = \"titres.vtt\" }, \
                { language = \"nl\", file = \"titres.vtt\" }]\n";
    let folder = folder(&format!("{HEAD}{VIDEO}{more}"));
    let source = read(folder.path()).unwrap();
    let video = &source.videos[0];
    assert_eq!(video.keywords, ["brique"]);
    assert_eq!(video.captions.len(), 2);
    assert_eq!(video.added, Some("2026-03-12".parse().unwrap()));
    assert!(video.featured);
    assert_eq!(video.likes, ["creer"]);
    assert_eq!(video.code.as_deref(), Some("mur1"));
    let renditions: Vec<_> = video.renditions().collect();
    assert_eq!(
        renditions,
        [
            ("audio_description", "film.mp4"),
            ("sign_language", "film.mp4")
        ]
    );
    assert_eq!(video.priority, 3);
}

#[test]
fn every_problem_has_its_line_and_field() {
    let with = |line: &str| format!("{HEAD}{VIDEO}{line}\n");
    let without = |line: &str| format!("{HEAD}{VIDEO}").replace(line, "");
    for (manifest, line, field) in [
        (with("rubrique = \"entretien\""), 11, "rubrique"),
        (with("featured = \"oui\""), 11, "featured"),
        (with("priority = -1"), 11, "priority"),
        (with("added = \"hier\""), 11, "added"),
        (with("aliases = [1]"), 11, "aliases"),
        (with("captions = 3"), 11, "captions"),
        (with("captions = \"film.mp4\""), 11, "captions"),
        (with("poster = \"texte.txt\""), 11, "poster"),
        (with("poster = \"absente.jpg\""), 11, "poster"),
        (with("transcript = \"../texte.txt\""), 11, "transcript"),
        (with("transcript = \"/etc/hostname\""), 11, "transcript"),
        (with("likes = [\"dormir\"]"), 11, "likes"),
        (with("code = \"Pain !\""), 11, "code"),
        (with("code = 12"), 11, "code"),
        (
            with("audio_description = \"absente.mp4\""),
            11,
            "audio_description",
        ),
        (with("sign_language = \"../film.mp4\""), 11, "sign_language"),
        (with("[video.summary]"), 11, "summary"),
        (with("titel = \"faute de frappe\""), 11, "titel"),
        (with("summary = \"a\u{202e}b\""), 11, "summary"),
        (without("title = \"Maçonne / Maçon\"\n"), 5, "title"),
        (without("id = \"macon\"\n"), 5, "id"),
        (without("file = \"film.mp4\"\n"), 5, "file"),
        (with("").replace("\"metier\"", "\"métier\""), 8, "kind"),
        (
            with("").replace("\"construire\"", "\"bâtir\""),
            9,
            "univers",
        ),
        (with("").replace("\"macon\"", "\"Maçon\""), 6, "id"),
        (with("").replace("\"Le Forem\"", "\"\""), 3, "partner.name"),
        (
            with("").replace("[partner]", "[partenaire]"),
            1,
            "partenaire",
        ),
    ] {
        let places = places(&manifest);
        assert!(
            places.contains(&(Some(line), field.to_owned())),
            "{field}: {places:?}\n{manifest}"
        );
    }
}

#[test]
fn problems_of_several_videos_are_reported_at_once() {
    let bad = VIDEO
        .replace("film.mp4", "autre.mp4")
        .replace("construire", "x");
    let found = places(&format!("{HEAD}{VIDEO}{bad}"));
    assert_eq!(
        found,
        [
            (Some(13), "id".to_owned()),
            (Some(16), "univers".to_owned()),
            (Some(17), "file".to_owned())
        ]
    );
}

#[test]
fn writing_that_is_not_toml_names_the_line() {
    let folder = folder("[partner]\nid = \"forem\nname = \"Le Forem\"\n");
    let problems = read(folder.path()).unwrap_err();
    assert!(
        problems[0].problem.contains("ligne 2"),
        "{}",
        problems[0].sentence()
    );
}

#[test]
fn a_missing_or_binary_manifest_says_what_to_do() {
    let empty = tempdir().unwrap();
    assert!(
        read(empty.path()).unwrap_err()[0]
            .problem
            .contains("n'existe pas")
    );
    fs::write(empty.path().join("manifest.toml"), [0xff, 0xfe]).unwrap();
    assert!(read(empty.path()).unwrap_err()[0].problem.contains("UTF-8"));
}

#[test]
fn an_empty_file_is_named() {
    let folder = folder(&format!("{HEAD}{VIDEO}"));
    fs::write(folder.path().join("film.mp4"), []).unwrap();
    assert_eq!(read(folder.path()).unwrap_err()[0].field, "file");
}

#[test]
fn titles_become_identifiers() {
    for (title, id) in [
        (
            "Rédigez votre CV de manière claire !",
            "redigez-votre-cv-de-maniere-claire",
        ),
        ("Œuvre & cætera", "oeuvre-caetera"),
        ("Analyste financier.ère", "analyste-financier-ere"),
        ("L’emploi : où ?", "l-emploi-ou"),
        ("???", "video"),
    ] {
        assert_eq!(slug::of(title), id);
    }
    assert!(slug::of(&"long ".repeat(40)).len() <= 64);
}

fn addition(id: &str) -> Addition {
    Addition {
        id: id.into(),
        title: "Un « titre » avec \"guillemets\"".into(),
        kind: "metier",
        univers: vec!["construire".into()],
        rubrique: None,
        likes: vec!["avec-mes-mains".into()],
        code: Some("mur1".into()),
        summary: None,
        language: "fr".into(),
        aliases: vec![],
        keywords: vec!["mur".into()],
        featured: true,
        added: "2026-03-12".parse().unwrap(),
        file: "film.mp4".into(),
        audio_description: None,
        sign_language: None,
        poster: "affiche.jpg".into(),
        captions: Some("titres.vtt".into()),
        transcript: None,
    }
}

#[test]
fn adding_keeps_what_the_author_wrote_and_reads_back() {
    let before = format!("# à garder\n{HEAD}  # et ceci\n{VIDEO}");
    let after = append(&before, &addition("mur")).unwrap();
    assert!(after.starts_with(&before));
    let folder = folder(&after);
    let source = read(folder.path()).unwrap();
    assert_eq!(source.videos[1].title, "Un « titre » avec \"guillemets\"");
    assert_eq!(source.videos[1].captions[0].file, "titres.vtt");
    assert_eq!(source.videos[1].likes, ["avec-mes-mains"]);
    assert_eq!(source.videos[1].code.as_deref(), Some("mur1"));
}

#[test]
fn an_identifier_made_from_a_title_is_free() {
    let folder = folder(&format!("{HEAD}{VIDEO}"));
    let source = read(folder.path()).unwrap();
    assert_eq!(free_id(&source, None, "Maçon"), "macon-2");
    assert_eq!(free_id(&source, None, "Mur"), "mur");
    assert_eq!(free_id(&source, Some("x"), "Mur"), "x");
}
