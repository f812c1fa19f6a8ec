//! Logging in: the gate against guessing, then the password, then a session.

use jiff::Timestamp;
use tracing::warn;

use crate::app::App;
use crate::entropy::EntropyError;
use crate::password;
use crate::secret::Secret;
use crate::store::{StoreError, audit, sessions, staff};

mod gate;

pub use gate::Gate;

/// Longest name that is kept in a log, characters.
const MAX_NAME_CHARS: usize = 64;

/// Why nobody was logged in.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// The name or the password is wrong; which one is not said.
    #[error("wrong name or password")]
    Wrong,
    /// Too many failures lately.
    #[error("too many failed logins: wait {minutes} minutes")]
    Wait {
        /// How long, minutes, rounded up.
        minutes: i64,
    },
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No session could be drawn.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The password could not be checked now.
    #[error("the server is stopping")]
    Stopping,
}

/// Logs a person in and opens a session.
///
/// # Errors
/// A [`LoginError`].
pub async fn login(
    app: &App,
    address: &str,
    name: &str,
    password: &str,
) -> Result<Secret, LoginError> {
    let now = (app.clock)();
    app.gate
        .admit(now, address, name)
        .map_err(|minutes| LoginError::Wait { minutes })?;
    if !is_right(app, name, password).await? {
        refuse(app, now, address, name).await?;
        return Err(LoginError::Wrong);
    }
    app.gate.forgive(address, name);
    let session = Secret::generate(&app.entropy)?;
    let (digest, name) = (session.digest(), name.to_owned());
    app.store
        .write(move |connection| sessions::open(connection, &digest, &name, now))
        .await?;
    Ok(session)
}

async fn is_right(app: &App, name: &str, password: &str) -> Result<bool, LoginError> {
    let owned = name.to_owned();
    let stored = app
        .store
        .read(move |connection| staff::password(connection, &owned))
        .await?;
    let _room = app
        .passwords
        .acquire()
        .await
        .map_err(|_| LoginError::Stopping)?;
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || password::verify(&password, stored.as_deref()))
        .await
        .map_err(|_| LoginError::Stopping)
}

async fn refuse(app: &App, now: Timestamp, address: &str, name: &str) -> Result<(), StoreError> {
    warn!(address, "a login was refused");
    app.gate.fail(now, address, name);
    let name: String = name
        .chars()
        .filter(|character| !character.is_control())
        .take(MAX_NAME_CHARS)
        .collect();
    app.store
        .write(move |connection| audit::add(connection, now, &name, "connexion-refusee", &name))
        .await
}
