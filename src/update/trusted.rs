//! The release that the network signed, verified again from what sync has kept: no network.

use std::path::Path;

use jiff::Timestamp;
use media_manifest::firmware::Release;
use media_manifest::trust::{
    Client, Datastore, Directory, Now, Transport, TransportError, TrustError,
};

use crate::settings::{Firmware, Settings};
use crate::store::firmware::Shelf;

/// What sync has kept, as the repository it came from.
struct Kept {
    metadata: Directory,
    document: Option<Vec<u8>>,
}

impl Transport for Kept {
    async fn fetch(&self, path: &str, limit: u64) -> Result<Vec<u8>, TransportError> {
        if path.starts_with("targets/") {
            return self.document.clone().ok_or(TransportError::NotFound);
        }
        let name = path.strip_prefix("metadata/").unwrap_or(path);
        let role = name.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '.');
        // The next root is what a network would say.
        if !["timestamp.json", "snapshot.json", "targets.json"].contains(&role) {
            return Err(TransportError::NotFound);
        }
        self.metadata.fetch(role, limit).await
    }
}

/// The release that the network offers this borne; nothing before the first look, or when none is
/// offered.
///
/// The whole chain is verified by the client that bornes use: root, timestamp, snapshot, targets,
/// document. Dates play no part: they were judged when all this came, and what would be gained by
/// holding it back is nothing.
///
/// # Errors
/// What is kept cannot be trusted; the next look mends it.
pub fn offered(settings: &Settings, firmware: &Firmware) -> Result<Option<Release>, TrustError> {
    let data = &settings.storage.data;
    let metadata = data.join("trust");
    let document = Shelf::new(data).document();
    if document.is_none() || !metadata.join("timestamp.json").exists() {
        return Ok(None);
    }
    let store = datastore(&metadata, &settings.sync.root)?;
    let now = Now {
        time: Timestamp::UNIX_EPOCH,
        check_expiry: false,
    };
    let kept = Kept {
        metadata: Directory::new(metadata),
        document,
    };
    let mut client = Client::new(kept, store, now);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.map_err(|source| TrustError::Store {
        path: "runtime".to_owned(),
        source,
    })?;
    let file = runtime.block_on(async {
        client.refresh().await?;
        client.firmware(None).await
    })?;
    Ok(file.and_then(|file| file.firmware.of(&firmware.product).cloned()))
}

fn datastore(metadata: &Path, root: &Path) -> Result<Datastore, TrustError> {
    let bytes = std::fs::read(root).map_err(|source| TrustError::Store {
        path: root.display().to_string(),
        source,
    })?;
    Datastore::init(metadata, &bytes)
}
