//! The periods that staff choose from. They are fixed: no free dates, so that no two of them can be
//! subtracted to single out one visit.

use jiff::Timestamp;

use super::words;
use crate::day::Day;
use crate::store::figures::Since;

/// A period up to now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// Today and the six days before.
    Week,
    /// Today and the 29 days before.
    #[default]
    Days30,
    /// This month and the eleven before.
    Year,
}

impl Period {
    /// All of them, in the order shown.
    pub const ALL: [Self; 3] = [Self::Week, Self::Days30, Self::Year];

    /// The period that a page address names.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.code() == code)
    }

    /// Its name in a page address.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Week => "7j",
            Self::Days30 => "30j",
            Self::Year => "12m",
        }
    }

    /// Its name on a button.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Week => "7 jours",
            Self::Days30 => "30 jours",
            Self::Year => "12 mois",
        }
    }

    /// Its first day, as the counts are kept.
    #[must_use]
    pub fn since(self, now: Timestamp) -> Since {
        let today = Day::of(now);
        match self {
            Self::Week => Since::Day(today.days_before(6)),
            Self::Days30 => Since::Day(today.days_before(29)),
            Self::Year => Since::Month(today.months_before(11)),
        }
    }

    /// What it covers, in words.
    #[must_use]
    pub fn words(self, now: Timestamp) -> String {
        let today = words::date(Day::of(now).date());
        match self.since(now) {
            Since::Day(day) => format!("du {} au {today}", words::date(day.date())),
            Since::Month(day) => format!("du {} au {today}", words::date(day.date())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_count_local_days_and_whole_months() {
        let just_past_midnight: Timestamp = "2026-11-20T23:30:00Z".parse().unwrap();
        assert_eq!(
            Period::Week.words(just_past_midnight),
            "du 15 novembre 2026 au 21 novembre 2026"
        );
        assert_eq!(
            Period::Year.words(just_past_midnight),
            "du 1er décembre 2025 au 21 novembre 2026"
        );
        assert_eq!(Period::from_code("30j"), Some(Period::Days30));
        assert_eq!(Period::from_code("2026-01-01"), None);
    }
}
