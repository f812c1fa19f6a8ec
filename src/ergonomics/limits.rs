//! Every limit, with its reason. All lengths mm.

/// Least width and height of what is touched: studies of kiosks and museums, where people touch
/// standing, in passing and with an outstretched arm, settle at 20.
pub const TARGET_MM: f64 = 20.0;

/// Below this, the breadth of a finger, a target is missed more often than visitors try again.
pub const LEAST_TARGET_MM: f64 = 15.0;

/// Least gap between two targets: a touch on the edge of one must not hit the other.
pub const SPACING_MM: f64 = 2.0;

/// Least height of a capital in the usual text: 3/16 inch, ADA Standards 707.7.2.
pub const CAPITAL_MM: f64 = 4.8;

/// Least angle a capital H covers in "Grand texte", degrees: EN 301 549 V3.2.1, 5.1.4.
pub const CAPITAL_DEGREES: f64 = 0.7;

/// Lowest point a seated visitor reaches: EN 301 549 V3.2.1, 8.3.2, forward reach.
pub const LOWEST_REACH_MM: f64 = 380.0;

/// Highest point a seated visitor reaches with nothing in front: EN 301 549 V3.2.1, 8.3.2.
pub const HIGHEST_REACH_MM: f64 = 1220.0;

/// The same over a plinth or a shelf that is 510 to 635 deep: EN 301 549 V3.2.1, 8.3.2.
pub const HIGHEST_REACH_OVER_PLINTH_MM: f64 = 1120.0;

/// Height of a capital in the house's face, em: `sCapHeight` 668 of 1000 in the OS/2 table of
/// Atkinson Hyperlegible Next, the same in all three weights.
pub const CAP_HEIGHT_EM: f64 = 0.668;

/// Shortfalls below this come from rounding to whole pixels: a fifth of one on a 21.5-inch screen.
pub const ROUNDING_MM: f64 = 0.05;
