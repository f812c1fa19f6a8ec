//! Passwords of staff: argon2id, in the PHC string form.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

use crate::entropy::{Entropy, EntropyError};
use crate::limits::{MAX_PASSWORD_BYTES, MIN_PASSWORD_CHARS};

/// Letters and digits that nobody confuses when reading aloud.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567890";

/// A password that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Shorter than [`MIN_PASSWORD_CHARS`].
    #[error("the password has fewer than {MIN_PASSWORD_CHARS} characters")]
    TooShort,
    /// Longer than [`MAX_PASSWORD_BYTES`].
    #[error("the password has more than {MAX_PASSWORD_BYTES} bytes")]
    TooLong,
    /// No salt could be drawn.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The hash function refused.
    #[error("the password could not be hashed: {0}")]
    Hash(argon2::password_hash::Error),
}

/// Hashes a password with a fresh salt; takes tens of milliseconds on purpose.
///
/// # Errors
/// When the password is too short or too long, or there is no randomness.
pub fn hash(entropy: &Entropy, password: &str) -> Result<String, PasswordError> {
    if password.chars().count() < MIN_PASSWORD_CHARS {
        return Err(PasswordError::TooShort);
    }
    if password.len() > MAX_PASSWORD_BYTES {
        return Err(PasswordError::TooLong);
    }
    let mut salt = [0; 16];
    entropy(&mut salt)?;
    let hash: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(PasswordError::Hash)?;
    Ok(hash.to_string())
}

/// Whether a password belongs to a stored hash. Takes as long when there is none, so that the
/// answer's time does not tell which names exist.
#[must_use]
pub fn verify(password: &str, stored: Option<&str>) -> bool {
    if password.len() > MAX_PASSWORD_BYTES {
        return false;
    }
    let Some(hash) = stored.and_then(|text| PasswordHash::new(text).ok()) else {
        let mut spent = [0; 32];
        let _ = Argon2::default().hash_password_into(password.as_bytes(), &[0; 16], &mut spent);
        return false;
    };
    Argon2::default()
        .verify_password(password.as_bytes(), &hash)
        .is_ok()
}

/// Draws a password of 20 characters (100 bits) in groups of five.
///
/// # Errors
/// When there is no randomness.
pub fn generate(entropy: &Entropy) -> Result<String, EntropyError> {
    let mut bytes = [0; 20];
    entropy(&mut bytes)?;
    let letters: Vec<char> = bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]))
        .collect();
    let groups: Vec<String> = letters
        .chunks(5)
        .map(|group| group.iter().collect())
        .collect();
    Ok(groups.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_verifies() {
        let stored = hash(&crate::entropy::system(), "une phrase assez longue").unwrap();
        assert!(stored.starts_with("$argon2id$"));
        assert!(verify("une phrase assez longue", Some(&stored)));
        assert!(!verify("une phrase assez longuE", Some(&stored)));
        assert!(!verify("une phrase assez longue", None));
        assert!(!verify("une phrase assez longue", Some("not a hash")));
    }

    #[test]
    fn a_short_or_endless_password_is_refused() {
        let entropy = crate::entropy::system();
        assert!(matches!(
            hash(&entropy, "court"),
            Err(PasswordError::TooShort)
        ));
        assert!(matches!(
            hash(&entropy, &"x".repeat(1_000)),
            Err(PasswordError::TooLong)
        ));
    }

    #[test]
    fn a_generated_password_is_long_enough_to_be_accepted() {
        let password = generate(&crate::entropy::system()).unwrap();
        assert_eq!(password.len(), 23, "{password}");
    }
}
