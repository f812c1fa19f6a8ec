//! Children that never outlive their owner.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use crate::wait;

/// How long a child may take to end when asked; then it is killed.
const GRACE: Duration = Duration::from_secs(30);

/// A child process, ended on drop.
#[derive(Debug)]
pub struct Running {
    child: Child,
    name: String,
    log: Option<PathBuf>,
}

impl Running {
    /// Starts `command`; all it writes goes to `NAME.log` in `logs`.
    ///
    /// # Errors
    /// The log cannot be made or the program cannot be started.
    pub fn start(name: &str, mut command: Command, logs: &Path) -> Result<Self> {
        let log = logs.join(format!("{name}.log"));
        let out = File::options()
            .create(true)
            .append(true)
            .open(&log)
            .with_context(|| format!("journal {}", log.display()))?;
        command.stdout(out.try_clone()?).stderr(out);
        let mut running = Self::start_as_is(name, command)?;
        running.log = Some(log);
        Ok(running)
    }

    /// Starts `command` with its output where the caller set it.
    ///
    /// # Errors
    /// The program cannot be started.
    pub fn start_as_is(name: &str, mut command: Command) -> Result<Self> {
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("démarrage de {name} ({command:?})"))?;
        Ok(Self {
            child,
            name: name.to_owned(),
            log: None,
        })
    }

    /// The child's identifier.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What the caller has piped.
    pub fn stdout(&mut self) -> Option<std::process::ChildStdout> {
        self.child.stdout.take()
    }

    /// What it has written so far.
    #[must_use]
    pub fn log(&self) -> String {
        self.log
            .as_ref()
            .and_then(|log| fs::read_to_string(log).ok())
            .unwrap_or_default()
    }

    /// Fails when the child has ended by itself.
    ///
    /// # Errors
    /// It has ended: with its status and what it wrote.
    pub fn must_be_alive(&mut self) -> Result<()> {
        if let Some(status) = self.child.try_wait()? {
            bail!("{} s'est arrêté ({status})\n{}", self.name, self.log());
        }
        Ok(())
    }

    /// Asks it to end, and waits for it.
    ///
    /// # Errors
    /// It does not end within a few seconds (it is killed then), or cannot be waited for.
    pub fn stop(&mut self) -> Result<ExitStatus> {
        self.end(Signal::TERM)
    }

    /// Ends it at once, as a power cut does.
    ///
    /// # Errors
    /// It cannot be waited for.
    pub fn kill(&mut self) -> Result<ExitStatus> {
        self.end(Signal::KILL)
    }

    fn end(&mut self, signal: Signal) -> Result<ExitStatus> {
        if let Some(status) = self.child.try_wait()? {
            return Ok(status);
        }
        kill_process(pid(self.child.id())?, signal)?;
        let what = format!("arrêt de {}", self.name);
        let child = &mut self.child;
        let ended = wait::until(&what, GRACE, || Ok(child.try_wait()?));
        if ended.is_err() {
            self.child.kill()?;
            self.child.wait()?;
        }
        ended
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("{error:#}");
        }
    }
}

/// Asks a process that this one did not start to end, and waits until it is gone.
///
/// # Errors
/// There is no such process, or it stays.
pub fn stop_pid(process: u32) -> Result<()> {
    let pid = pid(process)?;
    kill_process(pid, Signal::TERM).with_context(|| format!("processus {process}"))?;
    wait::until(&format!("arrêt du processus {process}"), GRACE, || {
        Ok(gone(pid, process).then_some(()))
    })
}

fn gone(pid: Pid, process: u32) -> bool {
    // A child that its parent has not waited for yet is gone, too.
    let zombie = fs::read_to_string(format!("/proc/{process}/stat")).is_ok_and(|stat| {
        stat.rsplit(')')
            .next()
            .is_some_and(|rest| rest.trim_start().starts_with('Z'))
    });
    zombie || test_kill_process(pid).is_err()
}

fn pid(process: u32) -> Result<Pid> {
    i32::try_from(process)
        .ok()
        .and_then(Pid::from_raw)
        .with_context(|| format!("{process} n'est pas un numéro de processus"))
}

/// Runs a command to its end.
///
/// # Errors
/// It cannot be started.
pub fn run(command: &mut Command) -> Result<Output> {
    command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("démarrage de {command:?}"))
}

/// Runs a command that must succeed, and gives what it printed.
///
/// # Errors
/// It cannot be started or fails: with all it wrote.
pub fn succeed(command: &mut Command) -> Result<String> {
    let output = run(command)?;
    let (out, err) = texts(&output);
    if !output.status.success() {
        bail!("{command:?} : {}\n{out}{err}", output.status);
    }
    Ok(out)
}

/// Standard output and standard error as text.
#[must_use]
pub fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_ends_with_its_owner() {
        let mut sleep = Command::new("sleep");
        sleep.arg("1000");
        let running = Running::start_as_is("sleep", sleep).unwrap();
        let process = running.pid();
        drop(running);
        assert!(gone(pid(process).unwrap(), process));
    }

    #[test]
    fn a_failing_command_shows_what_it_wrote() {
        let mut shell = Command::new("sh");
        shell.args(["-c", "echo raison >&2; exit 3"]);
        let error = succeed(&mut shell).unwrap_err().to_string();
        assert!(error.contains("raison"), "{error}");
    }
}
