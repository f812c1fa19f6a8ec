//! The table of what must be tried, row by row: each test names its row.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod row_01_signatures;
mod row_03_clocks;
mod row_04_roots;
mod row_05_partners;
mod row_06_harm;
mod row_09_ranges;
mod row_10_content;
mod row_11_interception;
mod row_12_slowness;
mod row_13_disks;
mod row_14_crashes;
mod row_15_rot;
mod row_16_databases;
mod row_19_deliveries;
mod row_20_absence;

/// The content of a video in rows that need only one.
const VIDEO: &[u8] = &[b'v'; 200_000];

/// As long, and another.
const OTHER: &[u8] = &[b'w'; 200_000];
