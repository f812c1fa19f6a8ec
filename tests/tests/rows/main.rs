//! The rows of the table of `trust-and-sync` of which a visitor sees something. What needs no screen
//! stands in `resilience`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod row_12_slowness;
mod row_13_disks;
mod row_15_rot;
mod row_17_removal;
mod row_18_decoding;
