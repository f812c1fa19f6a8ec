//! What a repository holds already.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde_json::Value;

use super::PublishError;
use crate::catalogue::Catalogue;

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
    for (name, meta) in snapshot.signed["meta"].as_object().into_iter().flatten() {
        let published = needed(repository, &format!("{}.{name}", version(meta)))?;
        match name.strip_suffix(".json").unwrap_or(name) {
            "targets" => held.targets = Some(published),
            partner => {
                if let Some(catalogue) = catalogue(repository, partner, &published)? {
                    held.catalogues.insert(partner.to_owned(), catalogue);
                }
                held.partners.insert(partner.to_owned(), published);
            }
        }
    }
    held.snapshot = Some(snapshot);
    Ok(held)
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

fn catalogue(
    repository: &Path,
    partner: &str,
    role: &Published,
) -> Result<Option<Catalogue>, PublishError> {
    let name = format!("{partner}/catalogue.json");
    let Some(hash) = role.signed["targets"][&name]["hashes"]["sha256"].as_str() else {
        return Ok(None);
    };
    let path = format!("targets/{partner}/{hash}.catalogue.json");
    let path = repository.join(path);
    match read_file(&path)? {
        Some(bytes) => parse(&path, &bytes).map(Some),
        None => Ok(None),
    }
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
