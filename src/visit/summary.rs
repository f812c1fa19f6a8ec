//! What a visit leaves for statistics: nothing about the visitor.

use std::collections::BTreeSet;
use std::time::Duration;

use central_protocol::Event;
use central_protocol::event::{self, DurationBucket, End, ResultBucket};

use super::comfort::Comfort;

/// A visit under way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub begun: Duration,
    pub plays: u32,
    pub languages: BTreeSet<String>,
}

/// A search under way: counted once, when the visitor leaves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    pub results: usize,
    pub term: Option<String>,
}

impl Tally {
    pub fn begin(now: Duration, language: &str) -> Self {
        Self {
            begun: now,
            plays: 0,
            languages: BTreeSet::from([language.to_owned()]),
        }
    }

    pub fn event(&self, now: Duration, comfort: &Comfort, end: End) -> Event {
        let lasted = now.saturating_sub(self.begun).as_millis();
        Event::Visit(event::Visit {
            duration: DurationBucket::of_ms(u64::try_from(lasted).unwrap_or(u64::MAX)),
            plays: self.plays,
            languages: self.languages.iter().cloned().collect(),
            comfort: comfort.used(),
            end,
        })
    }
}

impl Search {
    pub fn event(self, clicked: bool) -> Event {
        Event::Search(event::Search {
            results: ResultBucket::of(self.results),
            clicked,
            term: self.term,
        })
    }
}
