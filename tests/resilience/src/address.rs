//! Loopback addresses.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::wait;

/// How long a server may take to answer its first connection.
const START: Duration = Duration::from_secs(10);

/// Waits until something listens at an address; `alive` fails when that is hopeless.
///
/// # Errors
/// Nothing answers in time, or `alive` fails.
pub fn answers(
    name: &str,
    address: SocketAddr,
    mut alive: impl FnMut() -> Result<()>,
) -> Result<()> {
    wait::until(&format!("réponse de {name} sur {address}"), START, || {
        alive()?;
        Ok(TcpStream::connect(address).ok().map(drop))
    })
}

/// A loopback address that nothing listens on.
///
/// # Errors
/// The machine has none left.
pub fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").context("port libre")?;
    Ok(listener.local_addr()?)
}
