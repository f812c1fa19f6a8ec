//! Files that nothing names any longer.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::held::{self, Held, Published};
use super::rotation::unpublished;
use super::{PublishError, files};
use crate::catalogue::Video;
use crate::trust::{FIRMWARE, replace};

/// Since when files have been without a name, kept in the repository. When it is lost the grace
/// begins again.
const SINCE: &str = ".unnamed.json";

/// What was, or would be, removed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pruned {
    /// Files removed, below the repository.
    pub removed: Vec<String>,
    /// Their length, bytes.
    pub bytes: u64,
    /// Files that nothing names and whose grace is not over.
    pub waiting: usize,
}

/// Removes media, catalogues and old metadata that have had no name for as long as `grace`: a borne
/// may be in the middle of fetching what was named yesterday. Every root stays, since bornes follow
/// their chain. With `try_only` nothing is removed nor noted.
///
/// # Errors
/// The repository is not whole: what a catalogue names could not be told.
pub fn prune(
    repository: &Path,
    grace: SignedDuration,
    try_only: bool,
    now: Timestamp,
) -> Result<Pruned, PublishError> {
    if !repository.join("metadata").is_dir() {
        return Err(unpublished(repository));
    }
    let _lock = files::lock(repository)?;
    let held = held::read(repository)?;
    if held.timestamp.is_none() {
        return Err(unpublished(repository));
    }
    let named = named(&held, repository)?;
    let before = since(repository);
    let mut still = BTreeMap::new();
    let mut pruned = Pruned::default();
    for (name, length) in files_of(repository)? {
        if named.contains(&name) || is_root(&name) {
            continue;
        }
        let first = before.get(&name).copied().unwrap_or(now);
        if now.duration_since(first) >= grace {
            pruned.bytes = pruned.bytes.saturating_add(length);
            pruned.removed.push(name);
        } else {
            pruned.waiting += 1;
            still.insert(name, first);
        }
    }
    if !try_only {
        remove(repository, &pruned.removed)?;
        note(repository, &still)?;
    }
    Ok(pruned)
}

fn remove(repository: &Path, names: &[String]) -> Result<(), PublishError> {
    for name in names {
        let path = repository.join(name);
        fs::remove_file(&path).map_err(PublishError::io(&path))?;
    }
    Ok(())
}

fn since(repository: &Path) -> BTreeMap<String, Timestamp> {
    fs::read(repository.join(SINCE))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

fn note(repository: &Path, since: &BTreeMap<String, Timestamp>) -> Result<(), PublishError> {
    let path = repository.join(SINCE);
    let text = serde_json::json!(since);
    replace(&path, format!("{text:#}\n").as_bytes()).map_err(PublishError::io(&path))
}

/// Everything a borne may ask for today, below the repository.
fn named(held: &Held, repository: &Path) -> Result<BTreeSet<String>, PublishError> {
    let mut named = BTreeSet::from(["metadata/timestamp.json".to_owned()]);
    let metadata =
        |name: &str, role: &Published| format!("metadata/{}.{name}.json", role.version());
    for name in ["targets", "snapshot"] {
        if let Some(role) = held.top_level(name) {
            named.insert(metadata(name, role));
            named.extend(targets(role));
        }
    }
    if held.offers_firmware() && held.firmware.is_none() {
        return Err(missing(
            repository,
            FIRMWARE,
            "la liste des systèmes manque",
        ));
    }
    let bundles = held.releases().iter().map(|release| &release.bundle);
    named.extend(bundles.flat_map(|bundle| bundle.urls.clone()));
    for (id, role) in held.retired.iter() {
        named.insert(metadata(id, role));
    }
    for (id, role) in &held.partners {
        named.insert(metadata(id, role));
        named.extend(targets(role));
        let catalogue = held
            .catalogues
            .get(id)
            .ok_or_else(|| missing(repository, id, "le catalogue manque"))?;
        let files = catalogue.videos.iter().flat_map(Video::files);
        named.extend(files.flat_map(|file| file.urls.clone()));
    }
    Ok(named)
}

fn missing(repository: &Path, target: &str, reason: &str) -> PublishError {
    PublishError::Repository {
        path: repository.join("targets").join(target),
        reason: reason.into(),
    }
}

/// Files of the targets that a role lists.
fn targets(role: &Published) -> Vec<String> {
    let listed = role.signed["targets"].as_object();
    let path = |(name, target): (&String, &serde_json::Value)| {
        let hash = target["hashes"]["sha256"].as_str()?;
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let slash = if folder.is_empty() { "" } else { "/" };
        Some(format!("targets/{folder}{slash}{hash}.{file}"))
    };
    listed.into_iter().flatten().filter_map(path).collect()
}

fn is_root(name: &str) -> bool {
    name.strip_prefix("metadata/")
        .is_some_and(|name| name.ends_with(".root.json"))
}

/// All files that were published, with their lengths, by name.
fn files_of(repository: &Path) -> Result<BTreeMap<String, u64>, PublishError> {
    let mut found = BTreeMap::new();
    let mut folders = ["metadata", "targets", "media"].map(str::to_owned).to_vec();
    while let Some(folder) = folders.pop() {
        let path = repository.join(&folder);
        if !path.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&path).map_err(PublishError::io(&path))? {
            let entry = entry.map_err(PublishError::io(&path))?;
            let kind = entry.file_type().map_err(PublishError::io(&path))?;
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if kind.is_dir() {
                folders.push(name);
            } else if kind.is_file() {
                let metadata = entry.metadata().map_err(PublishError::io(&path))?;
                found.insert(name, metadata.len());
            }
        }
    }
    Ok(found)
}
