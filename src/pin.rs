//! The codes of the areas for animators and staff: argon2id, in the PHC string form.
//!
//! Four digits have ten thousand forms: the hash keeps a code from being read off a settings file,
//! the lock of the screen keeps it from being tried out.

use std::fmt;
use std::ops::RangeInclusive;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Argon2, Params};
use serde::{Deserialize, Serialize};

use crate::visit::MAX_DIGITS;

/// Digits of a code: fewer are guessed, more are not typed standing.
pub const DIGITS: RangeInclusive<usize> = 4..=MAX_DIGITS;

/// Bytes of salt, as RFC 9106 advises.
pub const SALT_BYTES: usize = 16;

/// Most memory that comparing a code may take, KiB: three times what [`hash`] asks for, and little
/// enough for the smallest borne. A mistyped `m=` must not take all of it.
const MAX_MEMORY_KIB: u32 = 64 * 1024;

/// Most passes over that memory: a code is compared within a second.
const MAX_PASSES: u32 = 16;

/// Most lanes; those of [`hash`] are one.
const MAX_LANES: u32 = 4;

/// A code as it was typed, which no log shows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pin(pub String);

impl fmt::Debug for Pin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pin(…)")
    }
}

/// A code that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PinError {
    /// It is not [`DIGITS`] digits.
    #[error("a code has {} to {} digits", DIGITS.start(), DIGITS.end())]
    Shape,
    /// The hash function refused.
    #[error("the code cannot be hashed: {0}")]
    Hash(argon2::password_hash::Error),
}

/// Whether a text has the form of a code.
#[must_use]
pub fn is_pin(text: &str) -> bool {
    DIGITS.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text may be chosen for a new code: one that everybody tries first keeps nobody out.
#[must_use]
pub fn can_be_chosen(text: &str) -> bool {
    is_pin(text) && !is_run(text)
}

/// One digit throughout, or digits that count up or down, such as `0000`, `1234` and `9876`.
fn is_run(pin: &str) -> bool {
    let pairs = pin.bytes().zip(pin.bytes().skip(1));
    let mut steps = pairs.map(|(one, next)| i16::from(next) - i16::from(one));
    let first = steps.next().unwrap_or_default();
    first.abs() <= 1 && steps.all(|step| step == first)
}

/// Hashes a code with a salt that is used once; takes tens of milliseconds on purpose.
///
/// # Errors
/// It does not have the form of a code.
pub fn hash(pin: &str, salt: &[u8; SALT_BYTES]) -> Result<String, PinError> {
    if !is_pin(pin) {
        return Err(PinError::Shape);
    }
    let hash: PasswordHash = Argon2::default()
        .hash_password_with_salt(pin.as_bytes(), salt)
        .map_err(PinError::Hash)?;
    Ok(hash.to_string())
}

/// Whether a code belongs to a hash; takes tens of milliseconds.
#[must_use]
pub fn verify(pin: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(pin.as_bytes(), &hash)
            .is_ok()
    })
}

/// Whether a text is a hash that a code can be compared with, at a cost that a borne can bear.
#[must_use]
pub fn is_hash(text: &str) -> bool {
    PasswordHash::new(text).is_ok_and(|hash| {
        hash.algorithm.as_str().starts_with("argon2")
            && hash.hash.is_some()
            && Params::try_from(&hash).is_ok_and(|cost| is_bearable(&cost))
    })
}

const fn is_bearable(cost: &Params) -> bool {
    cost.m_cost() <= MAX_MEMORY_KIB && cost.t_cost() <= MAX_PASSES && cost.p_cost() <= MAX_LANES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_opens_its_own_hash_only() {
        let stored = hash("2468", &[7; SALT_BYTES]).unwrap();
        assert!(is_hash(&stored));
        assert!(verify("2468", &stored));
        assert!(!verify("2469", &stored));
        assert!(!verify("2468", "not a hash"));
    }

    #[test]
    fn the_same_code_has_another_hash_with_another_salt() {
        let hashed = |salt: u8| hash("123456", &[salt; SALT_BYTES]).unwrap();
        assert_ne!(hashed(1), hashed(2));
    }

    #[test]
    fn only_four_to_eight_digits_are_a_code() {
        for (text, fits) in [
            ("123", false),
            ("1234", true),
            ("12345678", true),
            ("123456789", false),
            ("12a4", false),
            ("", false),
            ("１２３４", false),
        ] {
            assert_eq!(is_pin(text), fits, "{text}");
            assert_eq!(hash(text, &[0; SALT_BYTES]).is_ok(), fits, "{text}");
        }
    }

    #[test]
    fn a_run_of_digits_is_not_chosen_for_a_code() {
        for (text, chosen) in [
            ("2580", true),
            ("1235", true),
            ("1122", true),
            ("1212", true),
            ("0000", false),
            ("1234", false),
            ("98765432", false),
            ("258", false),
            ("", false),
        ] {
            assert_eq!(can_be_chosen(text), chosen, "{text}");
        }
    }

    #[test]
    fn no_log_shows_a_code() {
        let shown = format!("{:?}", Pin("2580".to_owned()));
        assert!(!shown.contains("2580"), "{shown}");
    }

    #[test]
    fn what_is_not_a_whole_argon2_hash_is_not_taken_for_one() {
        for text in ["", "2468", "$argon2id$v=19$m=19456,t=2,p=1", "$6$salt$hash"] {
            assert!(!is_hash(text), "{text}");
        }
    }

    #[test]
    fn a_hash_that_costs_more_than_a_borne_can_bear_is_refused() {
        let stored = hash("2468", &[7; SALT_BYTES]).unwrap();
        let usual = Params::DEFAULT_M_COST;
        assert!(stored.contains(&format!("m={usual},t=2,p=1")), "{stored}");
        for (cost, fits) in [
            ("m=65536,t=16,p=4", true),
            ("m=65537,t=2,p=1", false),
            ("m=4294967295,t=2,p=1", false),
            ("m=19456,t=17,p=1", false),
            ("m=19456,t=2,p=5", false),
        ] {
            let other = stored.replace(&format!("m={usual},t=2,p=1"), cost);
            assert_eq!(is_hash(&other), fits, "{other}");
        }
    }
}
