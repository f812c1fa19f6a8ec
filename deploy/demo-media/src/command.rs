use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// How much of what a tool says is repeated when it fails, bytes.
const SAID: usize = 2000;

/// Runs a tool to its end and returns its standard output and what it said.
///
/// # Errors
/// The tool is missing or fails; the message carries the end of what it said.
pub fn run(command: &mut Command) -> Result<(Vec<u8>, String)> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("impossible de lancer « {name} » : est-il installé ?"))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        let start = said.floor_char_boundary(said.len().saturating_sub(SAID));
        bail!(
            "« {name} » a échoué ({}) : {}",
            output.status,
            &said[start..]
        );
    }
    Ok((output.stdout, said))
}

/// `ffmpeg`, quiet and without questions.
pub fn ffmpeg() -> Command {
    let mut command = Command::new("ffmpeg");
    command.args(["-hide_banner", "-nostdin", "-y", "-loglevel", "error"]);
    command
}
