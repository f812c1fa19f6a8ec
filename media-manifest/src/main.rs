//! The partners' command: checks sources, makes keys, publishes and verifies.

mod command;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| "error".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    match command::Arguments::try_parse() {
        Ok(arguments) => command::run(&arguments),
        Err(error) => command::usage(&error),
    }
}
