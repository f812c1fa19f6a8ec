//! Calls to the system: counted, killed at, or made to fail.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::programs;

/// Calls that change what is on a disk.
const CHANGING: &str = "write,pwrite64,fsync,fdatasync,ftruncate,rename,renameat,renameat2,\
                        unlink,unlinkat,mkdir,mkdirat,symlink,symlinkat";

/// A call of a program: the so many-th of its name, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// `write`, `fsync`, …
    pub name: String,
    /// Counts all calls of this name.
    pub nth: usize,
}

/// Makes a program the child of strace, with these options.
fn over(command: &Command, options: &[&str]) -> Command {
    let strace = programs::tool("strace", "strace").unwrap();
    let mut traced = Command::new(strace);
    traced.args(["-f", "-qq", "-e", "signal=none"]);
    traced.args(options).arg("--").arg(command.get_program());
    traced.args(command.get_args());
    for (name, value) in command.get_envs() {
        traced.env(name, value.unwrap_or_default());
    }
    traced
}

/// Makes a program die at a call, before it has any effect. Without `--seccomp-bpf`, with which
/// strace 6.1 injects no signal.
#[must_use]
pub fn killed_at(command: &Command, call: &Call) -> Command {
    let inject = format!("inject={}:signal=KILL:when={}", call.name, call.nth);
    let trace = format!("trace={}", call.name);
    over(command, &["-o", "/dev/null", "-e", &trace, "-e", &inject])
}

/// Makes calls of these names fail with an error: the so many-th, or with a `+` all from there.
#[must_use]
pub fn failing(command: &Command, names: &str, error: &str, when: &str) -> Command {
    let inject = format!("inject={names}:error={error}:when={when}");
    let trace = format!("trace={names}");
    over(command, &["-o", "/dev/null", "-e", &trace, "-e", &inject])
}

/// Runs a program to its end and gives its calls, in order, that change something below `folder`.
#[must_use]
pub fn changes(command: &Command, folder: &Path, log: &Path) -> Vec<Call> {
    let log_name = log.to_str().unwrap();
    let trace = format!("trace={CHANGING}");
    let mut traced = over(
        command,
        &[
            "--seccomp-bpf",
            "-y",
            "-s",
            "0",
            "-o",
            log_name,
            "-e",
            &trace,
        ],
    );
    let ended = crate::process::run(&mut traced).unwrap();
    let lines = fs::read_to_string(log).unwrap_or_default();
    assert!(
        !lines.is_empty(),
        "strace: {:?}",
        crate::process::texts(&ended)
    );
    below(&lines, folder.to_str().unwrap())
}

fn below(lines: &str, folder: &str) -> Vec<Call> {
    let main = lines.split(' ').next().unwrap_or_default();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut calls = Vec::new();
    for line in lines.lines() {
        let Some(call) = line.strip_prefix(main).map(str::trim_start) else {
            continue;
        };
        let Some((name, detail)) = call.split_once('(') else {
            continue;
        };
        let nth = counts.entry(name).or_default();
        *nth += 1;
        if detail.contains(folder) {
            calls.push(Call {
                name: name.to_owned(),
                nth: *nth,
            });
        }
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_counted_by_name_and_those_elsewhere_are_left_out() {
        let lines = "7 write(2</dev/null>, \"\"..., 3) = 3\n\
                     7 write(5</d/x>, \"\"..., 3) = 3\n\
                     8 write(5</d/x>, \"\"..., 3) = 3\n\
                     7 rename(\"/d/a\", \"/d/b\") = 0\n";
        let call = |name: &str, nth| Call {
            name: name.to_owned(),
            nth,
        };
        assert_eq!(below(lines, "/d/"), [call("write", 2), call("rename", 1)]);
    }
}
