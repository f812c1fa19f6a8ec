//! `borne play`: the screen.

#[cfg(feature = "ui")]
use std::os::unix::process::CommandExt as _;
use std::process::ExitCode;

use borne::settings::Settings;
use clap::Args;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Most memory that the process may write to, bytes. A video of 4096 × 4096 takes 0.7 GB with two
/// decoding threads, one of 1080p 0.2 GB; what wants more is a bomb or a leak. The process ends then,
/// is started again, and after the second time the video that was open is not opened any more. Without
/// a limit the kernel would choose what ends.
const MEMORY: u64 = 1_536 * 1_024 * 1_024;

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
    #[cfg(feature = "ui")]
    if let Some(error) = turn(settings.screen.turned) {
        tracing::warn!(%error, "the picture is not turned");
    }
    settings.screen.fullscreen =
        options.fullscreen || (settings.screen.fullscreen && !options.windowed);
    bound_memory();
    play(&settings)
}

/// Begins anew with the picture turned, as the same process: the toolkit takes it from its environment
/// alone, which a running program does not change. Comes back only when there is nothing to do, or when
/// it cannot be.
#[cfg(feature = "ui")]
fn turn(degrees: u16) -> Option<std::io::Error> {
    if degrees == 0 || std::env::var_os(borne::view::ROTATION).is_some() {
        return None;
    }
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => return Some(error),
    };
    let mut again = std::process::Command::new(program);
    again.args(std::env::args_os().skip(1));
    Some(again.env(borne::view::ROTATION, degrees.to_string()).exec())
}

/// A limit that is lower already stays.
fn bound_memory() {
    let now = getrlimit(Resource::Data);
    let current = Some(now.current.map_or(MEMORY, |it| it.min(MEMORY)));
    let bounded = Rlimit { current, ..now };
    if let Err(error) = setrlimit(Resource::Data, bounded) {
        tracing::warn!(%error, "memory is not bounded");
    }
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
