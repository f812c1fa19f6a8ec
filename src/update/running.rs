use std::path::{Path, PathBuf};

use media_manifest::firmware::Version;

/// The version of the system that runs cannot be told.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", path.display())]
pub struct VersionError {
    /// The file that should say it.
    path: PathBuf,
    /// What is wrong.
    reason: String,
}

/// The version of the system that runs, as its image says.
///
/// # Errors
/// The file cannot be read, or holds something else.
pub fn running(file: &Path) -> Result<Version, VersionError> {
    let error = |reason: String| VersionError {
        path: file.to_owned(),
        reason,
    };
    let text = std::fs::read_to_string(file).map_err(|source| error(source.to_string()))?;
    let version = text.trim().parse::<Version>();
    version.map_err(|reason| error(reason.to_string()))
}
