//! What the command says: results on standard output, problems on standard error.

use std::io::Write;

use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use media_manifest::check::Problem;
use media_manifest::publish::PublishError;

use super::Ending;

/// A line of results.
pub fn line(text: &str) {
    // A reader that has gone is no error of ours.
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// An error.
pub fn error(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// The value, or an error whose sentences are for people.
pub fn said<T>(result: Result<T, PublishError>) -> anyhow::Result<T> {
    result.map_err(|error| anyhow::anyhow!(error.sentences().join("\n")))
}

/// All problems, for people or for programs.
pub fn problems(problems: &[Problem], json: bool) -> Ending {
    if json {
        line(&serde_json::json!({ "ok": problems.is_empty(), "problems": problems }).to_string());
    } else {
        for problem in problems {
            error(&problem.sentence());
        }
        let count = problems.len();
        let plural = if count == 1 { "" } else { "s" };
        error(&format!("{count} problème{plural} à corriger."));
    }
    Ending::Refused
}

/// Shows what is going on where someone is watching.
pub fn progress() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(std::time::Duration::from_millis(100));
    bar
}

/// The time: the only place of this command that reads the clock.
#[allow(
    clippy::disallowed_methods,
    reason = "time enters here and is passed on"
)]
pub fn now() -> Timestamp {
    Timestamp::now()
}
