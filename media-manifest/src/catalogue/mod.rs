//! The format of `PARTNER/catalogue.json` and of the network's `classification.json`.
//!
//! These are the types as written in the files. They say nothing about trust: what a borne may use
//! has passed [`crate::trust`] and is [`merged`].

mod adviser;
mod agenda;
mod classification;
pub mod merged;
mod playlist;
mod schema;
mod video;

pub use adviser::{Adviser, Hours, Phone, Weekday};
pub use agenda::{Session, SessionKind};
pub use classification::{Audience, Classification, Like, Rubrique, Univers};
pub use playlist::{Playlist, PlaylistItem};
pub use schema::schema;
pub use video::{Catalogue, FileRef, Kind, Track, Video, VideoFile};

/// Version of the catalogue format; a catalogue of another version is refused whole.
pub const FORMAT: u32 = 1;

#[cfg(test)]
mod tests;
