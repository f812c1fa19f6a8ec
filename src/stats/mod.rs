//! Anonymous viewing statistics: record them, deliver them.

pub mod delivery; // waiting events to central
pub mod policy; // limits, each with its reason
pub mod recorder; // events of the screen to the outbox

pub use recorder::Recorder;

#[cfg(test)]
mod tests;
