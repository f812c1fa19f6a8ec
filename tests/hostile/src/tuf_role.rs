//! The roles of a repository.

mod world;

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use media_manifest::trust::{Client, Datastore, Now, TrustError};
use serde_json::Value;
use tempfile::TempDir;

use crate::plain::plain;
use world::{ROLES, Served, World};

/// Serves a role to a client that trusts version 1 of everything and is offered version 2. The first
/// byte chooses: `0` to `4` root, timestamp, snapshot, targets or a partner, byte for byte; `5` to
/// `9` the same roles by what is signed in them, with good signatures put to it.
///
/// # Panics
/// Something does not hold.
pub fn tuf_role(bytes: &[u8]) {
    let Some((choice, bytes)) = bytes.split_first() else {
        return;
    };
    let choice = usize::from(choice.wrapping_sub(b'0')) % (2 * ROLES.len());
    let (role, signs) = (ROLES[choice % ROLES.len()], choice >= ROLES.len());
    let world = world();
    let Some(offered) = world.offer(role, bytes, signs) else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    world.settle(folder.path());
    let served = world.serve(role, &offered);
    let updated = update(folder.path(), served.clone());
    for role in ROLES {
        stored(world, folder.path(), role, &offered, signs);
    }
    if updated.is_ok() {
        let before = ROLES.map(|role| held(folder.path(), role));
        let again = update(folder.path(), served).expect("accepted once, accepted twice");
        assert!(!again, "nothing is new any more");
        assert_eq!(ROLES.map(|role| held(folder.path(), role)), before);
    }
}

fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(World::new)
}

/// Refreshes and reads the catalogue, and checks what is said of what went wrong. Whether something
/// new could be read: what could not stays new.
fn update(folder: &Path, served: Served) -> Result<bool, TrustError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let store = Datastore::open(folder).expect("a datastore");
    let now = Now {
        time: world::NOW.parse().expect("a time"),
        check_expiry: true,
    };
    let mut client = Client::new(served, store, now);
    runtime.block_on(async {
        let refreshed = client.refresh().await.inspect_err(told)?;
        let update = client.catalogue(None).await.inspect_err(told);
        for failure in update.iter().flat_map(|update| &update.failures) {
            told(&failure.error);
        }
        Ok(refreshed && update.is_ok())
    })
}

fn told(error: &TrustError) {
    plain(&error.to_string());
}

/// What is held of a role is what was held before, or what was served and verified.
fn stored(world: &World, folder: &Path, role: &str, offered: &[u8], signs: bool) {
    let bytes = held(folder, role);
    if world.is_genuine(role, &bytes) {
        return;
    }
    assert_eq!(bytes, offered, "{role} is kept as it was served");
    let document: Value = serde_json::from_slice(&bytes).expect("what is kept is JSON");
    let signed = &document["signed"];
    assert!(signs || world.has_signed(signed), "nobody signed {signed}");
    assert!(signed["version"].as_u64() >= Some(1), "{signed}");
}

fn held(folder: &Path, role: &str) -> Vec<u8> {
    fs::read(folder.join(format!("{role}.json"))).expect("a role that is held")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Else everything would hold because nothing is ever accepted.
    #[test]
    fn what_is_genuine_is_accepted_and_kept() {
        for role in &ROLES[1..] {
            let folder = TempDir::new().unwrap();
            world().settle(folder.path());
            let genuine = world().document(role, 2);
            let served = world().serve(role, genuine);
            assert!(update(folder.path(), served).unwrap(), "{role}");
            assert_eq!(held(folder.path(), role), genuine, "{role}");
        }
    }

    #[test]
    fn what_is_altered_after_it_was_signed_is_not_kept() {
        let folder = TempDir::new().unwrap();
        world().settle(folder.path());
        let genuine = String::from_utf8(world().document("timestamp", 2).to_vec()).unwrap();
        let altered = genuine.replace("2026-07-01", "2027-07-01").into_bytes();
        let error = update(folder.path(), world().serve("timestamp", &altered)).unwrap_err();
        assert!(matches!(error, TrustError::Signature { .. }), "{error}");
        assert_eq!(
            held(folder.path(), "timestamp"),
            world().document("timestamp", 1)
        );
    }
}
