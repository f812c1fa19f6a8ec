use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Files put into the source's folder, taken away again unless kept.
pub(super) struct Copies {
    pub(super) folder: PathBuf,
    made: Vec<PathBuf>,
}

impl Copies {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            made: Vec::new(),
        }
    }

    /// A path in the folder that no file has yet.
    pub(super) fn free(&mut self, name: &str) -> Result<PathBuf> {
        let path = self.folder.join(name);
        anyhow::ensure!(
            !path.exists(),
            "{} existe déjà. Que faire : donnez un autre identifiant avec --id, ou renommez ce fichier.",
            path.display()
        );
        self.made.push(path.clone());
        Ok(path)
    }

    pub(super) fn copy(&mut self, from: &Path, name: &str) -> Result<String> {
        let to = self.folder.join(name);
        // A file that lies in the folder under this name already is used as it is.
        if to.exists() && fs::canonicalize(&to)? == fs::canonicalize(from)? {
            return Ok(name.to_owned());
        }
        let to = self.free(name)?;
        fs::copy(from, &to).with_context(|| {
            let from = from.display();
            format!("{from} ne peut pas être copié. Que faire : vérifiez son nom et la place libre")
        })?;
        Ok(name.to_owned())
    }

    pub(super) fn keep(mut self) {
        self.made.clear();
    }
}

impl Drop for Copies {
    fn drop(&mut self) {
        for path in &self.made {
            // What cannot be removed was perhaps never written.
            let _ = fs::remove_file(path);
        }
    }
}
