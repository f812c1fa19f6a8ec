//! The catalogue of a partner.

use std::sync::OnceLock;

use borne::catalogue::Catalogue as Browsed;
use jiff::civil::{Date, date};
use media_manifest::catalogue::merged::Merged;
use media_manifest::catalogue::{Catalogue, Classification};
use media_manifest::check::limits;
use media_manifest::source::default_classification;
use media_manifest::trust::{CatalogueError, read_catalogue};

use crate::plain::plain;

const PARTNER: &str = "demonstration";

const TODAY: Date = date(2026, 6, 15);

/// What is said in every video.
const CAPTIONS: &str = "WEBVTT\n\n00:00.000 --> 00:02.000\nJe fais le pain.\n";

/// Reads a catalogue as a borne does: a refusal is short and can be printed, what is accepted can be
/// kept, browsed and searched.
///
/// # Panics
/// Something does not hold.
pub fn catalogue(bytes: &[u8]) {
    match read_catalogue(PARTNER, bytes, classification()) {
        Ok(catalogue) => accepted(catalogue),
        Err(error) => refused(&error),
    }
}

pub(crate) fn classification() -> &'static Classification {
    static CLASSIFICATION: OnceLock<Classification> = OnceLock::new();
    CLASSIFICATION.get_or_init(|| default_classification().expect("the one that is compiled in"))
}

/// A refusal is short, can be printed, and its problems are JSON.
pub(crate) fn refused(error: &CatalogueError) {
    plain(&error.to_string());
    if let CatalogueError::Refused { problems, .. } = error {
        assert!((1..=limits::PROBLEMS).contains(&problems.len()));
        for problem in problems {
            plain(&problem.sentence());
        }
        serde_json::to_string(problems).expect("problems are written as JSON");
    }
}

fn accepted(catalogue: Catalogue) {
    let written = serde_json::to_vec(&catalogue).expect("a catalogue is JSON");
    let again = read_catalogue(PARTNER, &written, classification());
    assert_eq!(again.expect("accepted once, accepted twice"), catalogue);
    let merged = Merged::new(classification().clone(), [(1, catalogue)]);
    let kept = serde_json::to_vec(&merged).expect("a generation is JSON");
    let kept: Merged = serde_json::from_slice(&kept).expect("a generation is read back");
    assert_eq!(kept, merged);
    browsed(&merged);
}

/// Every video has a key of its own, under which it is found.
fn browsed(merged: &Merged) {
    assert!(merged.videos.is_sorted_by(|a, b| a.key < b.key));
    let text = |_: &_| Some(CAPTIONS.to_owned());
    let browsed = Browsed::build(merged, |_| true, text, TODAY);
    for entry in &merged.videos {
        let item = browsed.video(&entry.key).expect("a video has its key");
        assert_eq!(item.title(), entry.video.title);
        assert!(browsed.search(item.title(), 24).len() <= 24);
        let related = browsed.related(&entry.key);
        assert!(related.iter().all(|other| other.key != entry.key));
    }
    let listed = browsed.agenda(TODAY.at(0, 0, 0, 0), None);
    for session in listed {
        assert!(browsed.session(&session.key).is_some(), "{}", session.key);
    }
    for playlist in browsed.playlists() {
        assert!(
            browsed.playlist(&playlist.key).is_some(),
            "{}",
            playlist.key
        );
    }
}
