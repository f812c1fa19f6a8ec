//! Measures figures of synchronisation against the tools an administrator would use instead.
//!
//! Prints one JSON line a figure. Exit codes: 0 every goal is held, 1 one is missed, 2 something could
//! not be measured.

mod load;
mod many;
mod quiet;

use std::process::ExitCode;

use anyhow::Result;

use resilience::figure::Figure;

fn main() -> ExitCode {
    match measure() {
        Ok(figures) if figures.iter().all(|figure| figure.ok) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("mesure impossible : {error:#}");
            ExitCode::from(2)
        }
    }
}

fn measure() -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for measured in [load::measure, quiet::measure, many::measure] {
        for figure in measured()? {
            println!("{}", serde_json::to_string(&figure)?);
            figures.push(figure);
        }
    }
    Ok(figures)
}
