//! Cards and wireless networks in the order in which a person reads them. Pure.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Card, Reach};

/// Signal in hundredths of a dBm from which a network has one more of its four bars.
const BARS: [i16; 4] = [-8_000, -7_000, -6_000, -5_000];

/// Strength of a signal, from 0 to 4.
#[must_use]
pub fn strength(signal: i16) -> u8 {
    let bars = BARS.iter().filter(|least| signal >= **least).count();
    u8::try_from(bars).unwrap_or_default()
}

/// Cables first, then by name.
#[must_use]
pub fn in_order(mut cards: Vec<Card>) -> Vec<Card> {
    cards.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    cards
}

/// One entry a name, the strongest; the strongest first, then by name. Those without a name that can be
/// shown are left out.
#[must_use]
pub fn by_strength(found: Vec<Reach>) -> Vec<Reach> {
    let mut names: BTreeMap<String, Reach> = BTreeMap::new();
    for reach in found {
        if reach.name.is_empty() || reach.name.chars().any(char::is_control) {
            continue;
        }
        match names.get(&reach.name) {
            Some(known) if known.strength >= reach.strength => {}
            _ => {
                names.insert(reach.name.clone(), reach);
            }
        }
    }
    let mut sorted: Vec<Reach> = names.into_values().collect();
    sorted.sort_by_key(|reach| Reverse(reach.strength));
    sorted
}
