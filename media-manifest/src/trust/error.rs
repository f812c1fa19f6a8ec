use std::fmt;

use super::{CatalogueError, TransportError, policy};
use crate::check::is_forbidden;

/// A role of the repository.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The root of trust.
    Root,
    /// Freshness: signed often.
    Timestamp,
    /// Which versions belong together.
    Snapshot,
    /// The network: classification and list of partners.
    Targets,
    /// A partner, or another delegated role.
    Delegated(String),
}

impl Role {
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Root => "root",
            Self::Timestamp => "timestamp",
            Self::Snapshot => "snapshot",
            Self::Targets => "targets",
            Self::Delegated(name) => name,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delegated(name) => write!(f, "role {name:?}"),
            _ => f.write_str(self.name()),
        }
    }
}

/// Why the repository's word is not taken.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// There is no root of trust: nothing can be verified.
    #[error("no trusted root in {path}: {reason}")]
    NoRoot {
        /// The datastore.
        path: String,
        /// What was found instead.
        reason: String,
    },
    /// The file could not be had.
    #[error("cannot fetch {path}: {source}")]
    Transport {
        /// Path in the repository.
        path: String,
        /// Why.
        source: TransportError,
    },
    /// The datastore could not be read or written.
    #[error("cannot store {path}: {source}")]
    Store {
        /// File or folder.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The bytes are not a document of this role.
    #[error("{role} is malformed: {reason}")]
    Malformed {
        /// Which role.
        role: Role,
        /// What is wrong.
        reason: String,
    },
    /// Too few valid signatures.
    #[error("{role} is not signed by enough of its keys: {reason}")]
    Signature {
        /// Which role.
        role: Role,
        /// How many, or which key is doubled.
        reason: String,
    },
    /// The version is not the one announced.
    #[error("{role} has version {found}, expected {expected}")]
    Version {
        /// Which role.
        role: Role,
        /// Version expected.
        expected: u64,
        /// Version found.
        found: u64,
    },
    /// An older version than the one already trusted.
    #[error("{role} goes back from version {trusted} to {offered}")]
    Rollback {
        /// Which role.
        role: Role,
        /// Version trusted.
        trusted: u64,
        /// Version offered; 0 when the role has gone from the snapshot.
        offered: u64,
    },
    /// Past its date.
    #[error("{role} expired on {expires}")]
    Expired {
        /// Which role.
        role: Role,
        /// End of validity.
        expires: jiff::Timestamp,
    },
    /// Length or hash differ from what was signed.
    #[error("{object} differs from what was signed: {reason}")]
    Mismatch {
        /// Role or target.
        object: String,
        /// Length, or which hash.
        reason: String,
    },
    /// The snapshot does not list the role.
    #[error("{role} is not listed in the snapshot")]
    NotInSnapshot {
        /// Which role.
        role: Role,
    },
    /// A limit of [`super::policy`] was reached.
    #[error("{what} exceed the limit of {limit}")]
    Limit {
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// No role that may speak for the target lists it.
    #[error("no target {name:?}")]
    NoTarget {
        /// Name of the target.
        name: String,
    },
    /// [`super::Client::refresh`] has not succeeded yet.
    #[error("targets are asked for before a refresh has succeeded")]
    NotRefreshed,
    /// A verified target does not hold a catalogue that can be used.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
}

impl TrustError {
    /// Trying again later, with nothing changed on this side, can help.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        match self {
            Self::Transport { source, .. } => match source {
                TransportError::Unreachable { retryable, .. } => *retryable,
                TransportError::NotFound => true,
                TransportError::TooLong { .. } => false,
            },
            // The repository may be in the middle of being replaced, or be repaired.
            Self::Version { .. } | Self::Mismatch { .. } | Self::Expired { .. } => true,
            _ => false,
        }
    }
}

/// What went wrong, in so many characters and none that a log or a terminal obeys: the words often
/// quote what was received.
pub(super) fn short(reason: &impl fmt::Display) -> String {
    let reason = reason.to_string();
    let signs = reason.chars().filter(|sign| !is_forbidden(*sign));
    signs.take(policy::MESSAGE_CHARS).collect()
}
