//! Small disks of a test's own, and power cuts.
//!
//! They are mounted in a mount namespace that ends with the process: one that is killed leaves
//! neither a mount nor a loop device behind.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use rustix::ioctl::{Setter, ioctl, opcode};
use rustix::thread::{UnshareFlags, unshare_unsafe};
use tempfile::TempDir;

use crate::{process, wait};

/// `EXT4_IOC_SHUTDOWN` of `fs/ext4/ext4.h`: the disk is gone.
const SHUTDOWN: rustix::ioctl::Opcode = opcode::read::<u32>(b'X', 125);

/// `EXT4_GOING_FLAGS_NOLOGFLUSH`: what is not on the disk yet is lost, as when the power goes.
const NO_LOG_FLUSH: u32 = 2;

/// How long a disk may be busy after the last program on it has ended.
const FREED: Duration = Duration::from_secs(10);

/// A mounted disk; unmounted when dropped.
pub struct Disk {
    folder: TempDir,
    /// The file that is the disk; a disk in memory has none.
    image: Option<PathBuf>,
}

impl Disk {
    /// A disk in memory of so many kB.
    #[must_use]
    pub fn memory(kb: u64) -> Self {
        let disk = Self::unmounted(None);
        let options = format!("size={kb}k");
        mount(&["-t", "tmpfs", "-o", &options, "tmpfs"], &disk.path());
        disk
    }

    /// A disk with ext4 of so many MB.
    #[must_use]
    pub fn ext4(mb: u64) -> Self {
        let mut disk = Self::unmounted(None);
        let image = disk.folder.path().join("image");
        let file = File::create(&image).unwrap();
        file.set_len(mb * 1_000_000).unwrap();
        disk.image = Some(image);
        disk.format();
        disk
    }

    fn unmounted(image: Option<PathBuf>) -> Self {
        own_namespace();
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("disk")).unwrap();
        Self { folder, image }
    }

    /// Where it is mounted.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("disk")
    }

    /// Makes it empty.
    pub fn renew(&self) {
        unmount(&self.path());
        self.format();
    }

    /// Cuts the power and gives it back: what the disk had not been made to keep is lost.
    #[allow(unsafe_code, reason = "no safe wrapper of this ioctl exists")]
    pub fn cut_power(&self) {
        let folder = File::open(self.path()).unwrap();
        // SAFETY: the opcode is ext4's, which reads one u32 through the pointer.
        unsafe {
            let shutdown = Setter::<SHUTDOWN, u32>::new(NO_LOG_FLUSH);
            ioctl(&folder, shutdown).unwrap();
        }
        drop(folder);
        unmount(&self.path());
        self.mount();
    }

    /// Makes it keep all that was written so far.
    pub fn sync(&self) {
        let folder = File::open(self.path()).unwrap();
        rustix::fs::syncfs(&folder).unwrap();
    }

    /// Lets nothing be written any more, or again.
    pub fn set_read_only(&self, read_only: bool) {
        let mode = if read_only {
            "remount,ro"
        } else {
            "remount,rw"
        };
        mount(&["-o", mode], &self.path());
    }

    /// Fills it to the last byte.
    pub fn fill(&self) {
        let mut file = File::create(self.ballast()).unwrap();
        for size in [65_536, 4_096, 1] {
            while file.write_all(&vec![7; size]).is_ok() {}
        }
    }

    /// Takes away what filled it.
    pub fn empty(&self) {
        fs::remove_file(self.ballast()).unwrap();
    }

    fn ballast(&self) -> PathBuf {
        self.path().join("ballast")
    }

    fn format(&self) {
        let mut mkfs = Command::new("mkfs.ext4");
        mkfs.args(["-q", "-F", "-E", "nodiscard", "-m", "0"]);
        let made = process::succeed(mkfs.arg(self.image.as_ref().unwrap()));
        made.expect("mkfs.ext4 (apt-get install e2fsprogs)");
        self.mount();
    }

    fn mount(&self) {
        let image = self.image.as_ref().unwrap().to_str().unwrap();
        // Without ext4's own care for programs that rename before they sync: other systems have none.
        let options = "loop,noauto_da_alloc";
        mount(&["-t", "ext4", "-o", options, image], &self.path());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = process::run(Command::new("umount").arg("-l").arg(self.path()));
    }
}

/// What this thread mounts from now on, nobody else sees, and nothing of it stays.
#[allow(unsafe_code, reason = "no safe wrapper that is not deprecated exists")]
fn own_namespace() {
    // SAFETY: only `FILES` can take descriptors away from other threads.
    let unshared = unsafe { unshare_unsafe(UnshareFlags::NEWNS) };
    unshared.expect("a disk of its own needs root: run the tests as root");
    let mut private = Command::new("mount");
    process::succeed(private.args(["--make-rprivate", "/"])).unwrap();
}

fn mount(arguments: &[&str], on: &Path) {
    process::succeed(Command::new("mount").args(arguments).arg(on)).unwrap();
}

/// Waits while a child that another thread is just starting still holds what is open here.
fn unmount(path: &Path) {
    let freed = wait::until("umount", FREED, || {
        let ended = process::run(Command::new("umount").arg(path))?;
        Ok(ended.status.success().then_some(()))
    });
    freed.unwrap();
}
