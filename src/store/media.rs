//! Media objects `store/ab/<sha256>`, named by their content.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use media_manifest::catalogue::FileRef;
use sha2::{Digest, Sha256};

use super::check::Check;
use super::part::{self, Part};
use super::{StoreError, files};

/// Suffix of an object that is not complete.
pub(super) const PART: &str = "part";

/// Suffix of an object whose content is not what its name says. It keeps its place on the disk until
/// the next eviction, so that what replaces it is written elsewhere.
const ROTTEN: &str = "rotten";

/// The media store. Only `borne sync` writes it.
#[derive(Clone, Debug)]
pub struct Media {
    root: PathBuf,
}

impl Media {
    /// The store of a data folder; nothing is touched.
    #[must_use]
    pub fn new(data: &Path) -> Self {
        Self {
            root: data.join("store"),
        }
    }

    /// Where the file is, when it is there with the right length.
    #[must_use]
    pub fn path(&self, file: &FileRef) -> Option<PathBuf> {
        let path = self.object(&file.sha256)?;
        let found = path.metadata().ok()?;
        (found.is_file() && found.len() == file.length).then_some(path)
    }

    /// Reads a file through: whether its content is still what its name says.
    ///
    /// # Errors
    /// It is not there, or the system refuses.
    pub fn verify(&self, file: &FileRef) -> Result<bool, StoreError> {
        let path = self.object(&file.sha256).unwrap_or_default();
        let mut hasher = Sha256::new();
        fs::File::open(&path)
            .and_then(|mut object| part::feed(&mut hasher, &mut object, file.length))
            .map_err(StoreError::io(&path))?;
        Ok(hex::encode(hasher.finalize()) == file.sha256)
    }

    /// Whether an object of this name is there.
    #[must_use]
    pub fn has(&self, sha256: &str) -> bool {
        self.object(sha256).is_some_and(|object| object.is_file())
    }

    /// Bytes there of a file that is not complete.
    #[must_use]
    pub fn part_length(&self, file: &FileRef) -> u64 {
        let part = self.object(&file.sha256).map(|it| it.with_extension(PART));
        part.and_then(|part| part.metadata().ok())
            .map_or(0, |found| found.len())
    }

    /// Begins to read an object through.
    ///
    /// # Errors
    /// It is not there, or the system refuses.
    pub fn check(&self, sha256: &str) -> Result<Check, StoreError> {
        Check::open(&self.object(sha256).unwrap_or_default(), sha256)
    }

    /// Takes a rotten object out of its name: from here on it is not there, and the next look
    /// fetches it again. On return this survives a power cut.
    ///
    /// # Errors
    /// The system refuses.
    pub fn set_aside(&self, sha256: &str) -> Result<(), StoreError> {
        let object = self.object(sha256).unwrap_or_default();
        fs::rename(&object, object.with_extension(ROTTEN))
            .and_then(|()| files::sync_folder(object.parent().unwrap_or(&self.root)))
            .map_err(StoreError::io(object))
    }

    /// Names of complete objects, in order.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn names(&self) -> Result<Vec<String>, StoreError> {
        let objects = self.objects()?.into_iter();
        let mut names: Vec<String> = objects
            .filter_map(|object| Some(object.file_name()?.to_str()?.to_owned()))
            .filter(|name| is_name(name))
            .collect();
        names.sort();
        Ok(names)
    }

    /// Opens the beginning of a file that is not complete, keeping at most `kept` bytes of it.
    ///
    /// # Errors
    /// The name is no SHA-256, or the system refuses.
    pub fn part(&self, file: &FileRef, kept: u64) -> Result<Part, StoreError> {
        let target = self.object(&file.sha256).ok_or_else(|| {
            let name = io::Error::from(io::ErrorKind::InvalidFilename);
            StoreError::io(&self.root)(name)
        })?;
        Part::open(target, file, kept)
    }

    /// Removes objects, complete or not, whose name is not in `keep`, and rotten ones. Returns the bytes freed.
    ///
    /// # Errors
    /// The store cannot be read; an object that cannot be removed is no error.
    pub fn evict(&self, keep: &HashSet<&str>) -> Result<u64, StoreError> {
        let mut freed = 0;
        for object in self.objects()? {
            let name = object.file_stem().and_then(|name| name.to_str());
            let rotten = object.extension().is_some_and(|it| it == ROTTEN);
            if !rotten && name.is_some_and(|name| keep.contains(name)) {
                continue;
            }
            let length = object.metadata().map_or(0, |found| found.len());
            match fs::remove_file(&object) {
                Ok(()) => freed += length,
                Err(error) => {
                    tracing::warn!(object = %object.display(), %error, "object not evicted");
                }
            }
        }
        Ok(freed)
    }

    /// Objects, complete or not, in no particular order; none before the first sync.
    fn objects(&self) -> Result<Vec<PathBuf>, StoreError> {
        let mut objects = Vec::new();
        if !self.root.exists() {
            return Ok(objects);
        }
        for folder in entries(&self.root)? {
            if folder.is_dir() {
                objects.extend(entries(&folder)?);
            }
        }
        Ok(objects)
    }

    /// Every file in the store, in order.
    pub(crate) fn everything(&self) -> Result<Vec<PathBuf>, StoreError> {
        let mut found = self.objects()?;
        if self.root.exists() {
            let loose = entries(&self.root)?.into_iter();
            found.extend(loose.filter(|path| !path.is_dir()));
        }
        found.sort();
        Ok(found)
    }

    /// The part of a path below the store.
    pub(super) fn below(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).unwrap_or(path).to_owned()
    }

    /// Space left for the store and size of its disk, bytes.
    ///
    /// # Errors
    /// The system does not say.
    pub fn space(&self) -> Result<Space, StoreError> {
        let folder = self.root.parent().unwrap_or(&self.root);
        let disk =
            rustix::fs::statvfs(folder).map_err(|error| StoreError::io(folder)(error.into()))?;
        Ok(Space {
            free: disk.f_bavail.saturating_mul(disk.f_frsize),
            total: disk.f_blocks.saturating_mul(disk.f_frsize),
        })
    }

    /// Where an object belongs; `None` when the name is no SHA-256.
    fn object(&self, sha256: &str) -> Option<PathBuf> {
        is_name(sha256).then(|| self.root.join(&sha256[..2]).join(sha256))
    }
}

/// Whether a name is that of an object: a SHA-256 in small letters.
fn is_name(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == 64 && text.bytes().all(digit)
}

/// What a file in the store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A complete object of this name.
    Object(String),
    /// An object of this name on its way.
    Unfinished(String),
    /// An object whose content is not what its name says.
    SetAside,
    /// Nothing of the store's.
    Foreign,
}

/// Tells what a file in the store is by its name; what is no plain file is foreign.
pub(crate) fn kind(path: &Path) -> Kind {
    let text = |part: Option<&std::ffi::OsStr>| part.and_then(|it| it.to_str()).map(str::to_owned);
    let plain = || fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    let name = text(path.file_stem()).filter(|name| is_at_home(path, name) && plain());
    match (name, text(path.extension()).as_deref()) {
        (Some(sha256), None) => Kind::Object(sha256),
        (Some(sha256), Some(PART)) => Kind::Unfinished(sha256),
        (Some(_), Some(ROTTEN)) => Kind::SetAside,
        _ => Kind::Foreign,
    }
}

/// An object lies in the folder that its name begins with.
fn is_at_home(path: &Path, name: &str) -> bool {
    is_name(name)
        && path
            .parent()
            .is_some_and(|folder| folder.ends_with(&name[..2]))
}

/// A disk, bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    /// Free for the borne.
    pub free: u64,
    /// Size.
    pub total: u64,
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let entries = fs::read_dir(folder).map_err(StoreError::io(folder))?;
    Ok(entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect())
}
