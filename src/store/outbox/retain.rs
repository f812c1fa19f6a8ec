//! What is forgotten, and when.

use std::time::Duration;

use central_protocol::Event;
use central_protocol::event::Ops;
use rusqlite::{Transaction, params};

use super::{ACKNOWLEDGED, Outbox, WAITING, insert};
use crate::clock::Reading;
use crate::store::StoreError;

/// How long and how much is kept.
#[derive(Clone, Copy, Debug)]
pub struct Retention {
    /// Acknowledged and rejected events are kept this long after the answer.
    pub settled: Duration,
    /// No event is kept longer than this.
    pub oldest: Duration,
    /// All events together take at most this much, bytes of their texts.
    pub bytes: u64,
}

impl Outbox {
    /// Forgets what need not be kept; waiting events that are lost by it are counted and reported by
    /// an `events_dropped` event. Returns that count.
    ///
    /// # Errors
    /// Nothing was forgotten.
    pub fn prune(&mut self, now: &Reading, retention: Retention) -> Result<u64, StoreError> {
        let epoch = self.epoch;
        self.write(|transaction| {
            let mut dropped = 0;
            // A clock that may be years off must not empty the queue.
            if now.synced {
                forget_settled(transaction, now, retention.settled)?;
                dropped += drop_old(transaction, now, retention.oldest)?;
            }
            dropped += drop_excess(transaction, retention.bytes)?;
            if dropped > 0 {
                let event = (now.clone(), dropped_event(dropped));
                insert(transaction, epoch, &[event])?;
            }
            Ok(dropped)
        })
    }

    /// Rewrites the hours of this boot that were recorded before the clock was right. Returns how
    /// many.
    ///
    /// # Errors
    /// Nothing was rewritten.
    pub fn correct_hours(&mut self, now: &Reading) -> Result<usize, StoreError> {
        if !now.synced {
            return Ok(0);
        }
        let booted_ms = now.time.as_millisecond() - i64::try_from(now.uptime_ms).unwrap_or(0);
        self.write(|transaction| {
            transaction.execute(
                "UPDATE events
                 SET hour = (?1 + uptime_ms) / 3600000 * 3600, clock = 'corrected'
                 WHERE state = ?2 AND clock = 'unknown' AND boot = ?3",
                params![booted_ms, WAITING, now.boot],
            )
        })
    }
}

fn forget_settled(
    transaction: &Transaction<'_>,
    now: &Reading,
    kept: Duration,
) -> rusqlite::Result<usize> {
    transaction.execute(
        "DELETE FROM events WHERE state >= ?1 AND settled_at < ?2",
        params![ACKNOWLEDGED, before(now, kept)],
    )
}

/// Events without a believable hour have no age: only the total size bounds them.
fn drop_old(
    transaction: &Transaction<'_>,
    now: &Reading,
    oldest: Duration,
) -> rusqlite::Result<u64> {
    let dropped = transaction.execute(
        "DELETE FROM events WHERE state = ?1 AND clock <> 'unknown' AND hour < ?2",
        params![WAITING, before(now, oldest)],
    )?;
    Ok(dropped as u64)
}

/// Settled events go first, then the oldest.
fn drop_excess(transaction: &Transaction<'_>, bytes: u64) -> rusqlite::Result<u64> {
    let total: u64 = transaction.query_row(
        "SELECT coalesce(sum(length(event)), 0) FROM events",
        [],
        |row| row.get(0),
    )?;
    if total <= bytes {
        return Ok(0);
    }
    let waiting = "SELECT count(*) FROM events WHERE state = 0";
    let before: u64 = transaction.query_row(waiting, [], |row| row.get(0))?;
    transaction.execute(
        "DELETE FROM events WHERE (epoch, seq) IN (
            SELECT epoch, seq FROM (
                SELECT epoch, seq, sum(length(event)) OVER (ORDER BY state = 0 DESC, epoch DESC, seq DESC)
                    AS running FROM events)
            WHERE running > ?1)",
        [bytes],
    )?;
    let after: u64 = transaction.query_row(waiting, [], |row| row.get(0))?;
    Ok(before - after)
}

fn before(now: &Reading, kept: Duration) -> i64 {
    now.time.as_second() - i64::try_from(kept.as_secs()).unwrap_or(i64::MAX)
}

fn dropped_event(count: u64) -> Event {
    Event::Ops(Ops {
        what: "events_dropped".to_owned(),
        value: i64::try_from(count).ok(),
        detail: None,
    })
}
