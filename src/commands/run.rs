//! `borne run`: screen and synchronisation as two processes, for a desk.

use std::path::Path;
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use borne::sync::policy;
use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGCHLD, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// Time a child has to end in order before it is ended.
const GRACE: Duration = Duration::from_secs(10);

/// Longest pause before a child that keeps dying is started again: a desk is watched.
const RESTART_MOST: Duration = Duration::from_secs(60);

pub fn run(config: Option<&Path>) -> ExitCode {
    match supervise(config) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("La borne ne peut pas démarrer : {error}.");
            ExitCode::FAILURE
        }
    }
}

fn supervise(config: Option<&Path>) -> std::io::Result<ExitCode> {
    let signals = forward_signals()?;
    let mut play = Part::start("play", config, |deaths| Duration::from_secs(deaths.into()))?;
    let mut sync = Part::start("sync", config, |deaths| {
        policy::back_off(deaths, super::random())
    })?;
    let mut ending = false;
    let code = loop {
        sync.bury()?;
        // A decoder that took the screen with it is no reason to end; whatever the screen says itself is.
        match play.bury()? {
            Some(status) if ending || status.code().is_some() => break status.code(),
            None if ending && play.child.is_none() => break None,
            _ => {}
        }
        let pause = play.restart_due().into_iter().chain(sync.restart_due());
        match signals.recv_timeout(pause.min().unwrap_or(Duration::MAX)) {
            Ok(SIGCHLD) => {}
            Ok(_) | Err(RecvTimeoutError::Disconnected) => {
                ending = true;
                play.terminate();
            }
            Err(RecvTimeoutError::Timeout) => {
                play.restart(config)?;
                sync.restart(config)?;
            }
        }
    };
    if let Some(child) = sync.child {
        end(child, &signals)?;
    }
    let code = code.and_then(|code| u8::try_from(code).ok());
    // Ended by a signal that was forwarded: as asked.
    Ok(code.map_or(ExitCode::SUCCESS, ExitCode::from))
}

/// Signals as messages: the one loop waits for them and for its own pauses.
fn forward_signals() -> std::io::Result<Receiver<i32>> {
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGCHLD])?;
    let (sender, receiver) = channel();
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            let _ = signals.forever().try_for_each(|signal| sender.send(signal));
        })?;
    Ok(receiver)
}

/// A process that may die and come back.
struct Part {
    command: &'static str,
    child: Option<Child>,
    deaths: u32,
    pause: fn(u32) -> Duration,
}

impl Part {
    fn start(
        command: &'static str,
        config: Option<&Path>,
        pause: fn(u32) -> Duration,
    ) -> std::io::Result<Self> {
        Ok(Self {
            command,
            child: Some(start(command, config)?),
            deaths: 0,
            pause,
        })
    }

    /// How it has ended since it was last asked.
    fn bury(&mut self) -> std::io::Result<Option<ExitStatus>> {
        let Some(child) = self.child.as_mut() else {
            return Ok(None);
        };
        let ended = child.try_wait()?;
        if ended.is_some() {
            self.child = None;
            self.deaths += 1;
        }
        Ok(ended)
    }

    /// How long until it must be started again; `None` while it runs.
    fn restart_due(&self) -> Option<Duration> {
        let pause = || (self.pause)(self.deaths).min(RESTART_MOST);
        self.child.is_none().then(pause)
    }

    fn restart(&mut self, config: Option<&Path>) -> std::io::Result<()> {
        if self.child.is_none() {
            tracing::warn!(command = self.command, "has died and is started again");
            self.child = Some(start(self.command, config)?);
        }
        Ok(())
    }

    fn terminate(&self) {
        if let Some(child) = &self.child {
            terminate(child);
        }
    }
}

fn start(command: &str, config: Option<&Path>) -> std::io::Result<Child> {
    let mut process = Command::new(std::env::current_exe()?);
    process.arg(command);
    if let Some(config) = config {
        process.arg("--config").arg(config);
    }
    process.spawn()
}

fn terminate(child: &Child) {
    if let Err(error) = kill_process(Pid::from_child(child), Signal::TERM) {
        tracing::warn!(%error, "child not told to end");
    }
}

/// Asks a child to end, then insists.
fn end(mut child: Child, signals: &Receiver<i32>) -> std::io::Result<()> {
    terminate(&child);
    while child.try_wait()?.is_none() {
        if signals.recv_timeout(GRACE).is_err() {
            child.kill()?;
            child.wait()?;
        }
    }
    Ok(())
}
