//! The crash rig: a program dies, or the power goes, at every so many-th of its calls.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::process;
use crate::strace::{self, Call};

/// What a rig has tried and found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Calls at which the program could have died.
    pub calls: usize,
    /// Those at which it did.
    pub points: usize,
    /// Complete objects that were wrong, or videos shown without their files.
    pub wrong: usize,
    /// Events acknowledged and lost.
    pub lost: usize,
}

impl Tally {
    /// Prints the count, and fails unless points were tried and nothing was wrong or lost.
    #[track_caller]
    pub fn must_be_clean(&self, rig: &str) {
        let Self {
            calls,
            points,
            wrong,
            lost,
        } = self;
        println!("{rig}: {points} of {calls} points, {wrong} wrong objects, {lost} lost events");
        assert!(*points > 0, "{rig}: no point was reached");
        assert_eq!((*wrong, *lost), (0, 0), "{rig}");
    }
}

/// Finds the calls by which `command` changes `folder`, from a state that `prepare` makes, and lets
/// it die at `most` of them ([`every_few`]); `check` looks at what is left after each death.
pub fn at_every_point(
    command: &Command,
    folder: &Path,
    most: usize,
    mut prepare: impl FnMut(),
    mut check: impl FnMut(&Death, &mut Tally),
) -> Tally {
    prepare();
    let log = tempfile::NamedTempFile::new().unwrap();
    let calls = strace::changes(command, folder, log.path());
    let mut tally = Tally {
        calls: calls.len(),
        ..Tally::default()
    };
    for call in every_few(&calls, most) {
        prepare();
        let ended = process::run(&mut strace::killed_at(command, call)).unwrap();
        let (said, _) = process::texts(&ended);
        // The last calls of one run may be missing in another: then it has simply ended.
        let died = !ended.status.success();
        tally.points += usize::from(died);
        let call = call.clone();
        check(&Death { call, said, died }, &mut tally);
    }
    tally
}

/// A program's death.
#[derive(Clone, Debug)]
pub struct Death {
    /// At which call.
    pub call: Call,
    /// What it had written to standard output.
    pub said: String,
    /// It died; else it had ended before.
    pub died: bool,
}

/// At most so many of all calls, spread over the whole. The environment's `RESILIENCE_POINTS` sets
/// another number; 0 takes them all.
pub fn every_few<T>(calls: &[T], most: usize) -> impl Iterator<Item = &T> {
    calls.iter().step_by(step(calls.len(), most))
}

fn step(calls: usize, most: usize) -> usize {
    let setting = std::env::var("RESILIENCE_POINTS").ok();
    match setting.map_or(most, |it| it.parse().expect("RESILIENCE_POINTS: a number")) {
        0 => 1,
        points => calls.div_ceil(points).max(1),
    }
}

/// Puts a folder back as it was: `from` is copied to `to`, which is removed first.
pub fn restore(from: &Path, to: &Path) {
    if to.exists() {
        fs::remove_dir_all(to).unwrap();
    }
    if from.exists() {
        let mut copy = Command::new("cp");
        process::succeed(copy.arg("-a").arg(from).arg(to)).unwrap();
    }
}
