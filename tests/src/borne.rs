//! The borne as a process, watched through its status file.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::display::Display;
use crate::process::{self, Running};
use crate::wait;

/// How long a state may take to come on a busy machine.
pub const SOON: Duration = Duration::from_secs(30);

/// What `run/player.json` says: the part the tests look at, read independently of the borne.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub struct Status {
    /// Process.
    pub pid: u32,
    /// How the screen is drawn.
    pub renderer: String,
    /// Name of the screen shown.
    pub screen: String,
    /// Key of the video, `partner/id`.
    pub video: Option<String>,
    /// `idle`, `loading`, `playing`, `paused` or `error`.
    pub state: String,
    /// Position in the video, ms.
    pub position_ms: u64,
    /// Length of the video, ms.
    pub duration_ms: u64,
    /// Pictures of the video shown.
    pub frames_shown: u64,
    /// Pictures of the video that came too late.
    pub frames_dropped: u64,
    /// Buffers of sound delivered.
    pub sound_buffers: u64,
    /// Caption on the screen.
    pub caption: Option<String>,
    /// Playback errors since the start.
    pub errors: u64,
    /// The last error, as a short code.
    pub last_error: Option<String>,
}

impl Status {
    /// The video moves on the screen that plays it.
    #[must_use]
    pub fn plays(&self) -> bool {
        self.state == "playing" && self.screen == "lecteur" && self.video.is_some()
    }
}

/// The status in a data folder; `None` while there is none.
#[must_use]
pub fn status(data: &Path) -> Option<Status> {
    let bytes = std::fs::read(data.join("run/player.json")).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Waits until the status is as wished; `what` names it in the error, with the last status seen.
///
/// # Errors
/// It does not come in time.
pub fn await_status(
    data: &Path,
    what: &str,
    timeout: Duration,
    wished: impl Fn(&Status) -> bool,
) -> Result<Status> {
    let mut last = None;
    let found = wait::until(what, timeout, || {
        last = status(data);
        Ok(last.clone().filter(|status| wished(status)))
    });
    found.with_context(|| format!("dernier état : {last:?}"))
}

/// A borne: its program, its settings, its data.
#[derive(Clone, Debug)]
pub struct Borne {
    /// The program.
    pub program: PathBuf,
    /// Its settings, a file or a folder.
    pub config: PathBuf,
    /// Its data folder, as the settings name it.
    pub data: PathBuf,
}

impl Borne {
    /// Starts `borne play` on a screen, and waits for its first status and its first picture: a
    /// touch before that would reach nobody.
    ///
    /// # Errors
    /// It ends by itself or never writes a status.
    pub fn play(&self, display: &Display, logs: &Path) -> Result<Running> {
        let mut command = self.command("play");
        command.env("DISPLAY", display.name());
        let mut running = Running::start("borne-play", command, logs)?;
        let pid = running.pid();
        wait::until("premier état de la borne", SOON, || {
            running.must_be_alive()?;
            Ok(status(&self.data).filter(|status| status.pid == pid))
        })?;
        wait::until("premier dessin de la borne", SOON, || {
            running.must_be_alive()?;
            Ok(display.is_filled()?.then_some(()))
        })?;
        Ok(running)
    }

    /// Starts `borne sync`, which goes on until it is stopped.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn sync(&self, logs: &Path) -> Result<Running> {
        Running::start("borne-sync", self.command("sync"), logs)
    }

    /// Runs `borne sync --once` to its end.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn sync_once(&self) -> Result<Output> {
        process::run(self.command("sync").arg("--once"))
    }

    /// Runs `borne sync --once`, which must succeed.
    ///
    /// # Errors
    /// It fails: with all it wrote.
    pub fn must_sync(&self) -> Result<()> {
        process::succeed(self.command("sync").arg("--once")).map(drop)
    }

    /// Waits until the status is as wished.
    ///
    /// # Errors
    /// It does not come in time.
    pub fn await_status(&self, what: &str, wished: impl Fn(&Status) -> bool) -> Result<Status> {
        await_status(&self.data, what, SOON, wished)
    }

    /// One of its commands.
    #[must_use]
    pub fn command(&self, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(name).arg("--config").arg(&self.config);
        command.env("RUST_LOG", "info");
        command
    }
}

/// A released program: in `BORNE_BIN_DIR`, else in the `release` folder beside the tests.
///
/// # Errors
/// It has not been built.
pub fn program(name: &str) -> Result<PathBuf> {
    let folder = match std::env::var_os("BORNE_BIN_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => target()?.join("release"),
    };
    let program = folder.join(name);
    if !program.is_file() {
        bail!(
            "{} manque : « cargo build --release » d'abord",
            program.display()
        );
    }
    Ok(program)
}

/// The folder of everything built, from `target/PROFILE/deps/TEST`.
///
/// # Errors
/// The program does not know where it is.
pub fn target() -> Result<PathBuf> {
    let this = std::env::current_exe()?;
    let target = this.ancestors().nth(3).context("dossier target")?;
    Ok(target.to_owned())
}
