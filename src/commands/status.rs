//! `borne status`: where a borne stands.

mod lines; // the state as a person reads it

use std::process::ExitCode;

use borne::settings::Settings;
use borne::status::state;
use clap::Args;

pub const HELP: &str = "
Ne change rien et ne demande rien au réseau : l'état vient de ce que l'écran et la synchronisation ont
laissé sur le disque.";

#[derive(Args)]
pub struct Options {
    /// En JSON, pour une machine
    #[arg(long)]
    json: bool,
}

pub fn run(settings: &Settings, options: &Options) -> ExitCode {
    let state = state::gather(settings, &*super::clock(settings));
    if options.json {
        return super::print_json(&state);
    }
    for (label, value) in lines::lines(&state) {
        println!("{label:<18} {value}");
    }
    ExitCode::SUCCESS
}
