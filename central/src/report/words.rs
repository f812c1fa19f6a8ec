//! French words for numbers and durations.

use jiff::civil::Date;

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

/// A narrow space that does not break, between thousands and before "%".
const THIN: char = '\u{202f}';

/// `12345` as "12 345".
#[must_use]
pub fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::new();
    if value < 0 {
        text.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(THIN);
        }
        text.push(digit);
    }
    text
}

/// "1 lecture", "2 lectures", "0 lecture": French counts from two.
#[must_use]
pub fn count(value: i64, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        number(value),
        if value.abs() < 2 { one } else { many }
    )
}

/// A share as "57 %", "moins de 1 %" when it would round to nothing; `None` of nothing.
#[must_use]
pub fn share(part: i64, whole: i64) -> Option<String> {
    if whole <= 0 {
        return None;
    }
    let percent = (part * 200 + whole) / (whole * 2);
    Some(match percent {
        0 if part > 0 => format!("moins de 1{THIN}%"),
        100 if part < whole => format!("plus de 99{THIN}%"),
        _ => format!("{percent}{THIN}%"),
    })
}

/// A time watched: "3 h 05", "12 min", "moins d'une minute".
#[must_use]
pub fn watched(ms: i64) -> String {
    let minutes = ms / 60_000;
    match (minutes / 60, minutes % 60) {
        (0, 0) if ms > 0 => "moins d'une minute".to_owned(),
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) if hours < 100 => format!("{hours} h {minutes:02}"),
        (hours, _) => format!("{} h", number(hours)),
    }
}

/// A length of time, in its largest unit: "3 minutes", "2 jours".
#[must_use]
pub fn lapse(seconds: i64) -> String {
    match seconds {
        ..60 => "moins d'une minute".to_owned(),
        60..3_600 => count(seconds / 60, "minute", "minutes"),
        3_600..86_400 => count(seconds / 3_600, "heure", "heures"),
        86_400..5_184_000 => count(seconds / 86_400, "jour", "jours"),
        _ => format!("{} mois", number(seconds / 2_592_000)),
    }
}

/// How long ago: "à l'instant", "il y a 3 minutes".
#[must_use]
pub fn ago(seconds: i64) -> String {
    if seconds < 60 {
        "à l'instant".to_owned()
    } else {
        format!("il y a {}", lapse(seconds))
    }
}

/// A date as "21 novembre 2026", "1er mars 2026".
#[must_use]
pub fn date(value: Date) -> String {
    let day = if value.day() == 1 {
        "1er".to_owned()
    } else {
        value.day().to_string()
    };
    format!("{day} {} {}", month_name(value), value.year())
}

/// A month as "novembre 2026".
#[must_use]
pub fn month(value: Date) -> String {
    format!("{} {}", month_name(value), value.year())
}

fn month_name(value: Date) -> &'static str {
    usize::try_from(value.month() - 1)
        .ok()
        .and_then(|index| MONTHS.get(index))
        .copied()
        .unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(number(-1_000), "−1\u{202f}000");
    }

    #[test]
    fn french_counts_from_two() {
        assert_eq!(count(0, "lecture", "lectures"), "0 lecture");
        assert_eq!(count(1, "lecture", "lectures"), "1 lecture");
        assert_eq!(count(2, "lecture", "lectures"), "2 lectures");
    }

    #[test]
    fn a_share_never_says_none_or_all_when_it_is_not() {
        assert_eq!(share(0, 0), None);
        assert_eq!(share(1, 1000).unwrap(), "moins de 1\u{202f}%");
        assert_eq!(share(999, 1000).unwrap(), "plus de 99\u{202f}%");
        assert_eq!(share(2, 3).unwrap(), "67\u{202f}%");
        assert_eq!(share(3, 3).unwrap(), "100\u{202f}%");
    }

    #[test]
    fn time_watched_is_said_in_hours_and_minutes() {
        assert_eq!(watched(0), "0 min");
        assert_eq!(watched(30_000), "moins d'une minute");
        assert_eq!(watched(12 * 60_000), "12 min");
        assert_eq!(watched(185 * 60_000), "3 h 05");
        assert_eq!(watched(1_234 * 3_600_000), "1\u{202f}234 h");
    }

    #[test]
    fn how_long_ago_is_said_in_its_largest_unit() {
        assert_eq!(ago(-5), "à l'instant");
        assert_eq!(ago(59), "à l'instant");
        assert_eq!(ago(180), "il y a 3 minutes");
        assert_eq!(ago(3_600), "il y a 1 heure");
        assert_eq!(ago(86_400 * 3), "il y a 3 jours");
        assert_eq!(ago(86_400 * 90), "il y a 3 mois");
    }

    #[test]
    fn the_first_of_a_month_is_premier() {
        assert_eq!(date(jiff::civil::date(2026, 3, 1)), "1er mars 2026");
        assert_eq!(date(jiff::civil::date(2026, 8, 21)), "21 août 2026");
    }
}
