//! The central endpoint: takes the bornes' anonymous statistics and shows them to staff.

pub mod accounts;
pub mod app;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod config;
pub mod day;
pub mod entropy;
pub mod ingest;
pub mod limits;
pub mod password;
pub mod report;
pub mod secret;
pub mod server;
pub mod store;
pub mod web;
