//! A way to the network as systemd-networkd reads it (`systemd.network(5)`). Pure.

use std::fmt::Write as _;

use super::{Address, Network, Via};

/// Metric of the routes over a wireless network: above networkd's own 1024, so that a cable that is
/// plugged in is taken first.
const WIRELESS_METRIC: u32 = 2_048;

/// The file; `None` for a cable and an automatic address, which the image knows already.
///
/// What [`Network::check`] has let pass adds no line here: only numbers are written.
#[must_use]
pub fn file(network: &Network) -> Option<String> {
    if (&network.via, &network.address) == (&Via::Cable, &Address::Automatic) {
        return None;
    }
    let mut text = String::from("# Set on the screen of the borne.\n");
    let (kind, metric) = match network.via {
        Via::Cable => ("ether", None),
        Via::Wireless { .. } => ("wlan", Some(WIRELESS_METRIC)),
    };
    let _ = writeln!(text, "[Match]\nType={kind}");
    match &network.address {
        Address::Automatic => text.push_str(&automatic(metric)),
        Address::Fixed {
            address,
            prefix,
            gateway,
            dns,
        } => {
            text.push_str("\n[Network]\nDHCP=no\n");
            text.push_str(QUIET);
            for server in dns {
                let _ = writeln!(text, "DNS={server}");
            }
            let _ = write!(text, "\n[Address]\nAddress={address}/{prefix}\n");
            let _ = write!(text, "\n[Route]\nGateway={gateway}\n");
            if let Some(metric) = metric {
                let _ = writeln!(text, "Metric={metric}");
            }
        }
    }
    Some(text)
}

/// Nothing answers to names, as with the file of the image.
const QUIET: &str = "LinkLocalAddressing=ipv6\nLLMNR=no\nMulticastDNS=no\n";

fn automatic(metric: Option<u32>) -> String {
    let route = metric.map(|metric| format!("RouteMetric={metric}\n"));
    let route = route.unwrap_or_default();
    format!(
        "\n[Network]\nDHCP=yes\n{QUIET}\n[DHCPv4]\nClientIdentifier=mac\nUseDomains=yes\nUseNTP=yes\n{route}\
         \n[DHCPv6]\nDUIDType=link-layer\n\n[IPv6AcceptRA]\n{route}"
    )
}
