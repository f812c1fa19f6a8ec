//! RAUC and the service manager.

use std::path::Path;
use std::process::{Command, Stdio};

/// Longest reason kept, characters: RAUC's last line, not its whole report.
const REASON: usize = 300;

/// Who writes a system to a slot, and starts the machine again.
pub trait Installer {
    /// Writes a bundle to the slot that does not run, which runs from the next start on.
    ///
    /// # Errors
    /// Why not, in the installer's words.
    fn install(&self, bundle: &Path) -> Result<(), String>;

    /// Asks for a start of the machine.
    ///
    /// # Errors
    /// Why not, in the service manager's words.
    fn restart(&self) -> Result<(), String>;
}

/// RAUC, which checks the signature of a bundle, its product and its version by itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rauc;

impl Installer for Rauc {
    fn install(&self, bundle: &Path) -> Result<(), String> {
        run(Command::new("rauc").arg("install").arg(bundle))
    }

    fn restart(&self) -> Result<(), String> {
        run(Command::new("systemctl").args(["reboot", "--no-block"]))
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let ended = command.stdin(Stdio::null()).output();
    let ended = ended.map_err(|error| format!("{program}: {error}"))?;
    if ended.status.success() {
        return Ok(());
    }
    let said = [ended.stdout, ended.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let mut lines = said.lines().map(str::trim).rev();
    let reason = lines.find(|line| !line.is_empty()).unwrap_or_default();
    let reason = reason.chars().filter(|sign| !sign.is_control());
    let reason: String = reason.take(REASON).collect();
    Err(format!("{program}: {}: {reason}", ended.status))
}
