//! What is written for systemd-networkd and iwd: nothing that a person types adds a line to it.

use std::net::Ipv4Addr;

use proptest::prelude::*;

use super::*;

fn fixed(address: &str, prefix: u8, gateway: &str, dns: &[&str]) -> Result<(), NetworkError> {
    let address = Address::Fixed {
        address: address.parse().unwrap(),
        prefix,
        gateway: gateway.parse().unwrap(),
        dns: dns.iter().map(|it| it.parse().unwrap()).collect(),
    };
    Network { address, ..cable() }.check()
}

#[test]
fn addresses_that_no_machine_has_in_its_network_are_refused() {
    use NetworkError::{Address, Dns, Gateway, Prefix};
    let dns = &["9.9.9.9"][..];
    assert_eq!(fixed("192.168.1.20", 24, "192.168.1.1", dns), Ok(()));
    assert_eq!(
        fixed(
            "10.0.0.1",
            30,
            "10.0.0.2",
            &["10.0.0.2", "1.1.1.1", "8.8.8.8"]
        ),
        Ok(())
    );
    for (address, prefix, gateway, dns, error) in [
        ("192.168.1.20", 0, "192.168.1.1", dns, Prefix),
        ("192.168.1.20", 31, "192.168.1.1", dns, Prefix),
        ("192.168.1.0", 24, "192.168.1.1", dns, Address),
        ("192.168.1.255", 24, "192.168.1.1", dns, Address),
        ("0.0.0.0", 24, "192.168.1.1", dns, Address),
        ("127.0.0.1", 8, "127.0.0.2", dns, Address),
        ("224.0.0.5", 24, "224.0.0.1", dns, Address),
        ("255.255.255.255", 24, "255.255.255.1", dns, Address),
        ("192.168.1.20", 24, "192.168.2.1", dns, Gateway),
        ("192.168.1.20", 24, "192.168.1.20", dns, Gateway),
        ("192.168.1.20", 24, "192.168.1.255", dns, Gateway),
        ("192.168.1.20", 24, "192.168.1.1", &[], Dns),
        ("192.168.1.20", 24, "192.168.1.1", &["0.0.0.0"], Dns),
        ("192.168.1.20", 24, "192.168.1.1", &["1.1.1.1"; 4], Dns),
    ] {
        assert_eq!(
            fixed(address, prefix, gateway, dns),
            Err(error),
            "{address}/{prefix} {gateway}"
        );
    }
}

#[test]
fn names_passphrases_and_proxies_have_their_limits() {
    for (name, good) in [
        ("a", true),
        ("", false),
        (&"é".repeat(16), true),
        (&"é".repeat(17), false),
    ] {
        assert_eq!(wireless(name, None).check().is_ok(), good, "{name}");
    }
    for (passphrase, good) in [
        ("1234567", false),
        ("12345678", true),
        (&"~".repeat(63), true),
        (&"~".repeat(64), false),
        ("mot de passé", false),
        ("12345678\n", false),
    ] {
        assert_eq!(
            wireless("a", Some(passphrase)).check().is_ok(),
            good,
            "{passphrase}"
        );
    }
    let through = |proxy: &str| Network {
        proxy: Some(Url::parse(proxy).unwrap()),
        ..cable()
    };
    assert_eq!(through("http://proxy:3128").check(), Ok(()));
    for proxy in ["ftp://proxy/", "file:///etc/passwd", "data:x"] {
        assert_eq!(through(proxy).check(), Err(NetworkError::Proxy), "{proxy}");
    }
}

#[test]
fn a_fixed_address_is_written_for_networkd() {
    let network = Network {
        address: Address::Fixed {
            address: "10.1.2.3".parse().unwrap(),
            prefix: 16,
            gateway: "10.1.0.1".parse().unwrap(),
            dns: vec!["10.1.0.2".parse().unwrap(), "9.9.9.9".parse().unwrap()],
        },
        ..wireless("école", None)
    };
    let expected = "# Set on the screen of the borne.\n[Match]\nType=wlan\n\n\
        [Network]\nDHCP=no\nLinkLocalAddressing=ipv6\nLLMNR=no\nMulticastDNS=no\nDNS=10.1.0.2\nDNS=9.9.9.9\n\n\
        [Address]\nAddress=10.1.2.3/16\n\n[Route]\nGateway=10.1.0.1\nMetric=2048\n";
    assert_eq!(networkd::file(&network).unwrap(), expected);
    assert_eq!(networkd::file(&cable()), None);
}

#[test]
fn iwd_finds_a_network_by_the_name_of_its_file() {
    for (name, file) in [
        ("Maison 2_b-c", "Maison 2_b-c.psk"),
        ("../../etc/passwd", "=2e2e2f2e2e2f6574632f706173737764.psk"),
        ("=61", "=3d3631.psk"),
        ("[é]", "=5bc3a95d.psk"),
    ] {
        assert_eq!(iwd::file_name(name, true), file);
    }
    assert_eq!(iwd::file_name("a", false), "a.open");
}

/// A passphrase as iwd reads it back: `iwd.network(5)`, "FILE FORMAT".
fn read_back(file: &str) -> Option<String> {
    let value = file
        .lines()
        .find_map(|line| line.strip_prefix("Passphrase="))?;
    let mut read = String::new();
    let mut signs = value.trim_start().chars();
    while let Some(sign) = signs.next() {
        read.push(match sign {
            '\\' => match signs.next()? {
                's' => ' ',
                '\\' => '\\',
                _ => return None,
            },
            sign => sign,
        });
    }
    Some(read)
}

/// Signs that would do harm where they are not looked at, and any other.
fn typed() -> impl Strategy<Value = String> {
    let harm = prop::sample::select(vec![
        "\n", "\r", "=", "[", "]", "\\", "/", "..", " ", "\0", "é", "#", "\u{2028}",
    ]);
    let signs = prop_oneof![harm.prop_map(str::to_owned), ".{0,3}", "[ -~]{4,9}"];
    prop::collection::vec(signs, 0..8).prop_map(|parts| parts.concat())
}

fn address() -> impl Strategy<Value = Address> {
    let fixed = (
        any::<u32>(),
        any::<u8>(),
        any::<u32>(),
        prop::collection::vec(any::<u32>(), 0..5),
    );
    let near = (
        any::<u32>(),
        1_u8..31,
        any::<u32>(),
        prop::collection::vec(any::<u32>(), 1..4),
    )
        .prop_map(|(address, prefix, other, dns)| {
            let mask = u32::MAX << (32 - u32::from(prefix));
            (address, prefix, (address & mask) | (other & !mask), dns)
        });
    let fixed =
        prop_oneof![fixed, near].prop_map(|(address, prefix, gateway, dns)| Address::Fixed {
            address: Ipv4Addr::from_bits(address),
            prefix,
            gateway: Ipv4Addr::from_bits(gateway),
            dns: dns.into_iter().map(Ipv4Addr::from_bits).collect(),
        });
    prop_oneof![Just(Address::Automatic), fixed]
}

fn network() -> impl Strategy<Value = Network> {
    let name = prop_oneof![typed(), Just("école".to_owned())];
    let passphrase = prop::option::of(prop_oneof![typed(), "[ -~]{8,63}"].prop_map(Passphrase));
    let via = prop_oneof![
        Just(Via::Cable),
        (name, passphrase).prop_map(|(name, passphrase)| Via::Wireless { name, passphrase })
    ];
    (via, address()).prop_map(|(via, address)| Network {
        via,
        address,
        proxy: None,
    })
}

proptest! {
    #[test]
    fn what_is_accepted_says_the_same_in_every_file(network in network()) {
        prop_assume!(network.check().is_ok());
        if let Some(file) = networkd::file(&network) {
            let keys = ["Type=", "DHCP=", "LinkLocalAddressing=", "LLMNR=", "MulticastDNS=", "DNS=",
                "Address=", "Gateway=", "Metric=", "RouteMetric=", "ClientIdentifier=", "UseDomains=",
                "UseNTP=", "DUIDType=", "[", "#"];
            for line in file.lines().filter(|line| !line.is_empty()) {
                prop_assert!(keys.iter().any(|key| line.starts_with(key)), "{line}");
            }
            if let Address::Fixed { address, prefix, gateway, dns } = &network.address {
                let lines: Vec<_> = file.lines().collect();
                let address = format!("Address={address}/{prefix}");
                prop_assert!(lines.contains(&&*address));
                let gateway = format!("Gateway={gateway}");
                prop_assert!(lines.contains(&&*gateway));
                let told = lines.iter().filter_map(|line| line.strip_prefix("DNS="));
                let told: Vec<Ipv4Addr> = told.map(|it| it.parse().unwrap()).collect();
                prop_assert_eq!(&told, dns);
            }
        }
        if let Via::Wireless { name, passphrase } = &network.via {
            let file = iwd::file(passphrase.as_ref(), false);
            let lines = if passphrase.is_some() { 7 } else { 4 };
            prop_assert_eq!(file.split('\n').count(), lines, "{}", file);
            prop_assert_eq!(read_back(&file), passphrase.as_ref().map(|it| it.0.clone()));
            let file = iwd::file_name(name, passphrase.is_some());
            let (stem, _) = file.rsplit_once('.').unwrap();
            let read = match stem.strip_prefix('=') {
                Some(digits) => String::from_utf8(hex::decode(digits).unwrap()).unwrap(),
                None => stem.to_owned(),
            };
            prop_assert_eq!(&read, name);
            prop_assert!(!file.contains('/') && !file.contains(char::is_control));
        }
    }

    #[test]
    fn what_is_refused_is_refused_whatever_stands_beside_it(
        name in typed(), passphrase in typed(), network in network()
    ) {
        let bad = name.is_empty() || name.len() > 32 || name.chars().any(char::is_control);
        let via = Via::Wireless { name, passphrase: Some(Passphrase(passphrase.clone())) };
        let checked = Network { via, ..network }.check();
        let short = passphrase.len() < 8 || passphrase.len() > 63;
        let strange = !passphrase.bytes().all(|it| (b' '..=b'~').contains(&it));
        if bad {
            prop_assert_eq!(checked, Err(NetworkError::Name));
        } else if short || strange {
            prop_assert_eq!(checked, Err(NetworkError::Passphrase));
        }
    }
}

proptest! {
    // Each case waits for the disk three times.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_set_on_the_screen_is_read_as_it_was_set(name in typed(), turned in prop::sample::select(vec![0_u16, 90, 180, 270])) {
        let place = Place::new();
        let site = Site { site: name.clone(), ..site("mons-1") };
        prop_assert_eq!(place.ask(&Request::Settle(site)), Answer::Done);
        prop_assert_eq!(place.ask(&Request::Turn(turned)), Answer::Done);
        let settings = crate::settings::load(Some(&place.machine.places.settings)).unwrap();
        prop_assert_eq!((settings.borne.site, settings.screen.turned), (name, turned));
    }
}
