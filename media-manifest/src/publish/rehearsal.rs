//! What would be published, read by the client that bornes use before it is there.

use std::future::Future;
use std::path::Path;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use jiff::Timestamp;

use super::files::Staged;
use super::partners::catalogue_file;
use super::{Outcome, PublishError};
use crate::trust::{Client, Datastore, Directory, Now, Transport, TransportError, TrustError};

/// The repository as it will be: staged files before those on disk.
struct Overlay<'a> {
    staged: &'a Staged,
    below: Directory,
}

impl Transport for Overlay<'_> {
    async fn fetch(&self, path: &str, limit: u64) -> Result<Vec<u8>, TransportError> {
        let staged = self.staged.0.iter().rev().find(|(name, _)| name == path);
        match staged {
            Some((_, bytes)) if bytes.len() as u64 > limit => {
                Err(TransportError::TooLong { limit })
            }
            Some((_, bytes)) => Ok(bytes.clone()),
            None => self.below.fetch(path, limit).await,
        }
    }
}

/// Follows the chain from the first root on, and reads what was signed of partners. Dates play no
/// part: an expired role of another must not hold up the one that mends it.
pub(super) fn rehearse(
    repository: &Path,
    staged: &Staged,
    outcome: &Outcome,
    now: Timestamp,
) -> Result<(), PublishError> {
    let reads_like_a_borne = staged
        .0
        .iter()
        .any(|(name, _)| name.ends_with("timestamp.json"));
    if !reads_like_a_borne {
        return Ok(());
    }
    let overlay = Overlay {
        staged,
        below: Directory::new(repository),
    };
    let now = Now {
        time: now,
        check_expiry: false,
    };
    at_once(read(overlay, outcome, now))
        .ok_or(TrustError::NotRefreshed)
        .flatten()
        .map_err(PublishError::Rehearsal)
}

async fn read(overlay: Overlay<'_>, outcome: &Outcome, now: Now) -> Result<(), TrustError> {
    let root = overlay.fetch("metadata/1.root.json", crate::trust::policy::ROOT_BYTES);
    let root = root.await.map_err(|source| TrustError::Transport {
        path: "metadata/1.root.json".into(),
        source,
    })?;
    let folder = tempfile::tempdir().map_err(|source| TrustError::Store {
        path: "tmp".into(),
        source,
    })?;
    let mut client = Client::new(overlay, Datastore::init(folder.path(), &root)?, now);
    client.refresh().await?;
    if outcome.signed.iter().any(|(role, _)| role == "targets") {
        client.firmware(None).await?;
    }
    let top_level = ["root", "targets", "snapshot", "timestamp"];
    for (role, _) in &outcome.signed {
        if !top_level.contains(&role.as_str()) {
            client.target(&catalogue_file(role)).await?;
        }
    }
    Ok(())
}

/// What a future gives that never waits: files are read at once.
fn at_once<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}
