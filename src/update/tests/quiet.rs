use std::time::Duration;

use crate::clock::Reading;
use crate::fixtures::reading;
use crate::settings::Hours;
use crate::status::PlayerStatus;
use crate::update::policy;
use crate::update::quiet::{alone, open};

const NOW: &str = "2026-11-21T10:00:00Z";

fn status(screen: &str, for_s: u64, updated: &str) -> PlayerStatus {
    let mut status = PlayerStatus::new(1, updated.parse().unwrap(), String::new());
    status.screen = screen.to_owned();
    status.screen_for_s = for_s;
    status
}

#[test]
fn somebody_is_there_unless_veille_stands_and_the_screen_still_speaks() {
    let now = reading(NOW, true);
    let fresh = "2026-11-21T09:59:57Z";
    for (what, screen, updated, runs, expected) in [
        ("veille", "veille", fresh, true, 900),
        ("a visitor", "accueil", fresh, true, 0),
        (
            "silent for two minutes",
            "veille",
            "2026-11-21T09:58:00Z",
            true,
            0,
        ),
        (
            "its clock is ahead",
            "veille",
            "2026-11-21T10:00:09Z",
            true,
            0,
        ),
        ("ended a moment ago", "accueil", fresh, false, 3),
        (
            "ended five minutes ago",
            "accueil",
            "2026-11-21T09:55:00Z",
            false,
            300,
        ),
        (
            "ended before this start",
            "veille",
            "2026-11-20T09:00:00Z",
            false,
            600,
        ),
    ] {
        let status = status(screen, 900, updated);
        let alone = alone(Some(&status), runs, &now);
        assert_eq!(alone, Duration::from_secs(expected), "{what}");
    }
}

#[test]
fn a_screen_that_never_ran_has_had_no_visitor_since_the_machine_started() {
    let now = Reading {
        uptime_ms: 42_000,
        ..reading(NOW, true)
    };
    assert_eq!(alone(None, false, &now), Duration::from_secs(42));
}

#[test]
fn hours_count_with_a_good_clock_until_they_were_waited_for_too_long() {
    let hours = Hours::parse("22:00-05:00");
    let time = |text: &str| text.parse().unwrap();
    let (none, day) = (Duration::ZERO, Duration::from_secs(24 * 3_600));
    for (what, hours, synced, at, waited, expected) in [
        ("within", hours, true, "23:00", none, true),
        ("outside", hours, true, "12:00", day, false),
        ("no hours", None, true, "12:00", none, true),
        ("a bad clock", hours, false, "12:00", none, true),
        (
            "a borne that is off at night",
            hours,
            true,
            "12:00",
            policy::PATIENCE,
            true,
        ),
    ] {
        assert_eq!(open(hours, synced, time(at), waited), expected, "{what}");
    }
}
