//! Everything in the media store read through, against what the catalogue needs.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use media_manifest::catalogue::FileRef;
use serde::Serialize;

use super::media::{Kind, Media, kind};
use super::{Generation, StoreError};

/// What reading the store through found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Audit {
    /// Objects whose content is what their name says.
    pub sound: u64,
    /// Bytes of sound objects.
    pub sound_bytes: u64,
    /// Objects whose content is another, or that the disk does not give.
    pub rotten: Vec<Finding>,
    /// Files of the current catalogue that are not there.
    pub missing: Vec<Finding>,
    /// Files that have no business there, below the store.
    pub foreign: Vec<PathBuf>,
    /// Objects on their way.
    pub unfinished: u64,
    /// Rotten objects set aside before.
    pub set_aside: u64,
}

/// An object that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its name.
    pub sha256: String,
    /// A video of the current catalogue that needs it, `partner/id`.
    pub video: Option<String>,
}

impl Audit {
    /// All that the catalogue needs is there and right.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.rotten.is_empty() && self.missing.is_empty()
    }

    /// Reads every object through; changes nothing.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn run(media: &Media, current: Option<&Generation>) -> Result<Self, StoreError> {
        let needed = current.map(needed).unwrap_or_default();
        let finding = |sha256: &str| Finding {
            sha256: sha256.to_owned(),
            video: needed.get(sha256).map(|(_, key)| (*key).to_owned()),
        };
        let mut audit = Self::default();
        let mut seen = HashSet::new();
        for path in media.everything()? {
            match kind(&path) {
                Kind::Unfinished(_) => audit.unfinished += 1,
                Kind::SetAside => audit.set_aside += 1,
                Kind::Foreign => audit.foreign.push(media.below(&path)),
                Kind::Object(sha256) => {
                    audit.object(media, &sha256, &finding)?;
                    seen.insert(sha256);
                }
            }
        }
        let absent = needed.iter().filter(|(sha256, _)| !seen.contains(**sha256));
        audit.missing = absent.map(|(sha256, _)| finding(sha256)).collect();
        Ok(audit)
    }

    fn object(
        &mut self,
        media: &Media,
        sha256: &str,
        finding: &impl Fn(&str) -> Finding,
    ) -> Result<(), StoreError> {
        match media.check(sha256).map(|mut check| check.finish()) {
            Ok((true, length)) => {
                self.sound += 1;
                self.sound_bytes += length;
            }
            Ok((false, _)) => self.rotten.push(finding(sha256)),
            // Evicted in between: it is missing if the catalogue needs it.
            Err(error) if error.is_absent() => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

/// What the catalogue needs, by name, with a video that needs it.
fn needed(generation: &Generation) -> BTreeMap<&str, (&FileRef, &str)> {
    let entries = generation.merged.videos.iter();
    entries
        .flat_map(|entry| {
            let files = entry.video.files();
            files.map(|file| (file.sha256.as_str(), (file, entry.key.as_str())))
        })
        .collect()
}
