use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The day in Belgium: the only place of this program that reads the clock.
#[allow(
    clippy::disallowed_methods,
    reason = "time enters here and is passed on"
)]
pub fn today() -> Date {
    let zone = TimeZone::get("Europe/Brussels").unwrap_or(TimeZone::UTC);
    Timestamp::now().to_zoned(zone).date()
}
