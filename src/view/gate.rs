//! Codes: which areas have one, and how often a wrong one may be tried.

use std::time::Duration;

use crate::pin;
use crate::settings::Access;
use crate::visit::{Area, Verdict};

use super::inbox::{Inbox, Message};

/// Wrong codes until the lock: a person mistypes twice or three times, not five.
const TRIES: u32 = 5;

/// The first lock; with [`LONGEST`] it lets at most some 130 codes a day be tried, of ten thousand.
const FIRST: Duration = Duration::from_secs(60);

/// No lock is longer: whoever has the code gets in within the hour, whatever somebody tried before.
const LONGEST: Duration = Duration::from_secs(3_600);

/// How wrong codes lock an area, whoever types them: it outlives a visit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lock {
    wrong: u32,
    locked: u32,
    until: Duration,
}

impl Lock {
    /// Whole seconds until a code is looked at again.
    pub fn seconds_left(&self, now: Duration) -> Option<u64> {
        let left = self.until.saturating_sub(now);
        let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
        (seconds > 0).then_some(seconds)
    }

    /// A code was looked at.
    pub fn tried(&mut self, now: Duration, right: bool) -> Verdict {
        if right {
            *self = Self::default();
            return Verdict::Accepted;
        }
        self.wrong += 1;
        if self.wrong < TRIES {
            return Verdict::Refused;
        }
        let length = FIRST.saturating_mul(1 << self.locked.min(6)).min(LONGEST);
        self.wrong = 0;
        self.locked = self.locked.saturating_add(1);
        self.until = now + length;
        Verdict::Locked {
            seconds: length.as_secs(),
        }
    }
}

/// An area behind its code.
#[derive(Debug, Default)]
struct Door {
    hash: Option<String>,
    lock: Lock,
}

/// Judges codes, on a thread of their own: a hash takes longer than a frame.
pub struct Gate {
    group: Door,
    maintenance: Door,
    asked: Option<(Area, String)>,
    inbox: Inbox,
}

impl Gate {
    pub fn new(access: &Access, inbox: Inbox) -> Self {
        let door = |hash: &Option<String>| Door {
            hash: hash.clone(),
            lock: Lock::default(),
        };
        Self {
            group: door(&access.group_pin_hash),
            maintenance: door(&access.maintenance_pin_hash),
            asked: None,
            inbox,
        }
    }

    /// The area has a code; one without is not offered.
    pub const fn has(&self, area: Area) -> bool {
        self.door(area).hash.is_some()
    }

    /// A code is being looked at.
    pub const fn is_judging(&self) -> bool {
        self.asked.is_some()
    }

    pub fn seconds_left(&self, area: Area, now: Duration) -> Option<u64> {
        self.door(area).lock.seconds_left(now)
    }

    /// Looks at a code. What is clear at once is returned; the rest follows as [`Message::Judged`].
    pub fn judge(&mut self, now: Duration, area: Area, code: &str) -> Option<Verdict> {
        if let Some(seconds) = self.seconds_left(area, now) {
            return Some(Verdict::Locked { seconds });
        }
        let hash = self.door(area).hash.clone();
        // What is no code at all is no try either.
        let (Some(hash), true) = (hash, pin::is_pin(code)) else {
            return Some(Verdict::Refused);
        };
        if self.asked.is_some() {
            return None;
        }
        self.asked = Some((area, code.to_owned()));
        let (inbox, code) = (self.inbox.clone(), code.to_owned());
        let judging = std::thread::Builder::new()
            .name("code".to_owned())
            .spawn(move || inbox.put(Message::Judged(pin::verify(&code, &hash))));
        if let Err(error) = judging {
            tracing::error!(%error, "no thread to look at a code");
            self.asked = None;
            return Some(Verdict::Open);
        }
        None
    }

    /// The code was looked at: which it was, and what becomes of it.
    pub fn judged(&mut self, now: Duration, right: bool) -> Option<(Area, String, Verdict)> {
        let (area, code) = self.asked.take()?;
        let verdict = self.door_mut(area).lock.tried(now, right);
        Some((area, code, verdict))
    }

    const fn door(&self, area: Area) -> &Door {
        match area {
            Area::Group => &self.group,
            Area::Maintenance | Area::Reset => &self.maintenance,
        }
    }

    const fn door_mut(&mut self, area: Area) -> &mut Door {
        match area {
            Area::Group => &mut self.group,
            Area::Maintenance | Area::Reset => &mut self.maintenance,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// Tries five wrong codes and returns for how long that locks, s.
    fn five_wrong(lock: &mut Lock, now: Duration) -> u64 {
        for _ in 1..TRIES {
            assert_eq!(lock.tried(now, false), Verdict::Refused);
        }
        match lock.tried(now, false) {
            Verdict::Locked { seconds } => seconds,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn five_wrong_codes_lock_for_a_minute_and_each_time_for_twice_as_long_up_to_an_hour() {
        let mut lock = Lock::default();
        for seconds in [60, 120, 240, 480, 960, 1920, 3600, 3600] {
            assert_eq!(five_wrong(&mut lock, at(0)), seconds);
        }
    }

    #[test]
    fn a_lock_counts_down_in_whole_seconds_and_ends() {
        let mut lock = Lock::default();
        assert_eq!(lock.seconds_left(at(0)), None);
        five_wrong(&mut lock, at(100));
        for (now, left) in [
            (at(100), Some(60)),
            (Duration::from_millis(159_001), Some(1)),
            (at(159), Some(1)),
            (at(160), None),
        ] {
            assert_eq!(lock.seconds_left(now), left, "{now:?}");
        }
    }

    #[test]
    fn the_right_code_forgives_what_was_tried_before() {
        let mut lock = Lock::default();
        assert_eq!(five_wrong(&mut lock, at(0)), 60);
        assert_eq!(lock.tried(at(60), true), Verdict::Accepted);
        assert_eq!(five_wrong(&mut lock, at(61)), 60);
    }
}
