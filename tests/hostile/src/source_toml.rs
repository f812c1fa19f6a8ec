//! The manifest of a partner.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use media_manifest::check::{Problem, is_id, limits};
use media_manifest::source::{MANIFEST, Source};
use tempfile::TempDir;

use crate::catalogue::classification;
use crate::plain::plain;

/// Reads a manifest beside the media of the example: every problem says where it is, what is accepted
/// is the same again.
///
/// # Panics
/// Something does not hold.
pub fn source_toml(bytes: &[u8]) {
    let folder = TempDir::new().expect("a folder");
    media(folder.path());
    fs::write(folder.path().join(MANIFEST), bytes).expect("a file");
    match read(folder.path()) {
        Ok(source) => {
            assert!(is_id(&source.partner), "{}", source.partner);
            let again = read(folder.path()).expect("accepted once, accepted twice");
            assert_eq!(again.videos, source.videos);
        }
        Err(problems) => {
            let lines = 1 + bytes.iter().filter(|byte| **byte == b'\n').count();
            assert!((1..=limits::PROBLEMS).contains(&problems.len()));
            problems.iter().for_each(|problem| told(problem, lines));
        }
    }
}

fn read(folder: &Path) -> Result<Source, Vec<Problem>> {
    Source::read(folder, classification())
}

fn told(problem: &Problem, lines: usize) {
    let sentence = problem.sentence();
    plain(&sentence);
    assert!(
        !problem.problem.is_empty() && !problem.remedy.is_empty(),
        "{sentence}"
    );
    let line = problem.line;
    assert!(
        line.is_none_or(|line| (1..=lines).contains(&line)),
        "{lines}: {sentence}"
    );
    // What is wrong with an entry is found in the file.
    assert!(problem.entry.is_none() || line.is_some(), "{sentence}");
}

/// Puts the media of the example beside the manifest.
fn media(folder: &Path) {
    let example = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../media-manifest/examples/demonstration"
    );
    for ending in ["mp4", "jpg", "txt", "fr.vtt"] {
        let name = format!("boulangere-boulanger.{ending}");
        symlink(Path::new(example).join(&name), folder.join(&name)).expect("a link");
    }
}
