//! The partners' command: checks sources, makes keys, publishes and verifies.

mod command;

use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(ended) = manual::asked(std::env::args_os(), command::manual) {
        return ended;
    }
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| "error".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    match manual::arguments::<command::Arguments>() {
        Ok(arguments) => command::run(&arguments),
        Err(error) => command::usage(&error),
    }
}
