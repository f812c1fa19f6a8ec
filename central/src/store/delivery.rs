//! What a borne delivers: stored once, however often it arrives.

use std::collections::HashMap;

use central_protocol::{ClockTrust, Envelope};
use jiff::Timestamp;
use rusqlite::Connection;
use uuid::Uuid;

use super::bornes::Identity;
use super::counts::Tally;
use super::{StoreError, number_of};
use crate::day::{CountedDay, Day};

/// A delivery whose events have been checked.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Who delivers, by its token.
    pub borne: Identity,
    /// Part of every event's key.
    pub epoch: Uuid,
    /// When the borne sent it, by its own clock.
    pub sent_at: Timestamp,
    /// Trust in `sent_at`.
    pub clock: ClockTrust,
    /// Time since the borne booted, ms.
    pub uptime_ms: u64,
    /// Version of its software.
    pub firmware: String,
    /// Versions of its catalogues.
    pub catalogue_version: String,
    /// The events that passed every check.
    pub events: Vec<Recorded>,
}

/// An event with the text it came as.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The event.
    pub envelope: Envelope,
    /// As received.
    pub body: String,
}

/// Stores a delivery and counts what is new in it; returns how many events were new.
///
/// The key `(borne, epoch, seq)` makes a repetition have no effect, on the counts too.
///
/// # Errors
/// When the database refuses.
pub fn record(
    connection: &Connection,
    delivery: &Delivery,
    now: Timestamp,
) -> Result<usize, StoreError> {
    record_contact(connection, delivery, now)?;
    let epoch = epoch_number(connection, delivery)?;
    let mut tally = Tally::new(delivery.borne.number);
    let mut videos = HashMap::new();
    let mut new = 0;
    for event in &delivery.events {
        if !insert(connection, epoch, event, now)? {
            continue;
        }
        new += 1;
        let envelope = &event.envelope;
        let placed = CountedDay::place(envelope.hour, envelope.clock, now);
        tally.add(placed, &envelope.event, |key| {
            video_number(connection, &mut videos, key)
        })?;
    }
    tally.save(connection)?;
    Ok(new)
}

fn record_contact(
    connection: &Connection,
    delivery: &Delivery,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO contact
                 (borne, at, sent_at, clock, uptime_ms, firmware, catalogue_version)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            delivery.borne.number,
            now.as_second(),
            delivery.sent_at.as_second(),
            clock_code(delivery.clock),
            i64::try_from(delivery.uptime_ms).unwrap_or(i64::MAX),
            &delivery.firmware,
            &delivery.catalogue_version,
        ))?;
    Ok(())
}

const fn clock_code(clock: ClockTrust) -> &'static str {
    match clock {
        ClockTrust::Synced => "synced",
        ClockTrust::Corrected => "corrected",
        ClockTrust::Unknown => "unknown",
    }
}

fn epoch_number(connection: &Connection, delivery: &Delivery) -> Result<i64, StoreError> {
    number_of(
        connection,
        "SELECT number FROM epoch WHERE borne = ? AND value = ?",
        "INSERT INTO epoch (borne, value) VALUES (?, ?) RETURNING number",
        &[&delivery.borne.number, delivery.epoch.as_bytes()],
    )
}

fn video_number(
    connection: &Connection,
    known: &mut HashMap<String, i64>,
    key: &str,
) -> Result<i64, StoreError> {
    if let Some(number) = known.get(key) {
        return Ok(*number);
    }
    let number = number_of(
        connection,
        "SELECT number FROM video WHERE key = ?",
        "INSERT INTO video (key) VALUES (?) RETURNING number",
        &[&key],
    )?;
    known.insert(key.to_owned(), number);
    Ok(number)
}

/// `true` when the event was not known.
fn insert(
    connection: &Connection,
    epoch: i64,
    event: &Recorded,
    now: Timestamp,
) -> Result<bool, StoreError> {
    // A `seq` past the signed range never passes the checks of an envelope.
    let seq = i64::try_from(event.envelope.seq).unwrap_or(i64::MAX);
    let inserted = connection
        .prepare_cached(
            "INSERT INTO event (epoch, seq, received_day, body) VALUES (?, ?, ?, ?)
             ON CONFLICT (epoch, seq) DO NOTHING",
        )?
        .execute((epoch, seq, Day::of(now).number(), &event.body))?;
    Ok(inserted == 1)
}
