//! Fetch → verify → promote → evict.
//!
//! One look at the repository ([`round`]): metadata and catalogues are fetched and verified, media
//! are brought into the store, a generation is promoted, what no generation needs is evicted. The
//! [`worker`] repeats it, and delivers statistics beside it.

mod complaint; // what play could not show
mod copy; // one file from a folder
mod download; // one file, resumed
mod error; // why a look failed
mod firmware; // the part of a look that brings the next system
mod folder; // a repository in a folder
mod loops; // what is done again and again
mod media; // the part of a look that brings media into the store
mod offer; // the part of a look that finds out what is offered
mod plan; // which files, in which order
pub mod policy; // limits, each with its reason
pub mod range; // what an answer brings of a file; pure
mod room; // which files the disk has room for
pub mod round; // one look
pub mod scrub; // the monthly reading of the store
mod service; // what looks and deliveries share
mod space; // what goes for a file that is to come
mod stick; // whether something to import has appeared
mod transport; // metadata over HTTP
pub mod worker; // the thread

#[cfg(test)]
pub(crate) mod tests;

pub use download::DownloadError;
pub use error::SyncError;
pub use folder::{Folder, Mark};
pub use round::{Outcome, Round, Source};
pub use transport::HttpTransport;
pub use worker::{Command, Worker};
