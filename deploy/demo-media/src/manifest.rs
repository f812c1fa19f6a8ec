use std::path::Path;

use anyhow::Result;

use crate::collection::Collection;

/// Writes the partner's source.
///
/// # Errors
/// A file cannot be written.
pub fn write(_out: &Path, _source: &Path, _collection: &Collection) -> Result<()> {
    Ok(())
}
