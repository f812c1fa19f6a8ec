use std::ops::Deref;

/// A value that has passed verification.
///
/// Only [`crate::trust`] makes one, and nothing deserialises into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    pub(super) const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, from here on without its mark.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
