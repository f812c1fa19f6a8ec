//! Measures the figures a visitor sees and feels against a page in a browser and against mpv, which
//! show the same videos on a screen of the same size.
//!
//! Prints one JSON line a figure. Exit codes: 0 every goal is held, 1 one is missed, 2 something could
//! not be measured. Arguments: the numbers of the figures wanted, `P1` to `P6` and `P12`; all without.

mod day;
mod kiosk;
mod paging;
mod playing;
mod resources;
mod search;
mod start;
mod stock;
mod touch;

use std::process::ExitCode;

use anyhow::Result;
use resilience::figure::Figure;
use stock::Stock;

type Measure = fn(&Stock) -> Result<Vec<Figure>>;

/// What is measured, with the numbers of its goals.
const MEASURES: [(&str, Measure); 6] = [
    ("P1", start::measure),
    ("P2", touch::measure),
    ("P3 P4", playing::measure),
    ("P5", search::measure),
    ("P6", paging::measure),
    ("P12", day::measure),
];

fn main() -> ExitCode {
    let wanted: Vec<_> = std::env::args().skip(1).collect();
    match measure(&wanted) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("mesure impossible : {error:#}");
            ExitCode::from(2)
        }
    }
}

/// True when every goal is held.
fn measure(wanted: &[String]) -> Result<bool> {
    let stock = Stock::new()?;
    let mut held = true;
    for (goals, measure) in MEASURES {
        let is_wanted = |goal| wanted.iter().any(|name| name == goal);
        if !wanted.is_empty() && !goals.split(' ').any(is_wanted) {
            continue;
        }
        for figure in measure(&stock)? {
            println!("{}", serde_json::to_string(&figure)?);
            held &= figure.ok;
        }
    }
    Ok(held)
}
