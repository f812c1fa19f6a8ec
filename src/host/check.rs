//! Whether a way to the network can be used at all. Pure.

use std::net::Ipv4Addr;

use url::Url;

use super::{Address, Network, NetworkError, Passphrase, Via};

/// Longest name of a wireless network, bytes (IEEE 802.11, 9.4.2.2).
const NAME_BYTES: usize = 32;

/// Signs of a WPA passphrase (IEEE 802.11, J.4.1).
const PASSPHRASE: std::ops::RangeInclusive<usize> = 8..=63;

/// Most name servers: a resolver asks no more of them (`resolv.conf(5)`).
const SERVERS: usize = 3;

impl Network {
    /// Whether this can be a way to the network. What passes has one meaning only in the files of the
    /// services that carry it out, and cannot add a line to them.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check(&self) -> Result<(), NetworkError> {
        self.via.check()?;
        self.address.check()?;
        self.proxy.as_ref().map_or(Ok(()), proxy)
    }
}

impl Via {
    fn check(&self) -> Result<(), NetworkError> {
        match self {
            Self::Cable => Ok(()),
            Self::Wireless { name, passphrase } => {
                wireless_name(name)?;
                passphrase.as_ref().map_or(Ok(()), Passphrase::check)
            }
        }
    }
}

fn wireless_name(name: &str) -> Result<(), NetworkError> {
    let plain = !name.is_empty() && name.len() <= NAME_BYTES && !name.chars().any(char::is_control);
    plain.then_some(()).ok_or(NetworkError::Name)
}

impl Passphrase {
    fn check(&self) -> Result<(), NetworkError> {
        let printable = self.0.bytes().all(|it| matches!(it, b' '..=b'~'));
        let fits = printable && PASSPHRASE.contains(&self.0.len());
        fits.then_some(()).ok_or(NetworkError::Passphrase)
    }
}

impl Address {
    fn check(&self) -> Result<(), NetworkError> {
        match self {
            Self::Automatic => Ok(()),
            Self::Fixed {
                address,
                prefix,
                gateway,
                dns,
            } => fixed(*address, *prefix, *gateway, dns),
        }
    }
}

fn fixed(
    address: Ipv4Addr,
    prefix: u8,
    gateway: Ipv4Addr,
    dns: &[Ipv4Addr],
) -> Result<(), NetworkError> {
    if !(1..=30).contains(&prefix) {
        return Err(NetworkError::Prefix);
    }
    if !is_in_its_network(address, prefix) {
        return Err(NetworkError::Address);
    }
    let same = network(address, prefix) == network(gateway, prefix);
    if !same || gateway == address || !is_in_its_network(gateway, prefix) {
        return Err(NetworkError::Gateway);
    }
    let servers = (1..=SERVERS).contains(&dns.len()) && dns.iter().all(|it| is_machine(*it));
    servers.then_some(()).ok_or(NetworkError::Dns)
}

/// The part that all addresses of the network share.
fn network(address: Ipv4Addr, prefix: u8) -> u32 {
    address.to_bits() & mask(prefix)
}

fn mask(prefix: u8) -> u32 {
    u32::MAX << (32 - u32::from(prefix))
}

/// The address of a machine, and neither its network itself nor all machines of it.
fn is_in_its_network(address: Ipv4Addr, prefix: u8) -> bool {
    let within = address.to_bits() & !mask(prefix);
    is_machine(address) && within != 0 && within != !mask(prefix)
}

/// An address that one machine can have: 0.0.0.0/8 says "this network", 240.0.0.0/4 is reserved
/// (RFC 6890).
fn is_machine(address: Ipv4Addr) -> bool {
    let first = address.octets()[0];
    first != 0 && first < 224 && !address.is_loopback()
}

fn proxy(url: &Url) -> Result<(), NetworkError> {
    is_web(url).then_some(()).ok_or(NetworkError::Proxy)
}

/// An address of the web.
pub fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}
