//! The catalogue: its format, its checks and its trust.

pub mod catalogue;
pub mod check;
pub mod firmware;
#[cfg(feature = "cli")]
pub mod probe;
#[cfg(feature = "sign")]
pub mod publish;
#[cfg(feature = "sign")]
pub mod source;
pub mod trust;
