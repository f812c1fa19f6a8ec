//! Videos that were open when the process of the screen died, in `run/suspects.json`.
//!
//! A decoder can take the whole process with it. A file that was open at two deaths is put in
//! quarantine: it counts as missing until the catalogue names other content. A death is told from a
//! power cut by the boot it happened in, and a file that plays to its end is above suspicion.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::store::files;

const FILE: &str = "run/suspects.json";

/// Deaths after which a file is not opened any more: `trust-and-sync`, row 18. One may be chance.
const DEATHS: u32 = 2;

/// Keeps watch over what is open.
#[derive(Debug)]
pub struct Suspects {
    path: PathBuf,
    process: Process,
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

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    /// What is open, and in which process.
    open: Option<(String, Process)>,
    /// How often a process died with a file open, by the file's SHA-256.
    deaths: BTreeMap<String, u32>,
}

impl Record {
    /// The file with which the process before died.
    fn count(&mut self, now: &Process) -> Option<String> {
        let open = self.open.take().filter(|(_, then)| {
            !now.boot.is_empty() && then.boot == now.boot && then.pid != now.pid
        });
        let (file, _) = open?;
        *self.deaths.entry(file.clone()).or_default() += 1;
        Some(file)
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
        let path = data.join(FILE);
        let mut record: Record = files::read_json(&path).unwrap_or_default();
        let blamed = record.count(&process);
        let suspects = Self {
            path,
            process,
            record,
            blamed,
        };
        if suspects.blamed.is_some() {
            suspects.write();
        }
        suspects
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
        let noted = self.record.open.as_ref().map(|(file, _)| file.as_str());
        // Said at each beat, and hardly ever anything new.
        if name.as_deref() != noted {
            let name = name.map(std::borrow::Cow::into_owned);
            self.record.open = name.map(|name| (name, self.process.clone()));
            self.write();
        }
    }

    /// A file has played to its end.
    pub fn played_out(&mut self, file: &Path) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if self.record.deaths.remove(&*name).is_some() {
            self.write();
        }
    }

    /// A disk that refuses is no reason to stop.
    fn write(&self) {
        if let Err(error) = files::write_json_volatile(&self.path, &self.record) {
            tracing::warn!(%error, "what is open not noted");
        }
    }
}

/// SHA-256 of the files in quarantine; none when nothing can be read.
#[must_use]
pub fn quarantined(data: &Path) -> HashSet<String> {
    let record: Record = files::read_json(&data.join(FILE)).unwrap_or_default();
    record.quarantined()
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
        std::fs::create_dir(data.path().join("run")).unwrap();
        std::fs::write(data.path().join(FILE), "{").unwrap();
        dies(data.path(), 1, "x");
        assert!(!barred(data.path()));
    }
}
