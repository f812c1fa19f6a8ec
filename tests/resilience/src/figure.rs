//! A measured figure beside its goal.

use std::process::Command;

use anyhow::{Result, ensure};
use borne::clock::Monotonic;
use serde::Serialize;

/// Measurements of which the median counts.
pub const ROUNDS: usize = 5;

/// One line of the table in `docs/performance.md`.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// Name, with the number of the goal first.
    pub name: &'static str,
    /// What was measured.
    pub value: f64,
    /// Its unit.
    pub unit: &'static str,
    /// What it is compared with; empty when the goal is absolute.
    pub peer: &'static str,
    /// The same of the peer.
    pub peer_value: f64,
    /// Ours in terms of the peer's, as the goal has it.
    pub ratio: f64,
    /// The goal.
    pub goal: String,
    /// The goal is held.
    pub ok: bool,
}

impl Figure {
    /// A figure that is to be at most this part of a peer's, named with its value.
    #[must_use]
    pub fn at_most(
        name: &'static str,
        value: f64,
        unit: &'static str,
        (peer, peer_value): (&'static str, f64),
        part: f64,
    ) -> Self {
        let ratio = value / peer_value;
        Self {
            name,
            value,
            unit,
            peer,
            peer_value,
            ratio,
            goal: format!("at most {part} of the peer's"),
            ok: ratio <= part,
        }
    }

    /// A figure that is to be at most so much.
    #[must_use]
    pub fn within(name: &'static str, value: f64, unit: &'static str, most: f64) -> Self {
        Self::absolute(name, value, unit, format!("at most {most}"), value <= most)
    }

    /// A figure whose goal is no comparison.
    #[must_use]
    pub fn absolute(
        name: &'static str,
        value: f64,
        unit: &'static str,
        goal: impl Into<String>,
        ok: bool,
    ) -> Self {
        Self {
            name,
            value,
            unit,
            peer: "",
            peer_value: 0.0,
            ratio: 0.0,
            goal: goal.into(),
            ok,
        }
    }
}

/// How long a command takes that must succeed, s.
///
/// # Errors
/// It cannot be started, or fails.
pub fn seconds(command: &mut Command) -> Result<f64> {
    let start = Monotonic::start();
    let status = command.status()?;
    let took = start.elapsed().as_secs_f64();
    ensure!(status.success(), "{command:?}: {status}");
    Ok(took)
}

/// The value that so many of a hundred measurements do not exceed.
#[must_use]
pub fn percentile(mut values: Vec<f64>, percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = (values.len() * percent).div_ceil(100).saturating_sub(1);
    values.get(at).copied().unwrap_or(f64::NAN)
}

/// The middle of some measurements.
#[must_use]
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
