//! What the services of the system do for the borne.

use thiserror::Error;

use super::{Card, Passphrase, Reach};

/// The services of the system, as far as a borne may use them. Each call waits until it is done.
pub trait Host {
    /// Network cards, in no order.
    ///
    /// # Errors
    /// [`ServiceError::Service`].
    fn cards(&self) -> Result<Vec<Card>, ServiceError>;

    /// Wireless networks in reach, in no order; one that several stations give stands there once for each
    /// kind of security.
    ///
    /// # Errors
    /// [`ServiceError::NoCard`] without a wireless card that is ready.
    fn scan(&self) -> Result<Vec<Reach>, ServiceError>;

    /// Joins a wireless network; without a passphrase one that is open, or known.
    ///
    /// # Errors
    /// [`ServiceError::NotLetIn`] when it refuses or is not there.
    fn join(&self, name: &str, passphrase: Option<&Passphrase>) -> Result<Found, ServiceError>;

    /// Leaves the wireless network; nothing to do without one.
    ///
    /// # Errors
    /// [`ServiceError::Service`].
    fn leave(&self) -> Result<(), ServiceError>;

    /// Reads the files of networks again and uses them.
    ///
    /// # Errors
    /// [`ServiceError::Service`].
    fn reload_networks(&self) -> Result<(), ServiceError>;

    /// Starts a service of the borne again, also one that has been started often of late.
    ///
    /// # Errors
    /// [`ServiceError::Service`].
    fn restart(&self, unit: Unit) -> Result<(), ServiceError>;

    /// Turns the machine off, or off and on.
    ///
    /// # Errors
    /// [`ServiceError::Service`].
    fn power(&self, power: Power) -> Result<(), ServiceError>;
}

/// Services of the borne that may be started again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The screen.
    Play,
    /// The network.
    Sync,
}

impl Unit {
    /// Its name for systemd.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Play => "borne-play.service",
            Self::Sync => "borne-sync.service",
        }
    }
}

/// How a wireless network was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Its stations tell its name.
    InReach,
    /// They do not: they were asked for it.
    ByName,
}

/// What becomes of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Power {
    /// It starts again.
    Restart,
    /// It is off.
    Off,
}

/// Why a service has not done its part.
#[derive(Debug, Error)]
pub enum ServiceError {
    /// There is no card for this, or none is ready.
    #[error("no network card for this is ready")]
    NoCard,
    /// The wireless network refuses, or is not in reach.
    #[error("the wireless network has not let it in: {0}")]
    NotLetIn(String),
    /// It is absent, silent, or has failed.
    #[error("{service}: {detail}")]
    Service {
        /// Its name on the bus.
        service: &'static str,
        /// What it says.
        detail: String,
    },
}
