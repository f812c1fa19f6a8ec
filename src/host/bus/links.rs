//! What systemd-networkd tells of the cards (`Describe` of `org.freedesktop.network1(5)`, JSON). Pure.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::Deserialize;

use crate::host::{Card, Kind};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Links {
    interfaces: Vec<Link>,
}

/// The part that is used; the rest changes with the releases.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Link {
    name: String,
    #[serde(rename = "Type")]
    kind: String,
    /// What a link is that no card makes, such as a bridge.
    #[serde(rename = "Kind")]
    made: Option<String>,
    carrier_state: Option<String>,
    #[serde(default)]
    addresses: Vec<Address>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Address {
    address: Vec<u8>,
    prefix_length: u8,
}

/// The cards among the links.
pub(super) fn cards(described: &str) -> Result<Vec<Card>, serde_json::Error> {
    let links: Links = serde_json::from_str(described)?;
    Ok(links.interfaces.into_iter().filter_map(card).collect())
}

fn card(link: Link) -> Option<Card> {
    let kind = match link.kind.as_str() {
        "ether" if link.made.is_none() => Kind::Cable,
        "wlan" => Kind::Wireless,
        _ => return None,
    };
    let linked = matches!(
        link.carrier_state.as_deref(),
        Some("carrier" | "degraded-carrier")
    );
    Some(Card {
        name: link.name,
        kind,
        linked,
        addresses: link.addresses.iter().filter_map(told).collect(),
    })
}

/// An address as people write it; `None` for one that leads no further than the link.
fn told(address: &Address) -> Option<String> {
    let ip = ip(&address.address)?;
    let local = match ip {
        IpAddr::V4(ip) => ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
    };
    (!local).then(|| format!("{ip}/{}", address.prefix_length))
}

fn ip(bytes: &[u8]) -> Option<IpAddr> {
    let four = <[u8; 4]>::try_from(bytes).map(|it| Ipv4Addr::from(it).into());
    four.or_else(|_| <[u8; 16]>::try_from(bytes).map(|it| Ipv6Addr::from(it).into()))
        .ok()
}
