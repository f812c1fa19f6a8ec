use jiff::civil::date;
use tempfile::TempDir;

use super::*;
use crate::store::Media;

#[test]
fn every_source_that_was_compiled_in_is_understood() {
    let classification = classification().unwrap();
    let catalogue = catalogue(date(2026, 3, 2)).unwrap();
    assert_eq!(catalogue.videos.len(), 19);
    for session in &catalogue.sessions {
        let known = |id: &String| classification.univers.iter().any(|one| one.id == *id);
        assert!(session.univers.iter().all(known), "{}", session.title);
        let known = |id: &String| classification.rubriques.iter().any(|one| one.id == *id);
        assert!(session.rubrique.iter().all(known), "{}", session.title);
    }
    for item in catalogue.playlists.iter().flat_map(|list| &list.items) {
        let known = catalogue.videos.iter().any(|video| video.id == item.video);
        assert!(known, "{}", item.video);
    }
}

#[test]
fn what_is_found_is_shown_and_what_is_missing_is_stood_in_for() {
    let folder = TempDir::new().unwrap();
    let find = |id: &str, piece: Piece| {
        (id == "cv-clair").then(|| match piece {
            Piece::Film => b"film".to_vec(),
            Piece::Poster => b"poster".to_vec(),
            Piece::Captions => b"WEBVTT\n\n00:01.000 --> 00:02.500\nBonjour\n".to_vec(),
        })
    };
    let set_up = set_up(folder.path(), date(2026, 3, 2), &find).unwrap();
    let media = Media::new(folder.path());
    for entry in &set_up.merged.videos {
        assert!(
            entry.video.files().all(|file| media.path(file).is_some()),
            "{}",
            entry.key
        );
        let found = entry.video.id == "cv-clair";
        assert_eq!(entry.video.media.file.length == 4, found, "{}", entry.key);
        let length = if found { 2_500 } else { 60_000 };
        assert_eq!(entry.video.duration_ms, length, "{}", entry.key);
    }
}
