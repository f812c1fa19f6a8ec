//! Counts failed logins, by address and by name from an address, and makes both wait.
//!
//! Kept in memory: a restart forgets it, which costs a guesser's victim nothing as each guess
//! also takes an argon2id computation.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use crate::limits::{FAILURE_ENTRIES, FAILURE_WINDOW_S, FAILURES_PER_ADDRESS, FAILURES_PER_NAME};

/// An address, with a name or for all names.
type Key = (String, Option<String>);

#[derive(Clone, Copy)]
struct Failures {
    since: i64,
    count: u32,
}

/// The gate before every password.
#[derive(Default)]
pub struct Gate {
    failures: Mutex<HashMap<Key, Failures>>,
}

impl Gate {
    /// Lets an attempt through, or says how many minutes to wait.
    ///
    /// # Errors
    /// The minutes, rounded up.
    pub fn admit(&self, now: Timestamp, address: &str, name: &str) -> Result<(), i64> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, most) in keys(address, name) {
            let Some(found) = failures.get(&key) else {
                continue;
            };
            let left = found.since.saturating_add(FAILURE_WINDOW_S) - now.as_second();
            if found.count >= most && left > 0 {
                return Err((left + 59) / 60);
            }
        }
        Ok(())
    }

    /// Counts a failure.
    pub fn fail(&self, now: Timestamp, address: &str, name: &str) {
        let now = now.as_second();
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        make_room(&mut failures, now);
        for (key, _) in keys(address, name) {
            let entry = failures.entry(key).or_insert(Failures {
                since: now,
                count: 0,
            });
            if entry.since.saturating_add(FAILURE_WINDOW_S) <= now {
                *entry = Failures {
                    since: now,
                    count: 0,
                };
            }
            entry.count = entry.count.saturating_add(1);
        }
    }

    /// Forgets the failures of a name from an address, after a right password.
    pub fn forgive(&self, address: &str, name: &str) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(&(address.to_owned(), Some(name.to_owned())));
    }
}

fn keys(address: &str, name: &str) -> [(Key, u32); 2] {
    [
        (
            (address.to_owned(), Some(name.to_owned())),
            FAILURES_PER_NAME,
        ),
        ((address.to_owned(), None), FAILURES_PER_ADDRESS),
    ]
}

fn make_room(failures: &mut HashMap<Key, Failures>, now: i64) {
    if failures.len() < FAILURE_ENTRIES {
        return;
    }
    failures.retain(|_, entry| entry.since.saturating_add(FAILURE_WINDOW_S) > now);
    while failures.len() >= FAILURE_ENTRIES {
        let oldest = failures
            .iter()
            .min_by_key(|(_, entry)| entry.since)
            .map(|(key, _)| key.clone());
        let Some(oldest) = oldest else { return };
        failures.remove(&oldest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn a_name_waits_after_its_failures_and_others_do_not() {
        let gate = Gate::default();
        for _ in 0..FAILURES_PER_NAME {
            assert_eq!(gate.admit(at(0), "192.0.2.1", "claire"), Ok(()));
            gate.fail(at(0), "192.0.2.1", "claire");
        }
        assert_eq!(gate.admit(at(60), "192.0.2.1", "claire"), Err(14));
        assert_eq!(gate.admit(at(60), "192.0.2.1", "autre"), Ok(()));
        assert_eq!(gate.admit(at(60), "192.0.2.2", "claire"), Ok(()));
        assert_eq!(
            gate.admit(at(FAILURE_WINDOW_S), "192.0.2.1", "claire"),
            Ok(())
        );
    }

    #[test]
    fn an_address_that_tries_many_names_waits() {
        let gate = Gate::default();
        for number in 0..FAILURES_PER_ADDRESS {
            gate.fail(at(0), "192.0.2.1", &format!("name{number}"));
        }
        assert_eq!(gate.admit(at(1), "192.0.2.1", "new"), Err(15));
    }

    #[test]
    fn a_right_password_forgives() {
        let gate = Gate::default();
        for _ in 0..FAILURES_PER_NAME {
            gate.fail(at(0), "192.0.2.1", "claire");
        }
        gate.forgive("192.0.2.1", "claire");
        assert_eq!(gate.admit(at(0), "192.0.2.1", "claire"), Ok(()));
    }

    #[test]
    fn memory_stays_bounded_under_attack() {
        let gate = Gate::default();
        let mut failures = gate.failures.lock().unwrap();
        for number in 0..FAILURE_ENTRIES {
            failures.insert((number.to_string(), None), Failures { since: 0, count: 1 });
        }
        make_room(&mut failures, 1);
        assert!(failures.len() < FAILURE_ENTRIES);
    }
}
