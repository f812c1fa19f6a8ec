//! Before the first catalogue: what the borne is waiting for.

use slint::ComponentHandle;

use crate::status::sync::SyncStatus;

use super::markup::{App, DemarrageAdapter, Wait};

/// The repository cannot be reached; what is cached still plays.
pub fn is_offline(sync: &SyncStatus) -> bool {
    code(sync).is_some_and(|code| matches!(code, "offline" | "portal"))
}

pub fn show(ui: &App, sync: Option<&SyncStatus>) {
    let adapter = ui.global::<DemarrageAdapter>();
    adapter.set_wait(sync.map_or(Wait::Syncing, wait));
    adapter.set_progress(sync.map_or(-1.0, progress));
}

fn wait(sync: &SyncStatus) -> Wait {
    match code(sync) {
        None => Wait::Syncing,
        Some("refused") => Wait::Refused,
        Some("disk_full") => Wait::Full,
        Some(_) => Wait::Offline,
    }
}

fn code(sync: &SyncStatus) -> Option<&str> {
    sync.last_error
        .as_ref()
        .map(|failure| failure.code.as_str())
}

#[allow(clippy::cast_precision_loss, reason = "a part of a bar")]
fn progress(sync: &SyncStatus) -> f32 {
    let progress = sync.progress;
    if progress.bytes_total == 0 {
        return -1.0;
    }
    progress.bytes_done as f32 / progress.bytes_total as f32
}
