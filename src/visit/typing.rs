//! What is typed: words to search for, and codes.

use super::access::{MAX_DIGITS, Verdict};
use super::action::{Action, Effect};
use super::place::Place;
use super::reducer::Visit;
use super::summary::Search;

/// Characters of a query: longer than the longest title worth typing.
const MAX_QUERY: usize = 40;

impl Visit {
    pub(super) fn type_in(&mut self, action: &Action) -> Vec<Effect> {
        if self.type_setup(action) {
            return Vec::new();
        }
        match self.path.last_mut() {
            Some(Place::Chercher { query }) => edit_query(query, action),
            Some(Place::Code { typed, verdict, .. }) => edit_code(typed, verdict, action),
            _ => {}
        }
        if self.query().is_none() {
            self.search = None;
        }
        match self.place() {
            Place::Code { area, typed, .. } if *action == Action::Enter => {
                vec![Effect::Judge {
                    area: *area,
                    code: typed.clone(),
                }]
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn found(&mut self, results: usize, term: Option<String>) {
        self.search = self.query().map(|_| Search { results, term });
    }

    /// What became of the code: it opens its area, or is typed anew.
    pub(super) fn judged(&mut self, judged: Verdict) -> Vec<Effect> {
        let Some(Place::Code {
            area,
            typed,
            verdict,
        }) = self.path.last_mut()
        else {
            return Vec::new();
        };
        let opened = *area;
        typed.clear();
        *verdict = judged;
        if judged != Verdict::Accepted {
            return Vec::new();
        }
        self.path.pop();
        match opened.place() {
            Some(place) => self.path.push(place),
            None => return self.erase_all(),
        }
        Vec::new()
    }

    pub(super) fn end_search(&mut self, clicked: bool) -> Vec<Effect> {
        self.search
            .take()
            .map(|search| Effect::Record(search.event(clicked)))
            .into_iter()
            .collect()
    }

    fn query(&self) -> Option<&str> {
        match self.place() {
            Place::Chercher { query } if !query.trim().is_empty() => Some(query),
            _ => None,
        }
    }
}

/// A query has an end, and begins with a letter.
fn takes(query: &str, letter: char) -> bool {
    query.chars().count() < MAX_QUERY && !(letter == ' ' && query.is_empty())
}

fn edit_query(query: &mut String, action: &Action) {
    match action {
        Action::Type(letter) if takes(query, *letter) => query.push(*letter),
        Action::Erase => {
            query.pop();
        }
        Action::Clear => query.clear(),
        _ => {}
    }
}

fn edit_code(typed: &mut String, verdict: &mut Verdict, action: &Action) {
    match action {
        Action::Digit(digit) if digit.is_ascii_digit() && typed.len() < MAX_DIGITS => {
            typed.push(*digit);
            *verdict = Verdict::Open;
        }
        Action::Erase => {
            typed.pop();
        }
        Action::Clear => typed.clear(),
        _ => {}
    }
}
