//! What every request handler may use.

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::accounts::Gate;
use crate::catalogue::Titles;
use crate::clock::Clock;
use crate::config::Config;
use crate::entropy::Entropy;
use crate::limits::{BATCHES_IN_FLIGHT, BATCHES_INFLATED, PASSWORDS_IN_FLIGHT};
use crate::store::Store;

/// The server's parts; clones share them.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub entropy: Entropy,
    /// The settings.
    pub config: Arc<Config>,
    /// Titles of videos, as last read.
    pub titles: Titles,
    /// Counts failed logins.
    pub gate: Arc<Gate>,
    /// Room for batches being taken.
    pub batches: Arc<Semaphore>,
    /// Room for batches inflated.
    pub inflated: Arc<Semaphore>,
    /// Room for passwords being checked.
    pub passwords: Arc<Semaphore>,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(store: Store, clock: Clock, entropy: Entropy, config: Config) -> Self {
        Self {
            store,
            clock,
            entropy,
            config: Arc::new(config),
            titles: Titles::default(),
            gate: Arc::new(Gate::default()),
            batches: Arc::new(Semaphore::new(BATCHES_IN_FLIGHT)),
            inflated: Arc::new(Semaphore::new(BATCHES_INFLATED)),
            passwords: Arc::new(Semaphore::new(PASSWORDS_IN_FLIGHT)),
        }
    }
}
