//! Days and months of Europe/Brussels, where a day has 23, 24 or 25 hours.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use central_protocol::ClockTrust;

use crate::limits::FUTURE_TOLERANCE_S;

/// The first hour a borne can have lived: earlier ones come from a clock without a battery.
const FIRST_BELIEVED: Date = date(2020, 1, 1);

/// Where the bornes stand.
pub const BRUSSELS: TimeZone = jiff::tz::get!("Europe/Brussels");

/// A local day, counted from 1970-01-01: what the store keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// The local day of a moment.
    #[must_use]
    pub fn of(moment: Timestamp) -> Self {
        Self::from_date(moment.to_zoned(BRUSSELS).date())
    }

    /// The day of a date.
    #[must_use]
    pub fn from_date(value: Date) -> Self {
        Self(
            value
                .duration_since(date(1970, 1, 1))
                .as_hours()
                .div_euclid(24) as i32,
        )
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The date, or the epoch when there is none.
    #[must_use]
    pub fn date(self) -> Date {
        date(1970, 1, 1)
            .checked_add(self.0.days())
            .unwrap_or(date(1970, 1, 1))
    }

    /// The first day of its month.
    #[must_use]
    pub fn month(self) -> Self {
        Self::from_date(self.date().first_of_month())
    }

    /// So many days earlier.
    #[must_use]
    pub const fn days_before(self, days: i32) -> Self {
        Self(self.0.saturating_sub(days))
    }

    /// The first day of the month so many months earlier.
    #[must_use]
    pub fn months_before(self, months: i32) -> Self {
        let first = self.date().first_of_month();
        Self::from_date(first.checked_sub(months.months()).unwrap_or(first))
    }
}

/// The day an event counts under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CountedDay {
    /// The day it happened, or the day it arrived when that is not known.
    pub day: Day,
    /// The day it happened is not known: "sans date".
    pub undated: bool,
}

impl CountedDay {
    /// Places an event: by its hour when that can be believed, else by its arrival.
    #[must_use]
    pub fn place(hour: Timestamp, clock: ClockTrust, now: Timestamp) -> Self {
        let day = Day::of(hour);
        let future = hour.as_second() > now.as_second().saturating_add(FUTURE_TOLERANCE_S);
        let undated =
            clock == ClockTrust::Unknown || future || day < Day::from_date(FIRST_BELIEVED);
        Self {
            day: if undated { Day::of(now) } else { day },
            undated,
        }
    }
}

#[cfg(test)]
mod tests;
