//! What goes to central, and what its answer changes.

use central_protocol::{ClockTrust, Envelope, Rejection, RejectionReason};
use jiff::Timestamp;
use rusqlite::{Row, params};
use uuid::Uuid;

use super::{ACKNOWLEDGED, Outbox, REJECTED, WAITING};
use crate::clock::Reading;
use crate::store::{StoreError, database};

/// Waiting events of one epoch, in order of `seq`.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// Their epoch.
    pub epoch: Uuid,
    /// The events; never empty.
    pub events: Vec<Envelope>,
}

/// A waiting event as stored.
struct Stored {
    epoch: String,
    seq: u64,
    envelope: Option<Envelope>,
}

impl Outbox {
    /// The oldest waiting events, at most `most`, all of one epoch. Events of this boot without a
    /// believable hour wait until they are `hold_ms` old: their hour may still be corrected.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn next_delivery(
        &mut self,
        now: &Reading,
        most: usize,
        hold_ms: u64,
    ) -> Result<Option<Delivery>, StoreError> {
        loop {
            let stored = self.waiting(now, most, hold_ms)?;
            let Some(epoch) = stored.first().map(|first| first.epoch.clone()) else {
                return Ok(None);
            };
            let same = || stored.iter().filter(|row| row.epoch == epoch);
            let unreadable: Vec<u64> = same()
                .filter(|row| row.envelope.is_none())
                .map(|row| row.seq)
                .collect();
            if !unreadable.is_empty() || epoch.parse::<Uuid>().is_err() {
                self.reject_unreadable(&epoch, &unreadable, now.time)?;
                continue;
            }
            return Ok(Some(Delivery {
                epoch: epoch.parse().unwrap_or_default(),
                events: same().filter_map(|row| row.envelope.clone()).collect(),
            }));
        }
    }

    /// Notes central's answer to events of `epoch`.
    ///
    /// # Errors
    /// Nothing was noted: the same events will be delivered again.
    pub fn settle(
        &mut self,
        epoch: Uuid,
        accepted: &[u64],
        rejected: &[Rejection],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let epoch = epoch.to_string();
        self.write(|transaction| {
            let mut statement = transaction.prepare_cached(
                "UPDATE events SET state = ?3, settled_at = ?4, rejection = ?5
                 WHERE epoch = ?1 AND seq = ?2 AND state = 0",
            )?;
            for seq in accepted {
                statement.execute(params![epoch, seq, ACKNOWLEDGED, at.as_second(), ""])?;
            }
            for rejection in rejected {
                let why = why(rejection);
                statement.execute(params![epoch, rejection.seq, REJECTED, at.as_second(), why])?;
            }
            Ok(())
        })
    }

    fn waiting(&self, now: &Reading, most: usize, hold_ms: u64) -> Result<Vec<Stored>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare_cached(
                "SELECT epoch, seq, hour, clock, event FROM events
                 WHERE state = ?1
                    AND NOT (clock = 'unknown' AND boot = ?2 AND uptime_ms + ?3 > ?4)
                 ORDER BY epoch, seq LIMIT ?5",
            )?;
            let hold = if now.synced { 0 } else { hold_ms };
            statement
                .query_map(
                    params![WAITING, now.boot, hold, now.uptime_ms, most],
                    stored,
                )?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(database::failure(&self.path))
    }

    /// Sets events aside that this version cannot read, or a whole epoch that is none.
    fn reject_unreadable(
        &mut self,
        epoch: &str,
        seqs: &[u64],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let whole_epoch = epoch.parse::<Uuid>().is_err();
        self.write(|transaction| {
            let mut statement = transaction.prepare_cached(
                "UPDATE events SET state = ?3, settled_at = ?4, rejection = 'unreadable'
                 WHERE epoch = ?1 AND (seq = ?2 OR ?5) AND state = 0",
            )?;
            let all = [0];
            for seq in if whole_epoch { &all } else { seqs } {
                statement.execute(params![epoch, seq, REJECTED, at.as_second(), whole_epoch])?;
            }
            Ok(())
        })
    }
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let seq = row.get(1)?;
    let envelope = || {
        let clock: String = row.get(3).ok()?;
        let event: String = row.get(4).ok()?;
        Some(Envelope {
            seq,
            hour: Timestamp::from_second(row.get(2).ok()?).ok()?,
            clock: trust(&clock),
            event: serde_json::from_str(&event).ok()?,
        })
    };
    Ok(Stored {
        epoch: row.get(0)?,
        seq,
        envelope: envelope(),
    })
}

fn trust(name: &str) -> ClockTrust {
    match name {
        "synced" => ClockTrust::Synced,
        "corrected" => ClockTrust::Corrected,
        _ => ClockTrust::Unknown,
    }
}

fn why(rejection: &Rejection) -> String {
    let reason = match rejection.reason {
        RejectionReason::Malformed => "malformed",
        RejectionReason::OutOfRange => "out_of_range",
    };
    format!("{reason}: {}", rejection.detail)
}
