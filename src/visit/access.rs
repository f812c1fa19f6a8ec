//! Areas for staff and animators: which there are, and the code typed to enter.

use super::place::Place;

/// Digits of a code: longer ones are not typed standing.
pub const MAX_DIGITS: usize = 8;

/// An area that asks for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Area {
    /// "Mode groupe", for an animator.
    Group,
    /// "Maintenance", for staff.
    Maintenance,
    /// Everything is erased, by staff who type their code once more.
    Reset,
}

/// What became of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Verdict {
    /// Nothing was looked at yet.
    #[default]
    Open,
    /// It opens.
    Accepted,
    /// It does not.
    Refused,
    /// Too many wrong ones: none is looked at for so many seconds.
    Locked {
        /// Seconds left.
        seconds: u64,
    },
}

impl Area {
    /// Where it begins; `None` where there is nothing to enter.
    #[must_use]
    pub const fn place(self) -> Option<Place> {
        match self {
            Self::Group => Some(Place::Playlists),
            Self::Maintenance => Some(Place::Maintenance),
            Self::Reset => None,
        }
    }
}
