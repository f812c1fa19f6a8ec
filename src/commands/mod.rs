//! One file for each subcommand: they print, in French, and choose the exit code.

pub mod catalogue;
pub mod doctor;
mod doctor_speech;
pub mod host;
pub mod import;
pub mod pin;
pub mod play;
pub mod run;
pub mod status;
pub mod store;
pub mod sync;
pub mod tuf;
pub mod update;

use std::process::ExitCode;
use std::sync::Arc;

use borne::clock::{Clock, System};
use borne::pin::SALT_BYTES;
use borne::settings::Settings;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Exit code: settings or command line cannot be used.
pub const BAD_SETTINGS: u8 = 2;

/// Exit code: up to date, but something is missing.
pub const INCOMPLETE: u8 = 3;

/// The machine's clock, believed as far as the settings say.
pub fn clock(settings: &Settings) -> Arc<dyn Clock> {
    Arc::new(System::new(settings.clock.synced))
}

/// A number from 0 to 1; the middle when the system has none to give.
pub fn random() -> f64 {
    getrandom::u32().map_or(0.5, |number| f64::from(number) / f64::from(u32::MAX))
}

/// A salt for a code.
///
/// # Errors
/// The system has no random bytes to give.
pub fn salt() -> Result<[u8; SALT_BYTES], getrandom::Error> {
    let mut salt = [0; SALT_BYTES];
    getrandom::fill(&mut salt)?;
    Ok(salt)
}

/// A moment as people here read it.
pub fn moment(at: Timestamp) -> String {
    let zone = TimeZone::get("Europe/Brussels").unwrap_or(TimeZone::UTC);
    at.to_zoned(zone).strftime("%d/%m/%Y %H:%M").to_string()
}

/// Prints JSON for a machine.
pub fn print_json(value: &impl serde::Serialize) -> ExitCode {
    match serde_json::to_string_pretty(value) {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("Le résultat ne peut pas être écrit : {error}.");
            ExitCode::FAILURE
        }
    }
}
