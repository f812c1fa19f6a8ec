//! Media objects `store/ab/<sha256>`, named by their content.

use std::path::{Path, PathBuf};

use media_manifest::catalogue::FileRef;

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

    /// Where an object belongs; `None` when the name is no SHA-256.
    fn object(&self, sha256: &str) -> Option<PathBuf> {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let valid = sha256.len() == 64 && sha256.bytes().all(digit);
        valid.then(|| self.root.join(&sha256[..2]).join(sha256))
    }
}
