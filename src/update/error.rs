use media_manifest::firmware::Version;
use media_manifest::trust::TrustError;

use super::VersionError;
use crate::store::StoreError;

/// Why a look ended early.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// Somebody else looks after the system of this borne.
    #[error("the settings have no section [firmware]")]
    NoSlots,
    /// It is not known what runs.
    #[error("the version that runs cannot be told: {0}")]
    Version(#[from] VersionError),
    /// What sync has kept cannot be trusted.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// The data folder refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another process installs.
    #[error("another update is under way")]
    Busy,
    /// The bundle is not what was signed; it has been removed.
    #[error("the bundle of {version} is not what was signed; it is fetched again")]
    Rotten {
        /// Its version.
        version: Version,
    },
    /// RAUC has refused or failed.
    #[error("{version} is not installed: {detail}")]
    Rejected {
        /// The version.
        version: Version,
        /// What RAUC said.
        detail: String,
    },
    /// The machine does not start again.
    #[error("the machine does not start again: {detail}")]
    Restart {
        /// What the service manager said.
        detail: String,
    },
}

impl UpdateError {
    /// A short code for status files.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoSlots => "no_slots",
            Self::Version(_) => "no_version",
            Self::Trust(_) => "untrusted",
            Self::Store(_) => "disk",
            Self::Busy => "busy_update",
            Self::Rotten { .. } => "wrong_hash",
            Self::Rejected { .. } => "rejected",
            Self::Restart { .. } => "restart",
        }
    }
}
