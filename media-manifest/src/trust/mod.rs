//! What a borne may believe: the client side of The Update Framework (specification 1.0.33).
//!
//! [`Client::refresh`] follows the specification's client workflow (section 5): root N+1…,
//! timestamp, snapshot, targets. Delegated roles, one for each partner, are loaded only when a
//! target of theirs is asked for, so that one partner's bad role stops nobody else. Bytes are
//! verified as received and only then parsed into a catalogue; what has passed is [`Verified`].

mod catalogue;
mod client;
mod datastore;
mod delegation;
mod document;
mod error;
mod firmware;
mod glob;
mod json;
mod keyring;
mod names;
pub mod policy;
mod refresh;
mod roles;
mod target;
mod transport;
mod verified;

pub use catalogue::{CLASSIFICATION, CatalogueError, PartnerFailure, Update, read_catalogue};
pub use client::{Client, Layout};
pub use datastore::Datastore;
pub use error::{Role, TrustError};
pub use firmware::{FIRMWARE, FirmwareFile, read_firmware};
pub use target::Target;
pub use transport::{Directory, Transport, TransportError};
pub use verified::Verified;

#[cfg(feature = "sign")]
pub(crate) use {
    datastore::replace,
    keyring::{Keys, canonical_form, signed_by},
    refresh::check_next_root,
};

/// The time of an update, fixed at its start.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// The time taken as present.
    pub time: jiff::Timestamp,
    /// Refuse expired metadata. A borne whose clock is not to be trusted passes `false`;
    /// versions are checked all the same.
    pub check_expiry: bool,
}

#[cfg(feature = "sign")]
#[cfg(test)]
mod tests;
