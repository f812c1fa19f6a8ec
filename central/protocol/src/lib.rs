//! What bornes and central say to each other: types and limits, nothing else.
//!
//! A borne sends a [`Batch`] as JSON (gzip allowed) to `POST` [`EVENTS_PATH`] with
//! `Authorization: Bearer <token>`. Central answers 200 with an [`Acknowledgement`] only after its
//! store has committed. The key `(borne, epoch, seq)` makes a repeated delivery have no effect.

pub mod event;
pub mod limits;

mod batch;
mod check;

#[cfg(test)]
mod tests;

pub use batch::{Acknowledgement, Batch, ClockTrust, Rejection, RejectionReason};
pub use event::{Envelope, Event};

/// Path of the endpoint that takes batches.
pub const EVENTS_PATH: &str = "/api/v1/events";

/// Version of the batch format; a batch of another version is refused whole.
pub const SCHEMA: u32 = 1;
