//! Judging a batch: as a whole first, then event by event, so that a bad event rejects only itself.

use central_protocol::limits::{MAX_EVENTS, MAX_TEXT_BYTES};
use central_protocol::{Acknowledgement, Batch, Envelope, Rejection, RejectionReason, SCHEMA};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::refusal::Refusal;
use crate::store::bornes::Identity;
use crate::store::delivery::{Delivery, Recorded};

/// Longest list of catalogue versions that is kept, bytes: dozens of partners.
const MAX_CATALOGUE_VERSION_BYTES: usize = 4_096;

/// A batch with its verdicts.
#[derive(Debug)]
pub struct Judged {
    /// What is stored.
    pub delivery: Delivery,
    /// What the borne is told once the delivery is stored.
    pub acknowledgement: Acknowledgement,
}

#[derive(Deserialize)]
struct Version {
    schema: u32,
}

#[derive(Deserialize)]
struct Place {
    seq: u64,
}

/// Reads a batch and checks each of its events; pure.
///
/// # Errors
/// Nothing of the batch can be taken.
pub fn judge(text: &[u8], borne: Identity) -> Result<Judged, Refusal> {
    let batch = read(text)?;
    if batch.borne != borne.id {
        return Err(Refusal::OtherBorne(clean(&batch.borne, MAX_TEXT_BYTES)));
    }
    if batch.events.len() > MAX_EVENTS {
        return Err(Refusal::TooLarge("number of events"));
    }
    let mut events = Vec::with_capacity(batch.events.len());
    let mut rejected = Vec::new();
    for (index, raw) in batch.events.iter().enumerate() {
        match check(raw) {
            Ok(envelope) => events.push(Recorded {
                envelope,
                body: raw.get().to_owned(),
            }),
            Err((reason, detail)) => {
                let seq = place(&batch, index, raw)?;
                rejected.push(Rejection {
                    seq,
                    reason,
                    detail: clean(&detail, MAX_TEXT_BYTES),
                });
            }
        }
    }
    let accepted = events.iter().map(|event| event.envelope.seq).collect();
    Ok(Judged {
        acknowledgement: Acknowledgement {
            batch_id: batch.batch_id,
            accepted,
            rejected,
        },
        delivery: Delivery {
            borne,
            epoch: batch.epoch,
            sent_at: batch.sent_at,
            clock: batch.clock,
            uptime_ms: batch.uptime_ms,
            firmware: clean(&batch.firmware, MAX_TEXT_BYTES),
            catalogue_version: clean(&batch.catalogue_version, MAX_CATALOGUE_VERSION_BYTES),
            events,
        },
    })
}

/// Another version may look different altogether, so it is told apart from a malformed batch.
fn read(text: &[u8]) -> Result<Batch<&RawValue>, Refusal> {
    let malformed =
        |error: serde_json::Error| Refusal::Malformed(clean(&error.to_string(), MAX_TEXT_BYTES));
    let Version { schema } = serde_json::from_slice(text).map_err(malformed)?;
    if schema != SCHEMA {
        return Err(Refusal::Schema {
            found: schema,
            known: SCHEMA,
        });
    }
    serde_json::from_slice(text).map_err(malformed)
}

fn check(raw: &RawValue) -> Result<Envelope, (RejectionReason, String)> {
    let envelope: Envelope = serde_json::from_str(raw.get())
        .map_err(|error| (RejectionReason::Malformed, error.to_string()))?;
    envelope
        .check()
        .map_err(|error| (RejectionReason::OutOfRange, error.to_string()))?;
    Ok(envelope)
}

/// The `seq` of a bad event: its own when it can be read, else from its position when the batch
/// has no gap.
fn place(batch: &Batch<&RawValue>, index: usize, raw: &RawValue) -> Result<u64, Refusal> {
    if let Ok(Place { seq }) = serde_json::from_str(raw.get()) {
        return Ok(seq);
    }
    let length = batch
        .seq_last
        .checked_sub(batch.seq_first)
        .and_then(|gap| gap.checked_add(1));
    if length == Some(batch.events.len() as u64) {
        return Ok(batch.seq_first + index as u64);
    }
    Err(Refusal::Malformed(format!(
        "event {index} has no seq, and the batch has gaps"
    )))
}

/// A text for logs and pages: bounded and without control characters.
fn clean(text: &str, most: usize) -> String {
    let end = text.floor_char_boundary(most);
    text[..end]
        .chars()
        .filter(|character| !character.is_control())
        .collect()
}

#[cfg(test)]
mod tests;
