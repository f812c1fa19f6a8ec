//! What staff read: figures put into words. Pure: no database, no clock.

pub mod dashboard;
pub mod period;
pub mod words;
