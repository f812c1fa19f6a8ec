//! The client against repositories that are attacked, one case each.

mod attacks;
mod catalogue;
mod delegation;
mod firmware;
mod recovery;
mod refresh;
mod repository;
mod signatures;

use std::path::Path;

use super::{Client, Datastore, Now, TrustError};
use repository::{Memory, Repository};

/// Noon of the day on which all tests take place.
pub const NOW: &str = "2026-06-15T12:00:00Z";

/// The top-level roles in an order in which they can be published.
const ALL: [&str; 4] = ["root", "targets", "snapshot", "timestamp"];

fn now() -> Now {
    Now {
        time: NOW.parse().unwrap(),
        check_expiry: true,
    }
}

fn client(repository: &Repository, folder: &Path) -> Client<Memory> {
    let store = Datastore::init(folder, &repository.initial_root).unwrap();
    Client::new(repository.transport(), store, now())
}

async fn refresh(repository: &Repository, folder: &Path) -> Result<bool, TrustError> {
    client(repository, folder).refresh().await
}

/// As if the catalogues of what a refresh has brought had been read.
fn read_catalogues(folder: &Path) {
    Datastore::open(folder).unwrap().note_read().unwrap();
}

/// Version of a role as stored; 0 when it is not.
fn stored(folder: &Path, role: &str) -> u64 {
    let Ok(bytes) = std::fs::read(folder.join(format!("{role}.json"))) else {
        return 0;
    };
    let document: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    document["signed"]["version"].as_u64().unwrap()
}
