//! What the machine itself can be told from its screen: network, settings of the place, a fresh start.
//!
//! The screen has neither rights nor network. `borne host` has the rights, no network of its own, and
//! a short list of requests that it answers on a socket; whatever is not on the list cannot be asked.

mod bus; // the services of the system, over D-Bus
mod check; // whether a way to the network can be used; pure
mod client; // who asks
mod connect; // a way to the network, tried and kept
mod iwd; // a wireless network as iwd reads it; pure
mod machine; // what is done for each request
mod network; // how a borne reaches the network; pure
mod networkd; // a way to the network as systemd-networkd reads it; pure
mod places; // where things lie
pub mod policy; // how long, how much
mod reach; // cards and networks in order; pure
mod request; // what may be asked, what is answered; pure
mod serve; // the socket
mod services; // what the services of the system do
mod stick; // settings on a stick
mod tactile; // what is set on the screen, as settings; pure
#[cfg(test)]
mod tests;

pub use bus::Bus;
pub use check::is_web;
pub use client::{Client, SOCKET};
pub use machine::{Machine, Salt};
pub use network::{Address, Network, NetworkError, Passphrase, Via};
pub use places::Places;
pub use request::{Answer, Card, Kind, Reach, Refusal, Request, Site, State, Stick};
pub use serve::{converse, may_ask, serve};
pub use services::{Found, Host, Power, ServiceError, Unit};
