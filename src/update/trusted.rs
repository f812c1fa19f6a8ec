//! The release that the network signed, verified again from what sync has kept: no network.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use media_manifest::firmware::Release;
use media_manifest::trust::{Client, Datastore, Now, Transport, TransportError, TrustError};

use crate::settings::{Firmware, Settings};
use crate::store::firmware::Shelf;

/// What sync has kept, as the repository it came from.
struct Kept {
    metadata: PathBuf,
    document: Option<Vec<u8>>,
}

impl Kept {
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, TransportError> {
        if path.starts_with("targets/") {
            return self.document.clone().ok_or(TransportError::NotFound);
        }
        let name = path.strip_prefix("metadata/").unwrap_or(path);
        let role = name.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '.');
        // The next root is what a network would say.
        if !["timestamp.json", "snapshot.json", "targets.json"].contains(&role) {
            return Err(TransportError::NotFound);
        }
        let mut bytes = Vec::new();
        File::open(self.metadata.join(role))
            .and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut bytes))
            .map_err(|error| unreadable(&error))?;
        Ok(bytes)
    }
}

fn unreadable(error: &std::io::Error) -> TransportError {
    match error.kind() {
        ErrorKind::NotFound => TransportError::NotFound,
        _ => TransportError::Unreachable {
            reason: error.to_string(),
            retryable: true,
        },
    }
}

impl Transport for Kept {
    fn fetch(
        &self,
        path: &str,
        limit: u64,
    ) -> impl Future<Output = Result<Vec<u8>, TransportError>> + Send {
        std::future::ready(self.read(path, limit))
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
    let mut client = Client::new(Kept { metadata, document }, store, now);
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
