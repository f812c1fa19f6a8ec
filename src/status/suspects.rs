//! Videos that were open when the process of the screen died: `play/suspects.json`.
//!
//! A decoder can take the whole process with it. A file that was open at two deaths is put in
//! quarantine: it counts as missing until the catalogue names other content. A death is told from a
//! power cut by the boot it happened in, and a file that plays to its end is above suspicion.
//!
//! What is open changes with each video and counts within one boot: `run/open.json`. Deaths are rare, and
//! several may end in a start of the machine: they are on the disk before the next video is.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::store::files;

const FILE: &str = "play/suspects.json";
const OPEN: &str = "run/open.json";

/// Deaths after which a file is not opened any more: `trust-and-sync`, row 18. One may be chance.
const DEATHS: u32 = 2;

/// Keeps watch over what is open.
#[derive(Debug)]
pub struct Suspects {
    data: PathBuf,
    process: Process,
    // SHA-256 of the file.
    open: Option<String>,
    record: Record,
    // What the process before died with.
    blamed: Option<String>,
}

/// A process: its number may come again after the machine was started again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    /// Number of the process.
    pub pid: u32,
    /// Identifier of the boot; empty when the system does not say.
    pub boot: String,
}

/// What is open, and in which process.
#[derive(Debug, Serialize, Deserialize)]
struct Open {
    /// SHA-256 of the file.
    file: String,
    process: Process,
}

impl Open {
    /// Whether its process has died, to the one that runs now.
    fn outlived(&self, now: &Process) -> bool {
        let then = &self.process;
        !now.boot.is_empty() && then.boot == now.boot && then.pid != now.pid
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    /// How often a process died with a file open, by the file's SHA-256.
    deaths: BTreeMap<String, u32>,
}

impl Record {
    fn read(data: &Path) -> Self {
        files::read_json(&data.join(FILE)).unwrap_or_default()
    }

    fn quarantined(&self) -> HashSet<String> {
        let deadly = self.deaths.iter().filter(|(_, deaths)| **deaths >= DEATHS);
        deadly.map(|(file, _)| file.clone()).collect()
    }
}

impl Suspects {
    /// Goes on with what the last process left: what it had open when it died is a suspect.
    #[must_use]
    pub fn start(data: &Path, process: Process) -> Self {
        let left = files::read_json::<Option<Open>>(&data.join(OPEN));
        let left = left.ok().flatten();
        let blamed = left.filter(|left| left.outlived(&process));
        let mut suspects = Self {
            data: data.to_owned(),
            process,
            open: None,
            record: Record::read(data),
            blamed: blamed.map(|blamed| blamed.file),
        };
        suspects.count();
        suspects
    }

    /// Counts the death before this process, once.
    fn count(&mut self) {
        if let Some(file) = self.blamed.clone() {
            self.write_open();
            *self.record.deaths.entry(file).or_default() += 1;
            self.write();
        }
    }

    /// SHA-256 of the file that was open when the process before this one died.
    #[must_use]
    pub fn blamed(&self) -> Option<&str> {
        self.blamed.as_deref()
    }

    /// SHA-256 of the files that are not to be opened.
    #[must_use]
    pub fn quarantined(&self) -> HashSet<String> {
        self.record.quarantined()
    }

    /// A file of the media store is open now, or none.
    pub fn opened(&mut self, file: Option<&Path>) {
        let name = file.and_then(Path::file_name);
        let name = name.map(|name| name.to_string_lossy());
        // Said at each beat, and hardly ever anything new.
        if name.as_deref() != self.open.as_deref() {
            self.open = name.map(std::borrow::Cow::into_owned);
            self.write_open();
        }
    }

    /// A file has played to its end.
    pub fn played_out(&mut self, file: &Path) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if self.record.deaths.remove(&*name).is_some() {
            self.write();
        }
    }

    fn write_open(&self) {
        let open = self.open.clone().map(|file| Open {
            file,
            process: self.process.clone(),
        });
        noted(files::write_json_volatile(&self.data.join(OPEN), &open));
    }

    fn write(&self) {
        noted(files::write_json_durable(
            &self.data.join(FILE),
            &self.record,
        ));
    }
}

/// A disk that refuses is no reason to stop.
fn noted(written: std::io::Result<()>) {
    if let Err(error) = written {
        tracing::warn!(%error, "what is open not noted");
    }
}

/// SHA-256 of the files in quarantine; none when nothing can be read.
#[must_use]
pub fn quarantined(data: &Path) -> HashSet<String> {
    Record::read(data).quarantined()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn process(pid: u32, boot: &str) -> Process {
        Process {
            pid,
            boot: boot.to_owned(),
        }
    }

    /// A process that dies with a file open.
    fn dies(data: &Path, pid: u32, boot: &str) {
        let mut suspects = Suspects::start(data, process(pid, boot));
        suspects.opened(Some(Path::new("/store/ab/abcd")));
    }

    fn barred(data: &Path) -> bool {
        let suspects = Suspects::start(data, process(99, "x"));
        assert_eq!(suspects.quarantined(), quarantined(data));
        suspects.quarantined().contains("abcd")
    }

    #[test]
    fn a_file_open_at_two_deaths_is_in_quarantine_and_at_one_it_is_not() {
        let data = tempfile::tempdir().unwrap();
        dies(data.path(), 1, "x");
        assert!(!barred(data.path()));
        dies(data.path(), 2, "x");
        assert!(barred(data.path()));
    }

    #[test]
    fn a_power_cut_is_no_death() {
        let data = tempfile::tempdir().unwrap();
        for boot in ["a", "b", "c", "d"] {
            dies(data.path(), 1, boot);
        }
        assert!(!barred(data.path()));
    }

    #[test]
    fn a_quarantine_outlives_a_start_of_the_machine_that_empties_its_memory() {
        let data = tempfile::tempdir().unwrap();
        for pid in 1..4 {
            dies(data.path(), pid, "x");
        }
        std::fs::remove_dir_all(data.path().join("run")).unwrap();
        assert!(barred(data.path()));
        let next = Suspects::start(data.path(), process(1, "y"));
        assert!(next.quarantined().contains("abcd"));
    }

    #[test]
    fn one_death_before_a_start_of_the_machine_and_one_after_it_are_two() {
        let data = tempfile::tempdir().unwrap();
        dies(data.path(), 1, "x");
        drop(Suspects::start(data.path(), process(2, "x")));
        std::fs::remove_dir_all(data.path().join("run")).unwrap();
        dies(data.path(), 1, "y");
        drop(Suspects::start(data.path(), process(2, "y")));
        assert!(barred(data.path()));
    }

    #[test]
    fn the_file_of_a_death_is_told_once() {
        let data = tempfile::tempdir().unwrap();
        dies(data.path(), 1, "x");
        let next = Suspects::start(data.path(), process(2, "x"));
        assert_eq!(next.blamed(), Some("abcd"));
        let after = Suspects::start(data.path(), process(3, "x"));
        assert_eq!(after.blamed(), None);
    }

    #[test]
    fn a_process_that_ends_in_order_leaves_no_suspect() {
        let data = tempfile::tempdir().unwrap();
        for pid in 1..5 {
            let mut suspects = Suspects::start(data.path(), process(pid, "x"));
            suspects.opened(Some(Path::new("/store/ab/abcd")));
            suspects.opened(None);
        }
        assert!(!barred(data.path()));
    }

    #[test]
    fn a_file_that_plays_to_its_end_is_above_suspicion() {
        let data = tempfile::tempdir().unwrap();
        dies(data.path(), 1, "x");
        let mut suspects = Suspects::start(data.path(), process(2, "x"));
        suspects.opened(Some(Path::new("/store/ab/abcd")));
        suspects.played_out(Path::new("/store/ab/abcd"));
        suspects.opened(None);
        dies(data.path(), 3, "x");
        assert!(!barred(data.path()));
    }

    #[test]
    fn a_note_that_cannot_be_read_bars_nothing() {
        let data = tempfile::tempdir().unwrap();
        for file in [FILE, OPEN] {
            let path = data.path().join(file);
            std::fs::create_dir(path.parent().unwrap()).unwrap();
            std::fs::write(path, "{").unwrap();
        }
        dies(data.path(), 1, "x");
        assert!(!barred(data.path()));
    }
}
