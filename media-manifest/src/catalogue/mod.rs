//! The format of `PARTNER/catalogue.json` and of the network's `classification.json`.
//!
//! These are the types as written in the files. They say nothing about trust: what a borne may use
//! has passed [`crate::trust`] and is [`merged`].

mod classification;
pub mod merged;
mod schema;
mod video;

pub use classification::{Classification, Rubrique, Univers};
pub use schema::schema;
pub use video::{Catalogue, FileRef, Kind, Track, Video, VideoFile};

/// Version of the catalogue format; a catalogue of another version is refused whole.
pub const FORMAT: u32 = 1;

#[cfg(test)]
mod tests;
