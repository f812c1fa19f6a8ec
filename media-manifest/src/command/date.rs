//! Dates as they are read in French, in Belgium.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Part of the program, so that no system lacks it.
const BRUSSELS: TimeZone = jiff::tz::get!("Europe/Brussels");

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// `le 12 mars 2027 (dans 12 jours)`.
pub fn with_distance(moment: Timestamp, now: Timestamp) -> String {
    format!("le {} ({})", day(moment), distance(moment, now))
}

/// `12 mars 2027`.
fn day(moment: Timestamp) -> String {
    let date = local(moment).date();
    let month = usize::try_from(date.month()).unwrap_or_default();
    let name = MONTHS.get(month.wrapping_sub(1)).copied().unwrap_or("?");
    let first = if date.day() == 1 { "er" } else { "" };
    format!("{}{first} {name} {}", date.day(), date.year())
}

/// `dans 12 jours`, counted as calendars do.
fn distance(moment: Timestamp, now: Timestamp) -> String {
    let between = local(moment)
        .date()
        .since(local(now).date())
        .map_or(0, |span| span.get_days());
    match between {
        0 if moment <= now => "c'était aujourd'hui".to_owned(),
        0 => "c'est aujourd'hui".to_owned(),
        1 => "c'est demain".to_owned(),
        -1 => "c'était hier".to_owned(),
        days if days > 0 => format!("dans {days} jours"),
        days => format!("il y a {} jours", days.unsigned_abs()),
    }
}

fn local(moment: Timestamp) -> Zoned {
    moment.to_zoned(BRUSSELS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_in_belgium() {
        let now = "2027-02-28T22:30:00Z".parse().unwrap();
        for (moment, expected) in [
            ("2027-03-12T12:00:00Z", "le 12 mars 2027 (dans 12 jours)"),
            ("2027-02-28T23:30:00Z", "le 1er mars 2027 (c'est demain)"),
            (
                "2027-02-28T22:00:00Z",
                "le 28 février 2027 (c'était aujourd'hui)",
            ),
            (
                "2027-02-18T12:00:00Z",
                "le 18 février 2027 (il y a 10 jours)",
            ),
            (
                "2028-02-28T12:00:00Z",
                "le 28 février 2028 (dans 365 jours)",
            ),
        ] {
            assert_eq!(with_distance(moment.parse().unwrap(), now), expected);
        }
    }
}
