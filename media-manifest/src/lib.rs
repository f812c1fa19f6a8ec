//! The catalogue: its format, its checks and its trust.

pub mod catalogue;
pub mod check;
pub mod trust;
