//! Whether a process runs.

use rustix::io::Errno;
use rustix::process::{Pid, test_kill_process};

/// Whether a process runs; a signal that may not be sent shows that it does.
#[must_use]
pub fn runs(pid: u32) -> bool {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    pid.is_some_and(|pid| {
        let test = test_kill_process(pid);
        test.is_ok() || test == Err(Errno::PERM)
    })
}
