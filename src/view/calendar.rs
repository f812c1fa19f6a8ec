//! Belgian days and hours, for the markup that says them.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::clock;

use super::markup::{Clock, Day};

/// Where the bornes stand; part of the program, so that no system lacks it.
const BRUSSELS: TimeZone = jiff::tz::get!("Europe/Brussels");

/// An hour that is not known.
const UNKNOWN: Clock = Clock {
    hour: -1,
    minute: 0,
};

/// A moment in Belgium.
pub fn belgian(moment: jiff::Timestamp) -> DateTime {
    moment.to_zoned(BRUSSELS).datetime()
}

/// Time in Belgium, where advisers and sessions are, whatever zone the machine is set to.
pub fn belgian_now() -> DateTime {
    belgian(clock::now())
}

/// The day at the borne, in its own time zone.
pub fn today() -> Date {
    clock::local().date()
}

pub fn day(date: Date) -> Day {
    Day {
        weekday: i32::from(date.weekday().to_monday_one_offset()),
        day: i32::from(date.day()),
        month: i32::from(date.month()),
    }
}

pub fn hour(time: Time) -> Clock {
    Clock {
        hour: i32::from(time.hour()),
        minute: i32::from(time.minute()),
    }
}

/// The end of something, when it is known and on the same day.
pub fn end(starts: DateTime, ends: Option<DateTime>) -> Clock {
    ends.filter(|ends| ends.date() == starts.date())
        .map_or(UNKNOWN, |ends| hour(ends.time()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime {
        text.parse().unwrap()
    }

    #[test]
    fn a_moment_is_shown_in_belgian_time_in_summer_and_winter() {
        for (moment, local) in [
            ("2026-07-01T10:00:00Z", "2026-07-01T12:00"),
            ("2026-11-22T23:30:00Z", "2026-11-23T00:30"),
        ] {
            assert_eq!(belgian(moment.parse().unwrap()), at(local));
        }
    }

    #[test]
    fn a_week_begins_on_monday() {
        let monday = day(at("2026-11-23T09:30").date());
        assert_eq!((monday.weekday, monday.day, monday.month), (1, 23, 11));
        assert_eq!(day(at("2026-11-29T09:30").date()).weekday, 7);
    }

    #[test]
    fn an_end_is_shown_only_when_it_is_known_and_on_the_same_day() {
        let starts = at("2026-11-23T13:30");
        let shown = |ends: Option<&str>| end(starts, ends.map(at)).hour;
        assert_eq!(shown(Some("2026-11-23T15:00")), 15);
        assert_eq!(shown(Some("2026-11-24T15:00")), -1);
        assert_eq!(shown(None), -1);
    }
}
