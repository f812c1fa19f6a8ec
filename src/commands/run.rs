//! `borne run`: screen and synchronisation as two processes, for a desk.

use std::path::Path;
use std::process::{Child, Command, ExitCode};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use borne::sync::policy;
use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGCHLD, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// Time a child has to end in order before it is ended.
const GRACE: Duration = Duration::from_secs(10);

/// Longest pause before a synchronisation that keeps dying is started again: a desk is watched.
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
    let mut play = start("play", config)?;
    let mut sync = Sync {
        child: Some(start("sync", config)?),
        deaths: 0,
    };
    let status = loop {
        if let Some(status) = play.try_wait()? {
            break status;
        }
        let pause = sync.restart_due();
        match signals.recv_timeout(pause.unwrap_or(Duration::MAX)) {
            Ok(SIGCHLD) => sync.bury()?,
            Ok(_) => terminate(&play),
            Err(RecvTimeoutError::Timeout) => sync.child = Some(start("sync", config)?),
            Err(RecvTimeoutError::Disconnected) => terminate(&play),
        }
    };
    if let Some(child) = sync.child {
        end(child, &signals)?;
    }
    let code = status.code().and_then(|code| u8::try_from(code).ok());
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

/// The process of synchronisation, which may die and come back.
struct Sync {
    child: Option<Child>,
    deaths: u32,
}

impl Sync {
    fn bury(&mut self) -> std::io::Result<()> {
        let Some(child) = self.child.as_mut() else {
            return Ok(());
        };
        if let Some(status) = child.try_wait()? {
            tracing::warn!(%status, "synchronisation has ended, it will be started again");
            self.child = None;
            self.deaths += 1;
        }
        Ok(())
    }

    /// How long until it must be started again; `None` while it runs.
    fn restart_due(&self) -> Option<Duration> {
        let pause = || policy::back_off(self.deaths, super::random()).min(RESTART_MOST);
        self.child.is_none().then(pause)
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
