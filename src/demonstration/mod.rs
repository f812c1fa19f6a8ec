//! A small catalogue for where there is none: to take pictures of every screen, and to measure them.
//!
//! Its titles, groups and addresses are those of the demonstration; its meetings are invented and
//! say so. Films, posters and captions come from whoever has them; what is missing is stood in for.

mod machine;
mod measure;
mod meetings;
mod place;
mod shelf;
mod stops;
#[cfg(test)]
mod tests;
mod titles;

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use media_manifest::catalogue::merged::Merged;

use crate::settings::SettingsError;
use crate::store::{Generation, PartError, StoreError, generation};

pub use machine::Machine;
pub use measure::{MeasureError, measure};
pub use place::{borne, settings};
pub use shelf::{Piece, Shelf};
pub use stops::{Step, Stop, stops};
pub use titles::{catalogue, classification};

/// The catalogue cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum DemonstrationError {
    /// A source that was compiled in is not understood: a test reads them all.
    #[error("demonstration source: {0}")]
    Source(#[from] toml::de::Error),
    /// The data folder refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The media store refuses a file.
    #[error(transparent)]
    Part(#[from] PartError),
    /// The poster that stands in cannot be drawn.
    #[error("stand-in poster: {0}")]
    Poster(#[from] image::ImageError),
    /// The folder refuses the settings.
    #[error(transparent)]
    Settings(#[from] SettingsError),
}

/// Sets the catalogue up in a data folder. `find` gives a file of a video, by the video's
/// identifier, where there is one.
///
/// # Errors
/// The folder refuses.
pub fn set_up(
    data: &Path,
    today: Date,
    find: &dyn Fn(&str, Piece) -> Option<Vec<u8>>,
) -> Result<Generation, DemonstrationError> {
    let shelf = Shelf::new(data);
    let mut catalogue = catalogue(today)?;
    for video in &mut catalogue.videos {
        shelf.furnish(video, find)?;
    }
    let merged = Merged::new(classification()?, [(1, catalogue)]);
    let promoted = generation::promote(data, merged, Vec::new(), Timestamp::UNIX_EPOCH)?;
    Ok(promoted)
}
