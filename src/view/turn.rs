//! A turned picture that is not kept yet: a note on the disk outlives the start that turning takes,
//! and a start of the machine.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::host::Request;
use crate::store::files;

use super::stage::Stage;

/// How the picture was turned before.
#[derive(Debug, Serialize, Deserialize)]
struct Before {
    /// Degrees clockwise.
    degrees: u16,
}

fn file(data: &Path) -> PathBuf {
    data.join("play/turn.json")
}

/// How the picture was turned before, while nobody has kept what it is now.
pub fn before(data: &Path) -> Option<u16> {
    let before: Before = files::read_json(&file(data)).ok()?;
    Some(before.degrees)
}

/// The picture stays as it is.
pub fn forget(data: &Path) {
    if let Err(error) = files::remove_durable(&file(data)) {
        tracing::warn!(%error, "the note of a turned picture stays");
    }
}

impl Stage {
    /// The note is there before the picture is turned: without it nothing would turn it back.
    pub(super) fn try_turn(&mut self, before: u16, degrees: u16) {
        let note = Before { degrees: before };
        match files::write_json_durable(&file(&self.data), &note) {
            Ok(()) => self.ask(Request::Turn(degrees)),
            Err(error) => {
                tracing::error!(%error, "a turned picture cannot be noted");
                self.cannot_note();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_there_until_the_picture_is_kept() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(before(data.path()), None);
        files::write_json_durable(&file(data.path()), &Before { degrees: 90 }).unwrap();
        assert_eq!(before(data.path()), Some(90));
        forget(data.path());
        forget(data.path());
        assert_eq!(before(data.path()), None);
    }
}
