//! The network's classification as a TOML file.

use std::path::Path;

use toml_edit::Document;

use crate::catalogue::Classification;
use crate::check::{self, Problem, Report};

use super::{files, lines, lines::Lines};

const DEFAULT: &str = include_str!("../../classification.toml");

/// The classification that comes with the program.
///
/// # Errors
/// Never with the file that was compiled in: a test reads it.
pub fn default_classification() -> Result<Classification, Vec<Problem>> {
    parse("classification.toml", DEFAULT)
}

/// Reads and checks a classification.
///
/// # Errors
/// Everything that must be put right.
pub fn read_classification(path: &Path) -> Result<Classification, Vec<Problem>> {
    let name = path.display().to_string();
    let mut report = Report::new(name.clone());
    match files::read_text(&mut report, path) {
        Some(text) => parse(&name, &text),
        None => Err(report.into_problems()),
    }
}

fn parse(name: &str, text: &str) -> Result<Classification, Vec<Problem>> {
    let classification = toml::from_str(text).map_err(|error: toml::de::Error| {
        let mut report = Report::new(name);
        report.add(
            "",
            format!("le classement n'est pas compris ({})", error.message()),
            "comparez avec le fichier classification.toml fourni ; les heures et les jours s'y \
             écrivent entre guillemets",
        );
        let mut problems = report.into_problems();
        let line = error.span().map(|span| lines::line_at(text, span.start));
        problems.iter_mut().for_each(|problem| problem.line = line);
        problems
    })?;
    let mut problems = check::classification(&classification);
    if problems.is_empty() {
        return Ok(classification);
    }
    // What serde could read is TOML: only a fault of ours leaves the lines out.
    let document = Document::parse(text.to_owned());
    let lines = document.map_or_else(|_| Lines::default(), |document| Lines::of(&document));
    lines.locate(&mut problems);
    for problem in &mut problems {
        name.clone_into(&mut problem.file);
    }
    Err(problems)
}
