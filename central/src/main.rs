//! `central`: wires the parts and maps errors to exit codes.

use std::io::IsTerminal as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(ended) = manual::asked(std::env::args_os(), central::cli::manual) {
        return ended;
    }
    let arguments = central::cli::arguments();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| arguments.default_log().into()),
        )
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    match central::cli::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("central : {error:#}");
            ExitCode::from(central::cli::exit_code(&error))
        }
    }
}
