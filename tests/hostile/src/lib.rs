//! What must hold whatever comes in from outside, one function for each way in.
//!
//! Each takes any bytes, hands them to the very code that the product uses, and panics when
//! something does not hold. `fuzz/` feeds them with what it makes up; the tests here feed them with
//! `fuzz/seeds`, so that what was found once stays found.

#![expect(
    clippy::expect_used,
    reason = "what does not hold is told by panicking"
)]

mod catalogue;
mod central_batch;
mod firmware;
mod http_range;
mod plain;
mod settings;
mod source_toml;
mod tuf_role;
mod webvtt;

pub use catalogue::catalogue;
pub use central_batch::central_batch;
pub use firmware::firmware;
pub use http_range::http_range;
pub use settings::settings;
pub use source_toml::source_toml;
pub use tuf_role::tuf_role;
pub use webvtt::webvtt;
