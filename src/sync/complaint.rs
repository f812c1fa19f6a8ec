//! What play could not show is read through at once: rot that a visitor meets is mended within
//! minutes, not with the next monthly reading.

use std::path::Path;

use super::policy::LOOK_AT_PLAYER;
use crate::status::player::{self, PlayerStatus};
use crate::store::check::Piece;
use crate::store::{Media, StoreError, generation};

/// Listens to what play says of videos that it could not show.
#[derive(Debug, Default)]
pub(super) struct Complaints {
    heard: Mark,
}

/// The process, and its errors so far.
type Mark = (u32, u64);

impl Complaints {
    /// Waits for a video that could not be shown; its key. It is told again until it is settled.
    pub(super) async fn next(&self, data: &Path) -> (String, Mark) {
        loop {
            let found = player::read(data).and_then(|status| self.news(&status));
            if let Some(news) = found {
                return news;
            }
            tokio::time::sleep(LOOK_AT_PLAYER).await;
        }
    }

    /// What was complained of has been looked into.
    pub(super) const fn settle(&mut self, mark: Mark) {
        self.heard = mark;
    }

    fn news(&self, status: &PlayerStatus) -> Option<(String, Mark)> {
        let mark = (status.pid, status.errors);
        if mark == self.heard || status.errors == 0 {
            return None;
        }
        let (key, _) = status.last_error.as_deref()?.split_once(": ")?;
        Some((key.to_owned(), mark))
    }
}

/// Names of the files of a video that hold what play opens; none when the catalogue has no such
/// video.
pub(super) fn objects(data: &Path, key: &str) -> Vec<String> {
    let Ok(Some(current)) = generation::load_current(data) else {
        return Vec::new();
    };
    let mut entries = current.merged.videos.iter();
    let Some(entry) = entries.find(|entry| entry.key == key) else {
        return Vec::new();
    };
    let video = &entry.video;
    let renditions = [&video.audio_description, &video.sign_language];
    let files = renditions.into_iter().flatten().map(|it| &it.file);
    let files = std::iter::once(&video.media.file).chain(files);
    files.map(|file| file.sha256.clone()).collect()
}

/// Reads an object through and sets it aside when it is rotten: whether it was. One that is not
/// there is not rotten.
///
/// # Errors
/// The store refuses.
pub(super) async fn look_into(media: &Media, sha256: &str) -> Result<bool, StoreError> {
    let mut check = match media.check(sha256) {
        Ok(check) => check,
        Err(error) if error.is_absent() => return Ok(false),
        Err(error) => return Err(error),
    };
    loop {
        match check.piece() {
            // Others have their turn between two pieces.
            Piece::Read(_) => tokio::task::yield_now().await,
            Piece::Sound => return Ok(false),
            Piece::Rotten => {
                media.set_aside(sha256)?;
                return Ok(true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(pid: u32, errors: u64, last: Option<&str>) -> PlayerStatus {
        let mut status = PlayerStatus::new(pid, jiff::Timestamp::UNIX_EPOCH, String::new());
        status.errors = errors;
        status.last_error = last.map(str::to_owned);
        status
    }

    #[test]
    fn a_complaint_is_told_until_it_is_settled_and_again_of_another_process() {
        let mut complaints = Complaints::default();
        let un = Some("essai/un: Corrupt");
        for (pid, errors, last, expected) in [
            (1, 0, None, None),
            (1, 1, un, Some("essai/un")),
            (1, 2, Some("essai/deux: Stalled"), Some("essai/deux")),
            (2, 0, None, None),
            (2, 2, un, Some("essai/un")),
            (2, 3, Some("no key"), None),
        ] {
            let status = status(pid, errors, last);
            let found = complaints.news(&status);
            let key = found.as_ref().map(|(key, _)| key.as_str());
            assert_eq!(key, expected, "{pid} {errors} {last:?}");
            assert_eq!(complaints.news(&status), found);
            if let Some((_, mark)) = found {
                complaints.settle(mark);
                assert_eq!(complaints.news(&status), None);
            }
        }
    }
}
