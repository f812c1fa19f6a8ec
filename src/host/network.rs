//! How a borne reaches the network, as a person sets it.

use std::fmt;
use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use url::Url;

/// The way to the network: card, address, proxy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// The card that is used.
    pub via: Via,
    /// Where its address comes from.
    pub address: Address,
    /// HTTP proxy of the place; absent: none.
    pub proxy: Option<Url>,
}

/// Which card, and what it needs to be let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Via {
    /// A cable.
    Cable,
    /// A wireless network.
    Wireless {
        /// Its name (SSID), 1 to 32 bytes of UTF-8 without control characters.
        name: String,
        /// WPA2 or WPA3 passphrase, 8 to 63 characters of printable ASCII; absent: an open network, or
        /// in an answer, where it is never told.
        passphrase: Option<Passphrase>,
    },
}

/// Where the address comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Address {
    /// The network gives it (DHCP, IPv6 router advertisements).
    Automatic,
    /// Set by hand, IPv4.
    Fixed {
        /// Address of the borne.
        address: Ipv4Addr,
        /// Length of the network's prefix, 1 to 30.
        prefix: u8,
        /// Router, in the same network.
        gateway: Ipv4Addr,
        /// Name servers, one to three.
        dns: Vec<Ipv4Addr>,
    },
}

/// A secret that no log shows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Passphrase(pub String);

impl fmt::Debug for Passphrase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Passphrase(…)")
    }
}

/// Why a way to the network cannot be used. The screen words it in French, by its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NetworkError {
    /// An empty name of a network, one above 32 bytes, or one with control characters.
    #[error("the name of the wireless network is empty, longer than 32 bytes, or not plain text")]
    Name,
    /// Not 8 to 63 characters of printable ASCII.
    #[error("the passphrase is not 8 to 63 characters of printable ASCII")]
    Passphrase,
    /// No address of a machine: the network itself, its broadcast, loopback, multicast, 0.0.0.0.
    #[error("the address is none that a machine can have in its network")]
    Address,
    /// Not from 1 to 30.
    #[error("the prefix is not from 1 to 30")]
    Prefix,
    /// The router lies outside the network, or is the borne itself.
    #[error("the router is not another machine of the same network")]
    Gateway,
    /// None, more than three, or not the address of a machine.
    #[error("one to three name servers are needed, each with the address of a machine")]
    Dns,
    /// Neither http nor https, or without a host.
    #[error("the proxy is not an http or https address")]
    Proxy,
}
