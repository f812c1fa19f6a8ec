//! Room for a file that is to come: what may go for it, and in which order.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use media_manifest::catalogue::FileRef;
use media_manifest::catalogue::merged::Merged;

use super::media::Stage;
use super::room::{Need, left_out};
use super::{Round, plan, policy};
use crate::status::player::{self, PlayerState};
use crate::store::firmware::Shelf;
use crate::store::media::{Kind, kind};
use crate::store::{Generation, Media, StoreError, generation};

/// What may go, the last first.
pub(super) struct Space<'a> {
    media: &'a Media,
    reserve_mb: Option<u64>,
    going: Vec<PathBuf>,
}

impl Space<'_> {
    /// Whether so many bytes fit beside the reserve, once what may go has gone as far as needed.
    pub(super) fn make(&mut self, wanted: u64) -> bool {
        loop {
            if free(self.media, self.reserve_mb) >= wanted {
                return true;
            }
            let Some(object) = self.going.pop() else {
                return false;
            };
            tracing::info!(object = %object.display(), "object makes room");
            if let Err(error) = std::fs::remove_file(&object) {
                tracing::warn!(object = %object.display(), %error, "object makes no room");
            }
        }
    }
}

/// Bytes free beyond the reserve; none when the system does not say.
pub(super) fn free(media: &Media, reserve_mb: Option<u64>) -> u64 {
    media.space().map_or(0, |space| {
        space
            .free
            .saturating_sub(policy::reserve(space, reserve_mb))
    })
}

/// How an object stands: the greater, the later it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    /// Nobody needs it.
    None,
    /// The next system: videos come before it, and it is fetched again.
    Firmware,
    /// Only the way back needs it; what comes early in its catalogue goes late.
    Previous(std::cmp::Reverse<usize>),
    /// It is shown now, and the new catalogue does without.
    Current(std::cmp::Reverse<usize>),
    /// The new catalogue would have it, but there is something more important.
    LeftOut(std::cmp::Reverse<usize>),
    /// It stays.
    Stays,
}

impl Round<'_> {
    /// Names of files that the disk has no room for, when the catalogue does not fit as a whole.
    pub(super) fn left_out<'m>(
        &self,
        media: &Media,
        merged: &'m Merged,
        files: &[&'m FileRef],
    ) -> Result<HashSet<&'m str>, StoreError> {
        let free = free(media, self.settings.storage.reserve_mb);
        let absent = files.iter().filter(|file| media.path(file).is_none());
        if absent.map(|file| file.length).sum::<u64>() <= free {
            return Ok(HashSet::new());
        }
        let playing: HashSet<&str> = self.playing(std::iter::once(merged)).collect();
        let need = |file: &&FileRef| match media.path(file) {
            None => Need::Absent(file.length),
            Some(_) if playing.contains(file.sha256.as_str()) => Need::Plays,
            Some(_) => Need::Held(file.length),
        };
        let needs: Vec<Need> = files.iter().map(need).collect();
        let bundles = Shelf::new(self.data()).giving();
        let room = free + reclaimable(media, files)? + lengths(bundles);
        let out = left_out(&needs, room);
        Ok(out
            .into_iter()
            .map(|index| files[index].sha256.as_str())
            .collect())
    }

    /// What may go for the files of a catalogue.
    pub(super) fn space<'a>(
        &self,
        media: &'a Media,
        merged: &Merged,
        current: Option<&Generation>,
        stage: Stage,
        out: &HashSet<&str>,
    ) -> Result<Space<'a>, StoreError> {
        let previous = generation::load_previous(self.data());
        let shown = current.map(|current| &current.merged);
        let claims = self.claims(merged, shown, previous.as_ref(), stage, out);
        let claim = |path: &Path| match kind(path) {
            Kind::Object(sha256) => claims.get(&sha256).copied().unwrap_or(Claim::None),
            Kind::Unfinished(sha256) if out.contains(sha256.as_str()) => Claim::None,
            Kind::Unfinished(sha256) if claims.contains_key(&sha256) => Claim::Stays,
            Kind::Unfinished(_) | Kind::SetAside | Kind::Foreign => Claim::None,
        };
        let objects = media.everything()?.into_iter();
        let bundles = Shelf::new(self.data()).giving().into_iter();
        let mut going: Vec<(Claim, PathBuf)> = objects
            .map(|path| (claim(&path), path))
            .filter(|(claim, _)| *claim != Claim::Stays)
            .chain(bundles.map(|path| (Claim::Firmware, path)))
            .collect();
        going.sort_by(|a, b| b.cmp(a));
        Ok(Space {
            media,
            reserve_mb: self.settings.storage.reserve_mb,
            going: going.into_iter().map(|(_, path)| path).collect(),
        })
    }

    fn claims(
        &self,
        merged: &Merged,
        current: Option<&Merged>,
        previous: Option<&Generation>,
        stage: Stage,
        out: &HashSet<&str>,
    ) -> HashMap<String, Claim> {
        let mut claims = HashMap::new();
        let mut claim = |catalogue: &Merged, claim: &dyn Fn(&FileRef, usize) -> Claim| {
            for (rank, file) in plan::files(catalogue).into_iter().enumerate() {
                claims.insert(file.sha256.clone(), claim(file, rank));
            }
        };
        let back = std::cmp::Reverse;
        if let Some(previous) = previous {
            claim(&previous.merged, &|_, rank| Claim::Previous(back(rank)));
        }
        if let Some(current) = current {
            claim(current, &|_, rank| match stage {
                Stage::Beside => Claim::Stays,
                Stage::Instead => Claim::Current(back(rank)),
            });
        }
        claim(merged, &|file, rank| match stage {
            Stage::Instead if out.contains(file.sha256.as_str()) => Claim::LeftOut(back(rank)),
            Stage::Beside | Stage::Instead => Claim::Stays,
        });
        let known = [Some(merged), current, previous.map(|it| &it.merged)];
        for playing in self.playing(known.into_iter().flatten()) {
            claims.insert(playing.to_owned(), Claim::Stays);
        }
        claims
    }

    /// Names of the files of the video that plays now, as far as the screen says.
    pub(super) fn playing<'m>(
        &self,
        catalogues: impl Iterator<Item = &'m Merged>,
    ) -> impl Iterator<Item = &'m str> {
        let status = player::read(self.data());
        let key = status
            .filter(|status| !matches!(status.state, PlayerState::Idle | PlayerState::Error))
            .and_then(|status| status.video);
        catalogues.flat_map(move |catalogue| {
            let key = key.clone();
            let entries = catalogue.videos.iter();
            entries
                .filter(move |entry| key.as_ref() == Some(&entry.key))
                .flat_map(|entry| entry.video.files())
                .map(|file| file.sha256.as_str())
        })
    }
}

/// Bytes that no complete object of these files takes.
fn reclaimable(media: &Media, files: &[&FileRef]) -> Result<u64, StoreError> {
    let needed: HashSet<&str> = files.iter().map(|file| file.sha256.as_str()).collect();
    let is_needed = |path: &Path| match kind(path) {
        Kind::Object(sha256) => needed.contains(sha256.as_str()),
        Kind::Unfinished(_) | Kind::SetAside | Kind::Foreign => false,
    };
    let objects = media.everything()?.into_iter();
    Ok(lengths(objects.filter(|path| !is_needed(path))))
}

/// Bytes that files take together.
fn lengths(files: impl IntoIterator<Item = PathBuf>) -> u64 {
    let found = files
        .into_iter()
        .filter_map(|path| path.symlink_metadata().ok());
    found.map(|found| found.len()).sum()
}
