use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::event::Envelope;

/// How far the borne's clock could be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockTrust {
    /// Synchronised with a time server when the event happened.
    Synced,
    /// Rewritten later in the same boot, once the clock had been synchronised.
    Corrected,
    /// Never synchronised in that boot: the hour is not to be believed.
    Unknown,
}

/// One delivery from a borne; `E` is how its events are held.
///
/// A receiver reads `Batch<serde_json::Value>` and judges each event alone, so that one bad event
/// rejects only itself.
///
/// The borne's name comes from its token, so `borne` here is a cross-check only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Batch<E = Envelope> {
    /// [`crate::SCHEMA`].
    pub schema: u32,
    /// `UUIDv7`, for tracing a delivery through both logs.
    pub batch_id: Uuid,
    /// Identifier of the borne, as in its settings.
    pub borne: String,
    /// Starts anew when the borne's event database does; part of every event's key.
    pub epoch: Uuid,
    /// Lowest `seq` in the batch.
    pub seq_first: u64,
    /// Highest `seq` in the batch.
    pub seq_last: u64,
    /// When the batch left, by the borne's clock.
    pub sent_at: jiff::Timestamp,
    /// Trust in `sent_at`.
    pub clock: ClockTrust,
    /// Milliseconds since the borne booted.
    pub uptime_ms: u64,
    /// Version of the software on the borne, and of the system around it where that has one: `0.1.0 (1.1.0)`.
    pub firmware: String,
    /// What the borne shows: `partner=version` pairs, comma-separated; empty before the first sync.
    pub catalogue_version: String,
    /// Events, in order of `seq`.
    pub events: Vec<E>,
}

/// Central's answer to a batch, sent after commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// The batch answered.
    pub batch_id: Uuid,
    /// Events stored now or known already: the borne may forget them.
    pub accepted: Vec<u64>,
    /// Events central will never take: the borne sets them aside.
    pub rejected: Vec<Rejection>,
}

/// One event central will never take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// The event's `seq`.
    pub seq: u64,
    /// Why, for machines.
    pub reason: RejectionReason,
    /// Why, for a log: names the field.
    pub detail: String,
}

/// Why an event was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectionReason {
    /// A field is missing, unknown or of the wrong type.
    Malformed,
    /// A value is outside what is possible.
    OutOfRange,
}
