//! Files of the repository.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::PublishError;

/// Address of a media file below the repository's base: `media/ab/<sha256>.mp4`.
#[must_use]
pub fn file_url(sha256: &str, extension: &str) -> String {
    let shelf = sha256.get(..2).unwrap_or_default();
    format!("media/{shelf}/{sha256}.{extension}")
}

/// Takes the repository for this process until the file is dropped.
pub(super) fn lock(repository: &Path) -> Result<File, PublishError> {
    fs::create_dir_all(repository).map_err(PublishError::io(repository))?;
    let path = repository.join(".lock");
    let file = File::create(&path).map_err(PublishError::io(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(PublishError::Busy {
            path: repository.to_owned(),
        }),
        Err(TryLockError::Error(error)) => Err(PublishError::io(&path)(error)),
    }
}

/// Files of metadata and targets, to be written in this order.
#[derive(Debug, Default)]
pub(super) struct Staged(pub(super) Vec<(String, Vec<u8>)>);

impl Staged {
    pub(super) fn add(&mut self, path: String, bytes: Vec<u8>) {
        self.0.push((path, bytes));
    }

    /// Writes each file whole or not at all, in order. What is there already stays untouched.
    /// `step` is told before each file.
    pub(super) fn write(
        self,
        repository: &Path,
        step: &mut dyn FnMut(&str),
    ) -> Result<(), PublishError> {
        for (name, bytes) in self.0 {
            let path = repository.join(&name);
            if fs::read(&path).is_ok_and(|held| held == bytes) {
                continue;
            }
            step(&name);
            let mut new = Draft::new(&path)?;
            new.write(&bytes)?;
            new.keep()?;
        }
        Ok(())
    }
}

/// A file that appears under its name only once it is whole, on disk, and readable by the web
/// server, which is another user.
pub(super) struct Draft {
    file: tempfile::NamedTempFile,
    path: PathBuf,
}

impl Draft {
    /// Begins a file; its folder is made where there is none.
    pub(super) fn new(path: &Path) -> Result<Self, PublishError> {
        make_folder(path)?;
        let file = tempfile::Builder::new()
            .prefix(".new-")
            .tempfile_in(folder_of(path))
            .map_err(PublishError::io(path))?;
        let path = path.to_owned();
        Ok(Self { file, path })
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), PublishError> {
        let written = self.file.write_all(bytes);
        written.map_err(PublishError::io(&self.path))
    }

    /// Write, fsync, rename, fsync of the folder: on return the file survives a power cut.
    pub(super) fn keep(self) -> Result<(), PublishError> {
        let file = self.file.as_file();
        file.set_permissions(fs::Permissions::from_mode(0o644))
            .and_then(|()| file.sync_all())
            .map_err(PublishError::io(&self.path))?;
        let kept = self.file.persist(&self.path);
        kept.map_err(|error| PublishError::io(&self.path)(error.error))?;
        sync(folder_of(&self.path))
    }
}

/// Makes the folder of a file, so that it too survives a power cut.
pub(super) fn make_folder(path: &Path) -> Result<(), PublishError> {
    let folder = folder_of(path);
    if folder.is_dir() {
        return Ok(());
    }
    make_folder(folder)?;
    fs::create_dir_all(folder).map_err(PublishError::io(folder))?;
    sync(folder_of(folder))
}

fn sync(folder: &Path) -> Result<(), PublishError> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(PublishError::io(folder))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}
