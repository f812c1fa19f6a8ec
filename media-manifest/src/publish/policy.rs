//! Lifetimes of signatures and other choices of the publisher, each with its reason.

use jiff::SignedDuration;

const fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

/// The timestamp: how long a borne can be kept on old content unknowingly. A month survives a
/// publisher's holidays; publishing daily keeps it fresh.
pub const TIMESTAMP: SignedDuration = days(30);

/// The snapshot: signed with each change anyway; three months cover a summer without one.
pub const SNAPSHOT: SignedDuration = days(90);

/// The network's role and the partners': a year, since some partners publish once a year.
pub const TARGETS: SignedDuration = days(365);

/// The root: two years, since its keys are offline and a ceremony is needed to sign it.
pub const ROOT: SignedDuration = days(730);

/// A role is signed anew, though unchanged, once less than this share of its life remains: half
/// leaves bornes that are seldom online as long as possible.
pub const RENEW_BELOW: f64 = 0.5;

/// Left of the timestamp when `status` calls for help: whoever renews it at half its life has then
/// failed five days in a row.
pub const TIMESTAMP_ALERT: SignedDuration = days(10);

/// The same for the snapshot: two weeks of failed renewals.
pub const SNAPSHOT_ALERT: SignedDuration = days(30);

/// The same for the network's role and the partners': two months to find somebody with the key.
pub const TARGETS_ALERT: SignedDuration = days(60);

/// The same for the root: half a year to bring two key holders together.
pub const ROOT_ALERT: SignedDuration = days(180);

/// How long a file that nothing names any longer stays by default: bornes that are on for one day
/// a month have fetched it or have learnt that they need not.
pub const GRACE_DAYS: u16 = 30;

/// Versions from here on were pushed up by somebody: publishing every second takes thirty years to
/// get here.
pub const VERSION_CEILING: u64 = 1_000_000_000;

/// Keys of the root, and how many must sign: one may be lost, and one may be stolen.
pub const ROOT_KEYS: usize = 3;

/// Signatures needed under a root.
pub const ROOT_THRESHOLD: u64 = 2;

/// Version of the TUF specification that the metadata follow.
pub const SPEC_VERSION: &str = "1.0.33";

/// Where in a video its poster is taken when the partner gives none: past opening titles, before
/// the end gives the story away.
pub const POSTER_PERCENT: u64 = 20;
