//! What a process and all its children use.

use anyhow::{Context, Result};
use procfs::process::{Process, all_processes};

/// A process and its children, theirs, and so on.
pub fn family(pid: u32) -> Result<Vec<Process>> {
    let all: Vec<_> = all_processes()?
        .flatten()
        .filter_map(|process| Some((process.stat().ok()?.ppid, process)))
        .collect();
    let mut known = vec![i32::try_from(pid)?];
    let mut at = 0;
    while let Some(&parent) = known.get(at) {
        let children = all.iter().filter(|(of, _)| *of == parent);
        known.extend(children.map(|(_, child)| child.pid));
        at += 1;
    }
    let of_family = |(_, process): (i32, Process)| known.contains(&process.pid).then_some(process);
    Ok(all.into_iter().filter_map(of_family).collect())
}

/// Processor time used so far, s.
#[expect(
    clippy::cast_precision_loss,
    reason = "hours in hundredths of a second"
)]
pub fn cpu_s(pid: u32) -> Result<f64> {
    let ticks: u64 = family(pid)?
        .iter()
        .filter_map(|process| process.stat().ok())
        .map(|stat| stat.utime + stat.stime)
        .sum();
    Ok(ticks as f64 / procfs::ticks_per_second() as f64)
}

/// Memory, shared pages counted in part, MB.
#[expect(clippy::cast_precision_loss, reason = "megabytes")]
pub fn pss_mb(pid: u32) -> Result<f64> {
    let mut bytes = 0;
    for process in family(pid)? {
        // One that has just ended uses nothing.
        let Ok(maps) = process.smaps_rollup() else {
            continue;
        };
        let map = maps.memory_map_rollup.0.first().context("smaps_rollup")?;
        bytes += map.extension.map.get("Pss").copied().unwrap_or_default();
    }
    Ok(bytes as f64 / 1e6)
}
