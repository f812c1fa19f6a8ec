use std::{fs, path::Path};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Raised when the way of making changes, so that everything is made again.
pub const VERSION: &str = "1";

/// SHA-256 over parts, each with its length, as hexadecimal digits.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update((part.len() as u64).to_be_bytes());
        sha.update(part);
    }
    hex::encode(sha.finalize())
}

/// Files of every video, by extension.
const FILES: [&str; 4] = ["mp4", "jpg", "vtt", "txt"];

/// The file of a video with its description spoken, by extension.
pub const DESCRIBED: &str = "ad.mp4";

const NOTE: &str = "recipe";

/// All files of a video are there and were made from these inputs.
pub fn is_made(folder: &Path, id: &str, described: bool, key: &str) -> bool {
    let noted = fs::read_to_string(folder.join(NOTE)).is_ok_and(|noted| noted == key);
    let mut endings = FILES.iter().chain(described.then_some(&DESCRIBED));
    noted && endings.all(|ending| folder.join(format!("{id}.{ending}")).is_file())
}

/// Forgets what a folder was made from, before it is made again.
///
/// # Errors
/// The note cannot be removed.
pub fn forget(folder: &Path) -> Result<()> {
    let note = folder.join(NOTE);
    if note.exists() {
        fs::remove_file(&note).with_context(|| format!("effacement de {}", note.display()))?;
    }
    Ok(())
}

/// Notes what the files of a folder were made from; written last.
///
/// # Errors
/// The note cannot be written.
pub fn note(folder: &Path, key: &str) -> Result<()> {
    let note = folder.join(NOTE);
    fs::write(&note, key).with_context(|| format!("écriture de {}", note.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_video_is_made_again_when_a_file_is_missing_or_an_input_changed() {
        let folder = tempfile::tempdir().unwrap();
        for ending in FILES {
            fs::write(folder.path().join(format!("a.{ending}")), "").unwrap();
        }
        let is_made = |described, key| is_made(folder.path(), "a", described, key);
        assert!(!is_made(false, "1"));
        note(folder.path(), "1").unwrap();
        assert!(is_made(false, "1"));
        assert!(!is_made(false, "2"));
        assert!(!is_made(true, "1"));
        fs::write(folder.path().join("a.ad.mp4"), "").unwrap();
        assert!(is_made(true, "1"));
        fs::remove_file(folder.path().join("a.vtt")).unwrap();
        assert!(!is_made(false, "1"));
    }

    #[test]
    fn the_border_between_parts_counts() {
        assert_ne!(digest([&b"ab"[..], b"c"]), digest([&b"a"[..], b"bc"]));
    }
}
