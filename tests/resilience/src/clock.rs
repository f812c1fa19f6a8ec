//! Time as another process believes it, by libfaketime.

use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::Timestamp;

use crate::programs;

/// A clock that goes on from a moment.
#[must_use]
pub fn at(moment: &str) -> Vec<String> {
    let moment: Timestamp = moment.parse().unwrap();
    wrapper(&moment.strftime("@%Y-%m-%d %H:%M:%S").to_string())
}

/// A clock that is right and runs so many times faster, timers included: what takes a borne half a
/// minute is over in a second.
#[must_use]
pub fn faster(times: u32) -> Vec<String> {
    wrapper(&format!("+0 x{times}"))
}

fn wrapper(advanced: &str) -> Vec<String> {
    let faketime = programs::tool("faketime", "faketime").unwrap();
    // UTC: libfaketime reads moments in the local zone.
    let env = ["/usr/bin/env", "TZ=UTC", "NO_FAKE_STAT=1"];
    let mut words: Vec<String> = env.iter().map(|word| (*word).to_owned()).collect();
    words.extend([faketime.display().to_string(), "-f".into(), advanced.into()]);
    words
}

/// A clock whose offset stands in a file and may change while the process runs.
#[derive(Clone, Debug)]
pub struct Steered(PathBuf);

impl Steered {
    /// A right clock for now; `file` is made.
    #[must_use]
    pub fn new(file: &Path) -> Self {
        let clock = Self(file.to_owned());
        clock.offset("+0");
        clock
    }

    /// Sets it so many seconds off: `-1`, `+3600`.
    pub fn offset(&self, seconds: &str) {
        // Renamed: a reader sees the old offset or the new one.
        let new = self.0.with_extension("new");
        std::fs::write(&new, format!("{seconds}\n")).unwrap();
        std::fs::rename(new, &self.0).unwrap();
    }

    /// Makes a command believe it.
    pub fn rule(&self, command: &mut Command) {
        command
            .env("LD_PRELOAD", library())
            .env("FAKETIME_TIMESTAMP_FILE", &self.0)
            .env("FAKETIME_NO_CACHE", "1")
            .env("NO_FAKE_STAT", "1");
    }
}

fn library() -> PathBuf {
    let folders = std::fs::read_dir("/usr/lib").unwrap();
    let mut found = folders.filter_map(|folder| {
        let library = folder.ok()?.path().join("faketime/libfaketime.so.1");
        library.is_file().then_some(library)
    });
    found
        .next()
        .expect("libfaketime manque : « apt-get install faketime » d'abord")
}
