//! A real server on a port of its own, asked over HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod command;
mod common;
mod dashboard;
mod delivery;
mod login;
mod refusal;
