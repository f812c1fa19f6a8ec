//! Takes a visit of a running demonstration with real touches, and keeps pictures of it.
//!
//! Exit codes: 0 every step held, 1 one did not, 2 the command line or the description is wrong.

mod demo;
mod offline;
mod report;
mod staff;
mod tour;
mod visit;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

use demo::Demo;
use report::Report;
use tour::Tour;

/// Fait la visite d'une démonstration en marche : touche l'écran, regarde, vérifie.
#[derive(Parser)]
struct Arguments {
    /// Description de la démonstration, écrite par deploy/demo.
    #[arg(long, value_name = "FICHIER")]
    demo: PathBuf,
    /// Dossier des images numérotées et de tour.json.
    #[arg(long, value_name = "DOSSIER")]
    out: PathBuf,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("La visite n'a pas pu commencer : {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<bool> {
    let demo = Demo::read(&arguments.demo)?;
    let report = Report::new(&arguments.out)?;
    let mut tour = Tour::new(demo, report)?;
    let outcome = staff::before(&mut tour)
        .and_then(|()| visit::take(&mut tour))
        .and_then(|()| offline::take(&mut tour))
        .and_then(|()| staff::after(&mut tour));
    let report = tour.into_report();
    report.write().context("tour.json")?;
    report.print(&outcome);
    Ok(outcome.is_ok())
}
