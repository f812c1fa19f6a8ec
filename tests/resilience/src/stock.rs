//! What a borne holds, read independently of it, and what must hold whatever happened.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::repository::{sha256, walk};

/// What a data folder holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stock {
    /// Number of the current generation; 0 without one.
    pub generation: u64,
    /// Keys of the videos of the current generation whose files are all there and right.
    pub whole: Vec<String>,
    /// Keys of the videos listed as missing, with the reason.
    pub missing: BTreeMap<String, String>,
    /// Keys of videos that are neither whole nor listed as missing: they would be shown, and fail.
    pub broken: Vec<String>,
    /// Complete objects whose content is not what their name says.
    pub wrong: Vec<PathBuf>,
    /// Objects on their way.
    pub parts: usize,
}

impl Stock {
    /// Reads a data folder through.
    #[must_use]
    pub fn of(data: &Path) -> Self {
        let mut stock = Self::default();
        let mut right = Vec::new();
        for object in walk(&data.join("store")) {
            let name = object.file_name().unwrap().to_str().unwrap().to_owned();
            if object.extension().is_some() {
                stock.parts += 1;
            } else if sha256(&fs::read(&object).unwrap()) == name {
                right.push(name);
            } else {
                stock.wrong.push(object);
            }
        }
        if let Some(generation) = current(data) {
            stock.read(&generation, &right);
        }
        stock
    }

    fn read(&mut self, generation: &Value, right: &[String]) {
        self.generation = generation["number"].as_u64().unwrap();
        for missing in generation["missing"].as_array().unwrap() {
            let text = |field: &str| missing[field].as_str().unwrap().to_owned();
            self.missing.insert(text("key"), text("reason"));
        }
        for video in generation["merged"]["videos"].as_array().unwrap() {
            let key = video["key"].as_str().unwrap().to_owned();
            let files = [
                &video["media"]["file"]["sha256"],
                &video["poster"]["sha256"],
            ];
            let is_there = |hash: &&Value| right.iter().any(|name| **hash == name.as_str());
            if files.iter().all(is_there) {
                self.whole.push(key);
            } else if !self.missing.contains_key(&key) {
                self.broken.push(key);
            }
        }
    }

    /// Fails when something wrong would be taken for right.
    #[track_caller]
    pub fn must_be_sound(&self) -> &Self {
        assert!(self.wrong.is_empty(), "wrong objects: {:?}", self.wrong);
        assert!(self.broken.is_empty(), "broken videos: {:?}", self.broken);
        self
    }
}

/// The current generation, or the previous one when the current one cannot be read, as a borne does.
fn current(data: &Path) -> Option<Value> {
    ["current", "previous"].iter().find_map(|link| {
        let path = data.join("catalogue").join(link).join("catalogue.json");
        serde_json::from_slice(&fs::read(path).ok()?).ok()
    })
}
