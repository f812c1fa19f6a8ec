use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::TrustError;
use super::names::file_name;

/// Trusted metadata on disk: `root.json`, `timestamp.json`, … byte for byte as served, under names
/// without versions.
///
/// Each file has a second copy beside it (`root.json.copy`), written first: when a failing disk
/// empties one of the two, the other still says which versions were trusted.
///
/// A file `unread` stands there from before a new snapshot is kept until its catalogues have been
/// read: a process that dies in between would else find nothing new at its next start.
#[derive(Clone, Debug)]
pub struct Datastore {
    folder: PathBuf,
    /// Root of trust to start from when the folder holds none that can be read.
    initial_root: Option<Vec<u8>>,
}

impl Datastore {
    /// Opens a datastore, making its folder when there is none.
    ///
    /// # Errors
    /// [`TrustError::Store`] when the folder cannot be made.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self, TrustError> {
        let folder = folder.into();
        fs::create_dir_all(&folder).map_err(|error| stored(&folder, error))?;
        Ok(Self {
            folder,
            initial_root: None,
        })
    }

    /// Opens a datastore with the root of trust that came with the program. It is written when the
    /// folder holds no root yet, and is the last resort when the stored one cannot be read.
    ///
    /// # Errors
    /// [`TrustError::Store`] when the root cannot be written.
    pub fn init(folder: impl Into<PathBuf>, root: &[u8]) -> Result<Self, TrustError> {
        let mut store = Self::open(folder)?;
        store.initial_root = Some(root.to_vec());
        if !store.folder.join("root.json").exists() {
            store.write("root", root)?;
        }
        Ok(store)
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is held of a role, best first: the file, its copy and, for the root, the initial one.
    pub(super) fn read(&self, role: &str, limit: u64) -> Vec<Vec<u8>> {
        let name = file_name(role);
        let mut found: Vec<_> = [name.clone(), copy_of(&name)]
            .iter()
            .filter_map(|name| self.read_file(name, limit))
            .collect();
        if role == "root" {
            found.extend(self.initial_root.clone());
        }
        found
    }

    fn read_file(&self, name: &str, limit: u64) -> Option<Vec<u8>> {
        let path = self.folder.join(name);
        let mut bytes = Vec::new();
        let read = File::open(&path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
        match read {
            Ok(0) => {
                tracing::warn!(path = %path.display(), "trusted metadata is empty");
                None
            }
            Ok(_) => Some(bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "trusted metadata cannot be read");
                None
            }
        }
    }

    /// Keeps a role's bytes. On return they survive a power cut.
    pub(super) fn write(&self, role: &str, bytes: &[u8]) -> Result<(), TrustError> {
        let name = file_name(role);
        for name in [copy_of(&name), name] {
            let path = self.folder.join(name);
            put(&path, bytes).map_err(|error| stored(&path, error))?;
        }
        sync(&self.folder).map_err(|error| stored(&self.folder, error))
    }
}

/// Says that a snapshot is kept whose catalogues have not been read.
const UNREAD: &str = "unread";

impl Datastore {
    /// Notes, before a new snapshot is kept, that its catalogues are still to be read. Survives a
    /// power cut.
    pub(super) fn note_unread(&self) -> Result<(), TrustError> {
        let path = self.folder.join(UNREAD);
        if path.exists() {
            return Ok(());
        }
        File::create(&path)
            .and_then(|_| sync(&self.folder))
            .map_err(|error| stored(&path, error))
    }

    /// Whether catalogues of the snapshot kept are still to be read.
    pub(super) fn is_unread(&self) -> bool {
        self.folder.join(UNREAD).exists()
    }

    /// Notes that they have been read. One that comes back after a power cut is read again.
    pub(super) fn note_read(&self) -> Result<(), TrustError> {
        let path = self.folder.join(UNREAD);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(stored(&path, error)),
            _ => Ok(()),
        }
    }
}

fn copy_of(name: &str) -> String {
    format!("{name}.copy")
}

fn stored(path: &Path, source: std::io::Error) -> TrustError {
    TrustError::Store {
        path: path.display().to_string(),
        source,
    }
}

/// Writes a file whole or not at all: temporary file, fsync, rename, fsync of the folder.
#[cfg(feature = "sign")]
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    put(path, bytes)?;
    sync(folder_of(path))
}

/// Writes a file that is whole once the folder is synced.
fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = tempfile::Builder::new()
        .prefix(".new-")
        .permissions(fs::Permissions::from_mode(0o644))
        .tempfile_in(folder_of(path))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn sync(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}
