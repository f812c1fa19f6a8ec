//! What a repository holds already.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde_json::Value;

use super::authority::Authority;
use super::{PublishError, policy};
use crate::catalogue::Catalogue;
use crate::firmware::Firmware;
use crate::trust::FIRMWARE;

/// A role as published: its signed part and its bytes.
#[derive(Clone, Debug)]
pub(super) struct Published {
    pub(super) signed: Value,
    pub(super) bytes: Vec<u8>,
}

impl Published {
    pub(super) fn version(&self) -> u64 {
        self.signed["version"].as_u64().unwrap_or_default()
    }
}

/// The repository as published; nothing of it in a new folder.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) root: Option<Published>,
    pub(super) timestamp: Option<Published>,
    pub(super) snapshot: Option<Published>,
    pub(super) targets: Option<Published>,
    /// Partners' roles by identifier.
    pub(super) partners: BTreeMap<String, Published>,
    /// Roles of partners that have left: bornes refuse a snapshot that forgets a role.
    pub(super) retired: BTreeMap<String, Published>,
    /// The systems offered; nothing when none are, or when their file is missing.
    pub(super) firmware: Option<Firmware>,
    /// Partners' catalogues by identifier.
    pub(super) catalogues: BTreeMap<String, Catalogue>,
}

/// Reads a repository.
pub(super) fn read(repository: &Path) -> Result<Held, PublishError> {
    let mut held = Held {
        root: newest_root(repository)?,
        timestamp: role(repository, "timestamp.json")?,
        ..Held::default()
    };
    let Some(timestamp) = &held.timestamp else {
        return Ok(held);
    };
    let version = |value: &Value| value["version"].as_u64().unwrap_or_default();
    let snapshot = version(&timestamp.signed["meta"]["snapshot.json"]);
    let snapshot = needed(repository, &format!("{snapshot}.snapshot.json"))?;
    let mut others = BTreeMap::new();
    for (name, meta) in snapshot.signed["meta"].as_object().into_iter().flatten() {
        let published = needed(repository, &format!("{}.{name}", version(meta)))?;
        match name.strip_suffix(".json").unwrap_or(name) {
            "targets" => held.targets = Some(published),
            other => drop(others.insert(other.to_owned(), published)),
        }
    }
    for (id, published) in others {
        if !held.delegates_to(&id) {
            held.retired.insert(id, published);
            continue;
        }
        if let Some(text) = catalogue(repository, &id, &published)? {
            let path = repository.join("targets").join(&id);
            held.catalogues.insert(id.clone(), parse(&path, &text)?);
        }
        held.partners.insert(id, published);
    }
    held.firmware = firmware(repository, held.targets.as_ref())?;
    held.snapshot = Some(snapshot);
    Ok(held)
}

impl Held {
    /// The network's role lists systems.
    pub(super) fn offers_firmware(&self) -> bool {
        let targets = self.targets.as_ref();
        targets.is_some_and(|targets| !targets.signed["targets"][FIRMWARE].is_null())
    }

    fn delegates_to(&self, partner: &str) -> bool {
        let targets = self.targets.as_ref();
        targets.is_some_and(|targets| Authority::delegated(&targets.signed, partner).is_some())
    }

    /// A top-level role by its name.
    pub(super) fn top_level(&self, name: &str) -> Option<&Published> {
        match name {
            "root" => self.root.as_ref(),
            "targets" => self.targets.as_ref(),
            "snapshot" => self.snapshot.as_ref(),
            "timestamp" => self.timestamp.as_ref(),
            _ => None,
        }
    }

    /// A partner's role, also of one that has left.
    pub(super) fn partner(&self, id: &str) -> Option<&Published> {
        self.partners.get(id).or_else(|| self.retired.get(id))
    }
}

/// The highest version of a role on disk that an honest publisher may have reached; 0 when none.
pub(super) fn highest(repository: &Path, role: &str) -> Result<u64, PublishError> {
    let folder = repository.join("metadata");
    let ending = format!(".{role}.json");
    let mut highest = 0;
    for entry in fs::read_dir(&folder).map_err(PublishError::io(&folder))? {
        let name = entry.map_err(PublishError::io(&folder))?.file_name();
        let version = name.to_str().and_then(|name| name.strip_suffix(&ending));
        let version = version.and_then(|version| version.parse().ok());
        highest = version
            .filter(|version| *version < policy::VERSION_CEILING)
            .map_or(highest, |version: u64| version.max(highest));
    }
    Ok(highest)
}

fn newest_root(repository: &Path) -> Result<Option<Published>, PublishError> {
    let mut newest = None;
    for version in 1_u64.. {
        match role(repository, &format!("{version}.root.json"))? {
            Some(root) => newest = Some(root),
            None => break,
        }
    }
    Ok(newest)
}

fn needed(repository: &Path, name: &str) -> Result<Published, PublishError> {
    let path = repository.join("metadata").join(name);
    role(repository, name)?.ok_or_else(|| PublishError::Repository {
        path,
        reason: "le fichier manque".into(),
    })
}

fn role(repository: &Path, name: &str) -> Result<Option<Published>, PublishError> {
    let path = repository.join("metadata").join(name);
    let Some(bytes) = read_file(&path)? else {
        return Ok(None);
    };
    let mut envelope: Value = parse(&path, &bytes)?;
    let signed = envelope["signed"].take();
    Ok(Some(Published { signed, bytes }))
}

/// The catalogue that a partner's role lists, byte for byte.
pub(super) fn catalogue(
    repository: &Path,
    partner: &str,
    role: &Published,
) -> Result<Option<Vec<u8>>, PublishError> {
    let name = format!("{partner}/catalogue.json");
    let Some(hash) = role.signed["targets"][&name]["hashes"]["sha256"].as_str() else {
        return Ok(None);
    };
    let path = format!("targets/{partner}/{hash}.catalogue.json");
    read_file(&repository.join(path))
}

/// The systems that the network's role lists.
fn firmware(
    repository: &Path,
    targets: Option<&Published>,
) -> Result<Option<Firmware>, PublishError> {
    let listed = targets.map(|targets| &targets.signed["targets"][FIRMWARE]);
    let Some(hash) = listed.and_then(|it| it["hashes"]["sha256"].as_str()) else {
        return Ok(None);
    };
    let path = repository.join(format!("targets/{hash}.{FIRMWARE}"));
    let text = read_file(&path)?;
    text.map(|text| parse(&path, &text)).transpose()
}

fn read_file(path: &Path) -> Result<Option<Vec<u8>>, PublishError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(PublishError::io(path)(error)),
    }
}

fn parse<T: serde::de::DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, PublishError> {
    serde_json::from_slice(bytes).map_err(|error| PublishError::Repository {
        path: path.to_owned(),
        reason: error.to_string(),
    })
}
