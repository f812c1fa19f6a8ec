//! The next system: `firmware/VERSION.raucb`, the document that was signed for it, and what came of
//! the last installation. `borne sync` brings it, `borne update` installs it.

use std::collections::HashSet;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use media_manifest::catalogue::FileRef;
use media_manifest::firmware::{Release, Version};
use media_manifest::trust::FIRMWARE;
use serde::{Deserialize, Serialize};

use super::check::Check;
use super::{Media, StoreError, files};

/// Extension of a bundle.
const BUNDLE: &str = "raucb";

/// What came of the last installation.
const TRIED: &str = "tried.json";

/// Held while a system is installed.
const LOCK: &str = "update.lock";

/// Where a bundle lies until it is whole.
const COMING: &str = "coming";

/// The folder of the next system.
#[derive(Clone, Debug)]
pub struct Shelf {
    root: PathBuf,
}

/// An installation that was begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// The version.
    pub version: Version,
    /// How far it came.
    pub step: Step,
    /// The boot in which it was begun.
    pub boot: String,
    /// How often this version has been begun.
    pub attempts: u32,
    /// When it was begun, by the borne's clock.
    pub at: Timestamp,
    /// What RAUC said when it failed; for a log.
    pub detail: String,
}

/// How far an installation came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// It was begun; when this is read in a later boot, it was cut short.
    Begun,
    /// RAUC has refused or failed.
    Failed,
    /// It is whole: the next start of the machine runs it.
    Installed,
}

impl Shelf {
    /// The folder below a data folder; nothing is touched.
    #[must_use]
    pub fn new(data: &Path) -> Self {
        Self {
            root: data.join("firmware"),
        }
    }

    /// The document as signed, when it is there.
    #[must_use]
    pub fn document(&self) -> Option<Vec<u8>> {
        fs::read(self.root.join(FIRMWARE)).ok()
    }

    /// Keeps the document; on return it survives a power cut.
    ///
    /// # Errors
    /// The one before is as it was.
    pub fn keep_document(&self, bytes: &[u8]) -> Result<(), StoreError> {
        if self.document().as_deref() == Some(bytes) {
            return Ok(());
        }
        let path = self.root.join(FIRMWARE);
        fs::create_dir_all(&self.root)
            .and_then(|()| files::replace_durable(&path, bytes))
            .map_err(StoreError::io(&path))
    }

    /// Where the bundle of a release is, when it is there with the right length.
    #[must_use]
    pub fn bundle(&self, release: &Release) -> Option<PathBuf> {
        let path = self.place_of(&release.version);
        let found = path.symlink_metadata().ok()?;
        (found.is_file() && found.len() == release.bundle.length).then_some(path)
    }

    /// Where bundles lie until they are whole.
    ///
    /// # Errors
    /// The system refuses.
    pub fn coming(&self) -> Result<Media, StoreError> {
        let folder = self.root.join(COMING);
        fs::create_dir_all(&folder).map_err(StoreError::io(&folder))?;
        Ok(Media::new(&folder))
    }

    /// Gives a bundle that is whole its place, and removes all others. On return this survives a
    /// power cut.
    ///
    /// # Errors
    /// It has no place yet.
    pub fn put(&self, release: &Release) -> Result<PathBuf, StoreError> {
        let coming = self.coming()?;
        let path = self.place_of(&release.version);
        let object = coming.path(&release.bundle).unwrap_or_default();
        fs::rename(&object, &path)
            .and_then(|()| files::sync_folder(&self.root))
            .map_err(StoreError::io(&path))?;
        self.keep_only(Some(release));
        Ok(path)
    }

    /// Removes every bundle but this release's, whole or on its way; one that stays is no harm.
    pub fn keep_only(&self, release: Option<&Release>) {
        let kept = release.map(|release| self.place_of(&release.version));
        for bundle in self.bundles().filter(|it| Some(it) != kept.as_ref()) {
            remove(&bundle);
        }
        let coming = Media::new(&self.root.join(COMING));
        let keep: HashSet<&str> = release
            .map(|it| it.bundle.sha256.as_str())
            .into_iter()
            .collect();
        if let Err(error) = coming.evict(&keep) {
            tracing::warn!(%error, "bundles not evicted");
        }
    }

    /// Removes the document and every bundle: the network offers nothing.
    pub fn clear(&self) {
        self.keep_only(None);
        let document = self.root.join(FIRMWARE);
        if document.exists() {
            remove(&document);
        }
    }

    /// All bundles, whole or on their way: what gives way to videos.
    #[must_use]
    pub fn giving(&self) -> Vec<PathBuf> {
        let coming = Media::new(&self.root.join(COMING));
        let coming = coming.everything().unwrap_or_default();
        self.bundles().chain(coming).collect()
    }

    /// What came of the last installation; nothing when none was begun.
    #[must_use]
    pub fn tried(&self) -> Option<Tried> {
        files::read_json(&self.root.join(TRIED)).ok()
    }

    /// Notes what comes of an installation; on return it survives a power cut.
    ///
    /// # Errors
    /// Nothing was noted.
    pub fn note_tried(&self, tried: &Tried) -> Result<(), StoreError> {
        let path = self.root.join(TRIED);
        serde_json::to_vec_pretty(tried)
            .map_err(std::io::Error::from)
            .and_then(|text| files::replace_durable(&path, &text))
            .map_err(StoreError::io(&path))
    }

    /// Removes a bundle whose content is not what was signed: the next look fetches it again.
    ///
    /// # Errors
    /// It is still there.
    pub fn reject(&self, bundle: &Path) -> Result<(), StoreError> {
        fs::remove_file(bundle)
            .and_then(|()| files::sync_folder(&self.root))
            .map_err(StoreError::io(bundle))
    }

    /// Keeps others from installing until the file is dropped; `None` while another does.
    ///
    /// # Errors
    /// The system refuses.
    pub fn lock(&self) -> Result<Option<File>, StoreError> {
        let path = self.root.join(LOCK);
        let file = fs::create_dir_all(&self.root)
            .and_then(|()| File::create(&path))
            .map_err(StoreError::io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(StoreError::io(&path)(error)),
        }
    }

    fn place_of(&self, version: &Version) -> PathBuf {
        self.root.join(format!("{version}.{BUNDLE}"))
    }

    fn bundles(&self) -> impl Iterator<Item = PathBuf> + use<> {
        let entries = fs::read_dir(&self.root).into_iter().flatten();
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        paths.filter(|path| path.extension().is_some_and(|it| it == BUNDLE))
    }
}

/// Reads a bundle through: whether it is what was signed. A disk forgets, and RAUC notices a damaged
/// block only while it writes it.
///
/// # Errors
/// The system refuses.
pub fn is_whole(bundle: &Path, signed: &FileRef) -> Result<bool, StoreError> {
    let (sound, length) = Check::open(bundle, &signed.sha256)?.finish();
    Ok(sound && length == signed.length)
}

fn remove(path: &Path) {
    if let Err(error) = fs::remove_file(path) {
        tracing::warn!(path = %path.display(), %error, "file not removed");
    }
}

#[cfg(test)]
mod tests;
