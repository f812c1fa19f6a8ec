//! `borne play`: the screen.

use std::process::ExitCode;

use borne::settings::Settings;
use clap::Args;

#[derive(Args)]
pub struct Options {
    /// Remplit l'écran, quels que soient les réglages
    #[arg(long, conflicts_with = "windowed")]
    fullscreen: bool,
    /// Ouvre une fenêtre, quels que soient les réglages
    #[arg(long)]
    windowed: bool,
}

pub fn run(mut settings: Settings, options: &Options) -> ExitCode {
    settings.screen.fullscreen =
        options.fullscreen || (settings.screen.fullscreen && !options.windowed);
    play(&settings)
}

#[cfg(feature = "ui")]
fn play(settings: &Settings) -> ExitCode {
    match borne::view::play(settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the screen has ended");
            eprintln!("L'écran ne peut pas s'afficher : {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(feature = "ui"))]
fn play(_settings: &Settings) -> ExitCode {
    eprintln!("Ce programme a été construit sans écran (fonctionnalité « ui »).");
    ExitCode::from(super::BAD_SETTINGS)
}
