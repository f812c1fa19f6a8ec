//! All that is known of a borne at one moment, from what both processes left on disk.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::process::runs;
use super::{PlayerStatus, SyncStatus, player, suspects, sync};
use crate::clock::{Clock, Reading};
use crate::settings::Settings;
use crate::store::{Generation, Media, Outbox, generation, outbox::Count};
use crate::sync::policy;

/// A borne at one moment.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// Identifier of the borne.
    pub borne: String,
    /// Name of the place.
    pub site: String,
    /// Version of this program.
    pub version: &'static str,
    /// When this was gathered, by the borne's clock.
    pub at: Timestamp,
    /// The clock is synchronised.
    pub clock_synced: bool,
    /// Trouble with the network or the repository as a code; `ok` when the last look ended well,
    /// `unknown` before the first.
    pub network: String,
    /// The process of the screen.
    pub play: Process<PlayerStatus>,
    /// The process of synchronisation.
    pub sync: Process<SyncStatus>,
    /// The catalogue shown.
    pub catalogue: Option<Catalogue>,
    /// Keys of videos that cannot be shown, by reason.
    pub missing: BTreeMap<String, Vec<String>>,
    /// The disk of the data folder.
    pub disk: Option<Disk>,
    /// Events in the outbox.
    pub queue: Option<Queue>,
}

/// A process and its last word.
#[derive(Clone, Debug, Serialize)]
pub struct Process<S> {
    /// It runs.
    pub running: bool,
    /// Its status file.
    pub status: Option<S>,
}

/// The catalogue shown.
#[derive(Clone, Debug, Serialize)]
pub struct Catalogue {
    /// Number of the generation.
    pub generation: u64,
    /// When it was promoted.
    pub promoted_at: Timestamp,
    /// `partner=version` pairs.
    pub version: String,
    /// Youngest day of issue of its partners.
    pub issued: Option<Date>,
    /// Number of videos.
    pub videos: usize,
}

/// The disk of the data folder, MB.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Disk {
    /// Free.
    pub free_mb: u64,
    /// Size.
    pub total_mb: u64,
    /// Left free by synchronisation.
    pub reserve_mb: u64,
}

/// Free space beyond the reserve below which nothing more can be stored, MB.
const NARROW_MB: u64 = 200;

impl Disk {
    /// Hardly anything more can be stored.
    #[must_use]
    pub const fn is_narrow(&self) -> bool {
        self.free_mb < self.reserve_mb + NARROW_MB
    }
}

/// Why a video in quarantine is not shown, as a code.
const CRASHES: &str = "crashes";

/// Events in the outbox.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Queue {
    /// Wait for central.
    pub waiting: u64,
    /// Rejected by central.
    pub rejected: u64,
}

/// Gathers what is known of a borne; what cannot be read is absent.
#[must_use]
pub fn gather(settings: &Settings, clock: &dyn Clock) -> Summary {
    let data = &settings.storage.data;
    let Reading { time, synced, .. } = clock.read();
    let current = generation::load_current(data).ok().flatten();
    let sync = process(sync::read(data), |status| status.pid);
    Summary {
        borne: settings.borne.id.clone(),
        site: settings.borne.site.clone(),
        version: env!("CARGO_PKG_VERSION"),
        at: time,
        clock_synced: synced,
        network: network(sync.status.as_ref()),
        play: process(player::read(data), |status| status.pid),
        sync,
        catalogue: current.as_ref().map(catalogue),
        missing: current
            .as_ref()
            .map(|current| by_reason(current, &suspects::quarantined(data)))
            .unwrap_or_default(),
        disk: disk(data, settings.storage.reserve_mb),
        queue: queue(data),
    }
}

fn process<S>(status: Option<S>, pid: impl Fn(&S) -> u32) -> Process<S> {
    Process {
        running: status.as_ref().is_some_and(|status| runs(pid(status))),
        status,
    }
}

fn network(status: Option<&SyncStatus>) -> String {
    let Some(status) = status else {
        return "unknown".to_owned();
    };
    match (&status.last_error, status.last_success) {
        (Some(error), _) => error.code.clone(),
        (None, Some(_)) => "ok".to_owned(),
        (None, None) => "unknown".to_owned(),
    }
}

fn catalogue(generation: &Generation) -> Catalogue {
    let merged = &generation.merged;
    Catalogue {
        generation: generation.number,
        promoted_at: generation.promoted_at,
        version: merged.version(),
        issued: merged.partners.iter().map(|partner| partner.issued).max(),
        videos: merged.videos.len(),
    }
}

/// A video in `quarantine` is there, and is not opened.
fn by_reason(
    generation: &Generation,
    quarantine: &HashSet<String>,
) -> BTreeMap<String, Vec<String>> {
    let mut reasons: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for missing in &generation.missing {
        let keys = reasons.entry(missing.reason.clone()).or_default();
        keys.push(missing.key.clone());
    }
    let entries = generation.merged.videos.iter();
    let barred = entries.filter(|entry| quarantine.contains(&entry.video.media.file.sha256));
    for entry in barred {
        let keys = reasons.entry(CRASHES.to_owned()).or_default();
        keys.push(entry.key.clone());
    }
    reasons
}

fn disk(data: &Path, reserve_mb: Option<u64>) -> Option<Disk> {
    let space = Media::new(data).space().ok()?;
    Some(Disk {
        free_mb: space.free / 1_000_000,
        total_mb: space.total / 1_000_000,
        reserve_mb: policy::reserve(space, reserve_mb) / 1_000_000,
    })
}

fn queue(data: &Path) -> Option<Queue> {
    let Count { waiting, rejected } = Outbox::peek(data).ok()?;
    Some(Queue { waiting, rejected })
}
