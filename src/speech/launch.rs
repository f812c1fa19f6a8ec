//! Starting the speech service as libspeechd does (`spawn_server`).

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use super::SpeechError;

/// How the service is started.
#[derive(Clone, Debug)]
pub(super) struct Launcher {
    /// Its program.
    pub(super) program: PathBuf,
    /// Arguments beside those that say where to listen.
    pub(super) arguments: Vec<String>,
}

impl Launcher {
    /// `speech-dispatcher`, or what `$SPEECHD_CMD` names.
    pub(super) fn of_the_system() -> Self {
        let named = std::env::var_os("SPEECHD_CMD").filter(|name| !name.is_empty());
        Self {
            program: named.unwrap_or_else(|| "speech-dispatcher".into()).into(),
            arguments: Vec::new(),
        }
    }

    /// Starts the service, which goes its own way: it detaches itself once it listens, and ends when
    /// nobody has been connected for some seconds. `--spawn` respects an administrator's
    /// `DisableAutoSpawn`.
    pub(super) async fn launch(&self, socket: &Path, limit: Duration) -> Result<(), SpeechError> {
        let program = || self.program.clone();
        let mut child = Command::new(&self.program)
            .args(["--spawn", "--communication-method", "unix_socket"])
            .arg("--socket-path")
            .arg(socket)
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| SpeechError::Launch {
                program: program(),
                source,
            })?;
        match tokio::time::timeout(limit, child.wait()).await {
            Err(_) => Err(SpeechError::Mute(limit)),
            Ok(Err(source)) => Err(SpeechError::Launch {
                program: program(),
                source,
            }),
            Ok(Ok(status)) if status.success() => Ok(()),
            Ok(Ok(status)) => Err(SpeechError::Refused {
                program: program(),
                status,
            }),
        }
    }
}
