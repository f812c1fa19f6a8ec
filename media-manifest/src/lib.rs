//! The catalogue: its format, its checks and its trust.

pub mod catalogue;
