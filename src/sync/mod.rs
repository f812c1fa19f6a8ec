//! Fetch → verify → promote → evict.
//!
//! One look at the repository ([`round`]): metadata and catalogues are fetched and verified, media
//! are brought into the store, a generation is promoted, what no generation needs is evicted. The
//! [`worker`] repeats it, and delivers statistics beside it.

mod download; // one file, resumed
mod error; // why a look failed
mod media; // the part of a look that brings media into the store
mod plan; // which files, in which order
pub mod policy; // limits, each with its reason
pub mod range; // what an answer brings of a file; pure
pub mod round; // one look
mod service; // the loops of the worker
mod transport; // metadata over HTTP
pub mod worker; // the thread

#[cfg(test)]
mod tests;

pub use download::DownloadError;
pub use error::SyncError;
pub use round::{Outcome, Round};
pub use transport::HttpTransport;
pub use worker::{Command, Worker};
