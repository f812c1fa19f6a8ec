//! Whether an adviser answers now, worked out from the clock and the hours of the network.

use jiff::civil::{Date, DateTime, Time};
use media_manifest::catalogue::{Adviser, Hours, Weekday};

/// How far ahead the next hours are looked for, days: past that, a date helps nobody.
const HORIZON_DAYS: i64 = 14;

/// Whether an adviser answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Now, until this time.
    Live {
        /// End of the hours.
        until: Time,
    },
    /// Not now.
    Away {
        /// When somebody answers next, within two weeks.
        next: Option<DateTime>,
    },
}

/// Whether `adviser` answers at `now`, Belgian time.
#[must_use]
pub fn presence(adviser: &Adviser, now: DateTime) -> Presence {
    let running = spans(adviser, now.date())
        .filter(|hours| (hours.from..hours.to).contains(&now.time()))
        .map(|hours| hours.to)
        .max();
    match running {
        Some(until) => Presence::Live { until },
        None => Presence::Away {
            next: next(adviser, now),
        },
    }
}

fn next(adviser: &Adviser, now: DateTime) -> Option<DateTime> {
    (0..=HORIZON_DAYS)
        .filter_map(|days| now.date().checked_add(jiff::Span::new().days(days)).ok())
        .filter_map(|date| {
            spans(adviser, date)
                .map(|hours| date.to_datetime(hours.from))
                .filter(|begin| *begin > now)
                .min()
        })
        .next()
}

fn spans(adviser: &Adviser, date: Date) -> impl Iterator<Item = &Hours> {
    let open = !adviser.closed.contains(&date);
    let day = Weekday::from(date.weekday());
    adviser
        .hours
        .iter()
        .filter(move |hours| open && hours.days.contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weekday mornings but Wednesday, Wednesday afternoon too, and a day off.
    fn adviser() -> Adviser {
        let time = |text: &str| text.parse().unwrap();
        Adviser {
            name: "Miti".to_owned(),
            url: "https://miti.be/".to_owned(),
            address: "miti.be".to_owned(),
            reply_days: 2,
            hours: vec![
                Hours {
                    days: vec![
                        Weekday::Monday,
                        Weekday::Tuesday,
                        Weekday::Wednesday,
                        Weekday::Thursday,
                        Weekday::Friday,
                    ],
                    from: time("09:00"),
                    to: time("12:00"),
                },
                Hours {
                    days: vec![Weekday::Wednesday],
                    from: time("13:30"),
                    to: time("16:00"),
                },
            ],
            closed: vec!["2026-11-24".parse().unwrap()],
        }
    }

    fn at(text: &str) -> Presence {
        presence(&adviser(), text.parse().unwrap())
    }

    fn until(text: &str) -> Presence {
        Presence::Live {
            until: text.parse().unwrap(),
        }
    }

    fn away(next: &str) -> Presence {
        Presence::Away {
            next: Some(next.parse().unwrap()),
        }
    }

    #[test]
    fn an_adviser_is_live_from_the_first_minute_to_before_the_last() {
        assert_eq!(at("2026-11-23T08:59"), away("2026-11-23T09:00"));
        assert_eq!(at("2026-11-23T09:00"), until("12:00"));
        assert_eq!(at("2026-11-23T11:59:59"), until("12:00"));
    }

    #[test]
    fn the_next_hours_skip_a_day_off_and_a_weekend() {
        assert_eq!(at("2026-11-23T12:00"), away("2026-11-25T09:00"));
        assert_eq!(at("2026-11-25T12:30"), away("2026-11-25T13:30"));
        assert_eq!(at("2026-11-27T12:00"), away("2026-11-30T09:00"));
    }

    #[test]
    fn an_adviser_without_hours_is_never_live_and_promises_no_day() {
        let silent = Adviser {
            hours: vec![],
            ..adviser()
        };
        let now = "2026-11-23T10:00".parse().unwrap();
        assert_eq!(presence(&silent, now), Presence::Away { next: None });
    }
}
