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
    pub goal: &'static str,
    /// The goal is held.
    pub ok: bool,
}

impl Figure {
    /// A figure whose goal is no comparison.
    pub const fn absolute(
        name: &'static str,
        value: f64,
        unit: &'static str,
        goal: &'static str,
        ok: bool,
    ) -> Self {
        Self {
            name,
            value,
            unit,
            peer: "",
            peer_value: 0.0,
            ratio: 0.0,
            goal,
            ok,
        }
    }
}

/// How long a command takes that must succeed, s.
pub fn seconds(command: &mut Command) -> Result<f64> {
    let start = Monotonic::start();
    let status = command.status()?;
    let took = start.elapsed().as_secs_f64();
    ensure!(status.success(), "{command:?}: {status}");
    Ok(took)
}

/// The middle of some measurements.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
