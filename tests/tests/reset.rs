//! A borne that begins as new: the script that does it at the start, on a folder that stands for the
//! data disk.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

const SCRIPT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../deploy/image/rootfs/usr/lib/borne/reset"
);

/// What lies on a disk that has been in use.
const USED: [&str; 9] = [
    "borne/store/ab/abcd.webm",
    "borne/events.db",
    "borne/firmware/1.1.0.raucb",
    "etc/borne/site.toml",
    "etc/borne/tactile.toml",
    "etc/iwd/=c3a9.psk",
    "etc/systemd/network/70-borne.network",
    "crash/last.log",
    ".hidden",
];

/// What a fresh start leaves.
const KEPT: [&str; 2] = ["rauc/central.raucs", "lost+found/#12"];

/// A data disk, and a command that removes until the power is cut.
struct Disk {
    folder: TempDir,
}

impl Disk {
    fn used(mark: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let disk = Self { folder };
        for path in USED.iter().chain(&KEPT) {
            let path = disk.data().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        fs::write(disk.mark(), mark).unwrap();
        disk
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn mark(&self) -> PathBuf {
        self.data().join(".reset")
    }

    /// Starts the machine; whether the script came to its end.
    fn start(&self) -> bool {
        let mut script = Command::new(SCRIPT);
        script.arg(self.data()).status().unwrap().success()
    }

    /// Starts the machine and cuts the power after so many removals.
    fn start_and_cut(&self, after: usize) -> bool {
        let programs = self.folder.path().join("programs");
        let left = self.folder.path().join("left");
        fs::create_dir_all(&programs).unwrap();
        fs::write(&left, after.to_string()).unwrap();
        let left = left.display();
        let cut = format!(
            "#!/bin/sh\nfor path; do\n  case $path in -*) continue ;; esac\n  left=$(cat {left})\n  \
             if [ \"$left\" -eq 0 ]; then kill -9 $PPID; exit 1; fi\n  echo $((left - 1)) >{left}\n  \
             /bin/rm -rf \"$path\"\ndone\n"
        );
        let rm = programs.join("rm");
        fs::write(&rm, cut).unwrap();
        fs::set_permissions(&rm, fs::Permissions::from_mode(0o755)).unwrap();
        let mut script = Command::new(SCRIPT);
        let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
        script.arg(self.data()).env("PATH", path);
        script.status().unwrap().success()
    }

    fn files(&self) -> BTreeSet<String> {
        let mut files = BTreeSet::new();
        collect(&self.data(), &self.data(), &mut files);
        files
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let path = path.strip_prefix(root).unwrap();
            files.insert(path.to_str().unwrap().to_owned());
        }
    }
}

fn kept() -> BTreeSet<String> {
    KEPT.map(str::to_owned).into()
}

#[test]
fn a_fresh_start_keeps_only_what_says_which_system_is_good() {
    let disk = Disk::used("1\n");
    assert!(disk.start());
    assert_eq!(disk.files(), kept());
    assert!(disk.start());
    assert_eq!(disk.files(), kept());
}

#[test]
fn without_a_mark_nothing_is_erased() {
    let disk = Disk::used("");
    let before = disk.files();
    assert!(disk.start());
    assert_eq!(disk.files(), before);
    fs::remove_file(disk.mark()).unwrap();
    assert!(disk.start());
    assert_eq!(disk.files().len(), before.len() - 1);
}

#[test]
fn a_fresh_start_that_the_power_cuts_is_finished_by_the_next_one() {
    let mut cuts = 0;
    loop {
        let disk = Disk::used("1\n");
        let finished = disk.start_and_cut(cuts);
        let files = disk.files();
        assert!(kept().is_subset(&files), "after {cuts}: {files:?}");
        if finished {
            assert_eq!(files, kept());
            break;
        }
        assert!(files.contains(".reset"), "after {cuts}: {files:?}");
        assert!(disk.start());
        assert_eq!(disk.files(), kept(), "after {cuts}");
        cuts += 1;
    }
    // Each of the folders, the hidden file, the mark.
    assert_eq!(cuts, 5);
}
