//! What the machine itself can be told from its screen: network, settings of the place, a fresh start.
//!
//! The screen has neither rights nor network. `borne host` has the rights, no network of its own, and
//! a short list of requests that it answers on a socket; whatever is not on the list cannot be asked.

mod check; // whether a way to the network can be used; pure
mod client; // who asks
mod network; // how a borne reaches the network; pure
pub mod policy; // how long, how much
mod request; // what may be asked, what is answered; pure

pub use client::{Client, SOCKET};
pub use network::{Address, Network, NetworkError, Passphrase, Via};
pub use request::{Answer, Card, Kind, Reach, Refusal, Request, Site, State, Stick};
