//! `borne update`: the newer system that sync has brought is written to the slot that does not run,
//! when nobody is there.
//!
//! Sync, which talks to the network, has no rights; this has the rights, and no network. They meet
//! on disk, and what lies there is verified again.

mod decision; // whether to install now; pure
mod error; // why a look ended early
mod installer; // RAUC and the service manager
pub mod policy; // limits, each with its reason
mod quiet; // hours, and whether somebody is there; pure
mod run; // one look
mod running; // the version that runs
mod trusted; // the release that the network signed

#[cfg(test)]
mod tests;

pub use decision::{Decision, Situation, Why, decide, spent};
pub use error::UpdateError;
pub use installer::{Installer, Rauc};
pub use run::{How, Outcome, Update};
pub use running::{VersionError, running};
pub use trusted::offered;
