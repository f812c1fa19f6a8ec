//! Files of the repository.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use super::PublishError;
use crate::trust::replace;

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
pub(super) struct Staged(Vec<(String, Vec<u8>)>);

impl Staged {
    pub(super) fn add(&mut self, path: String, bytes: Vec<u8>) {
        self.0.push((path, bytes));
    }

    /// Writes each file whole or not at all, in order. What is there already stays untouched.
    pub(super) fn write(self, repository: &Path) -> Result<(), PublishError> {
        for (path, bytes) in self.0 {
            let path = repository.join(path);
            if fs::read(&path).is_ok_and(|held| held == bytes) {
                continue;
            }
            make_folder(&path)?;
            replace(&path, &bytes).map_err(PublishError::io(&path))?;
            public(&path)?;
        }
        Ok(())
    }
}

/// Makes the folder of a file.
pub(super) fn make_folder(path: &Path) -> Result<(), PublishError> {
    match path.parent() {
        Some(folder) => fs::create_dir_all(folder).map_err(PublishError::io(folder)),
        None => Ok(()),
    }
}

/// Lets the web server, which is another user, read a file.
pub(super) fn public(path: &Path) -> Result<(), PublishError> {
    use std::os::unix::fs::PermissionsExt;
    let permissions = fs::Permissions::from_mode(0o644);
    fs::set_permissions(path, permissions).map_err(PublishError::io(path))
}
