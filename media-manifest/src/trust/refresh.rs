//! The client workflow of the specification, section 5, step by step.

use super::client::Client;
use super::document::Document;
use super::error::{Role, TrustError};
use super::keyring::{self, Keys, Signers};
use super::roles::{Contents, MetaFile, RootRole, SnapshotRole, TargetsRole, TimestampRole};
use super::target;
use super::transport::{Transport, TransportError};
use super::{names, policy};

impl<T: Transport + Sync> Client<T> {
    /// 5.2: the root trusted so far, which must be signed by its own keys.
    pub(super) fn stored_root(&self) -> Result<RootRole, TrustError> {
        let mut reason = "none".to_owned();
        for bytes in self.store.read("root", policy::ROOT_BYTES) {
            match self_signed_root(&bytes) {
                Ok((root, _)) => return Ok(root),
                Err(error) => reason = error.to_string(),
            }
        }
        Err(TrustError::NoRoot {
            path: self.store.folder().display().to_string(),
            reason,
        })
    }

    /// 5.3: follows the chain of roots.
    pub(super) async fn update_root(&self, mut root: RootRole) -> Result<RootRole, TrustError> {
        // 5.3.1: now is fixed. 5.3.2 to 5.3.9: until there is no next root, within a limit.
        for _ in 0..policy::ROOT_ROTATIONS {
            let expected = root.version().saturating_add(1);
            // 5.3.3: fetch N+1.
            let path = self.metadata_path("root", Some(expected));
            let bytes = match self.fetch(path, policy::ROOT_BYTES).await {
                Err(TrustError::Transport {
                    source: TransportError::NotFound,
                    ..
                }) => break,
                fetched => fetched?,
            };
            root = next_root(&root, expected, &bytes)?;
            // 5.3.8: persist.
            self.store.write("root", &bytes)?;
        }
        // 5.3.10: no freeze attack.
        self.check_expiry(&Role::Root, &root)?;
        // 5.3.11, recovery from fast-forward: what rotated keys signed no longer verifies below.
        Ok(root)
    }

    /// 5.4: the timestamp.
    pub(super) async fn update_timestamp(
        &self,
        root: &RootRole,
    ) -> Result<TimestampRole, TrustError> {
        let signers = &root.roles.timestamp;
        let held: Option<TimestampRole> = self.held(
            &Role::Timestamp,
            signers,
            &root.keys,
            policy::TIMESTAMP_BYTES,
        );
        // 5.4.1: fetch, always under the same name.
        let path = self.metadata_path("timestamp", None);
        let bytes = self.fetch(path, policy::TIMESTAMP_BYTES).await?;
        // 5.4.2: signatures.
        let offered: TimestampRole = verified(Role::Timestamp, &bytes, signers, &root.keys)?;
        if let Some(held) = held {
            // 5.4.3.1: no rollback; the same version again is the one held already.
            if offered.version() == held.version() {
                self.check_expiry(&Role::Timestamp, &held)?;
                return Ok(held);
            }
            no_rollback(&Role::Timestamp, held.version(), offered.version())?;
            // 5.4.3.2: no rollback of the snapshot.
            let trusted = held.snapshot().version.get();
            no_rollback(&Role::Snapshot, trusted, offered.snapshot().version.get())?;
        }
        // 5.4.4: no freeze attack.
        self.check_expiry(&Role::Timestamp, &offered)?;
        // 5.4.5: persist.
        self.store.write("timestamp", &bytes)?;
        Ok(offered)
    }

    /// 5.5: the snapshot, and whether it is another than before.
    pub(super) async fn update_snapshot(
        &self,
        root: &RootRole,
        timestamp: &TimestampRole,
    ) -> Result<(SnapshotRole, bool), TrustError> {
        let signers = &root.roles.snapshot;
        let meta = timestamp.snapshot();
        let held: Option<SnapshotRole> =
            self.held(&Role::Snapshot, signers, &root.keys, policy::SNAPSHOT_BYTES);
        if let Some(held) = &held
            && held.version() == meta.version.get()
        {
            self.check_expiry(&Role::Snapshot, held)?;
            return Ok((held.clone(), false));
        }
        // 5.5.1: fetch, under its version when snapshots are consistent.
        let path = self.metadata_path("snapshot", consistent(root, meta));
        let limit = limit(meta, policy::SNAPSHOT_BYTES);
        let bytes = self.fetch(path, limit).await?;
        // 5.5.2: hashes of the timestamp.
        target::check("snapshot", &bytes, meta.length, meta.hashes.as_ref())?;
        // 5.5.3: signatures.
        let offered: SnapshotRole = verified(Role::Snapshot, &bytes, signers, &root.keys)?;
        // 5.5.4: the version announced.
        expect_version(&Role::Snapshot, meta, &offered)?;
        // 5.5.5: no role goes back or goes away.
        if let Some(held) = held {
            no_role_goes_back(&held, &offered)?;
        }
        // 5.5.6: no freeze attack.
        self.check_expiry(&Role::Snapshot, &offered)?;
        // 5.5.7: persist.
        self.store.note_unread()?;
        self.store.write("snapshot", &bytes)?;
        Ok((offered, true))
    }

    /// 5.6: a targets role, top-level or delegated, and whether it is another than before.
    pub(super) async fn update_targets(
        &self,
        role: Role,
        signers: &Signers,
        keys: &Keys,
        root: &RootRole,
        snapshot: &SnapshotRole,
    ) -> Result<(TargetsRole, bool), TrustError> {
        let Some(meta) = snapshot.meta.get(&format!("{}.json", role.name())) else {
            return Err(TrustError::NotInSnapshot { role });
        };
        for bytes in self.store.read(role.name(), policy::TARGETS_BYTES) {
            if let Ok(held) = self.accept_targets(&role, &bytes, signers, keys, meta) {
                return Ok((held, false));
            }
        }
        // 5.6.1: fetch, under its version when snapshots are consistent.
        let path = self.metadata_path(role.name(), consistent(root, meta));
        let bytes = self.fetch(path, limit(meta, policy::TARGETS_BYTES)).await?;
        let offered = self.accept_targets(&role, &bytes, signers, keys, meta)?;
        // 5.6.6: persist.
        self.store.write(role.name(), &bytes)?;
        Ok((offered, true))
    }

    fn accept_targets(
        &self,
        role: &Role,
        bytes: &[u8],
        signers: &Signers,
        keys: &Keys,
        meta: &MetaFile,
    ) -> Result<TargetsRole, TrustError> {
        // 5.6.2: hashes of the snapshot.
        target::check(&role.to_string(), bytes, meta.length, meta.hashes.as_ref())?;
        // 5.6.3: signatures.
        let targets: TargetsRole = verified(role.clone(), bytes, signers, keys)?;
        // 5.6.4: the version announced.
        expect_version(role, meta, &targets)?;
        // 5.6.5: no freeze attack.
        self.check_expiry(role, &targets)?;
        Ok(targets)
    }

    /// What is held of a role and still signed by its keys. Its date plays no part: an expired
    /// role still tells which versions were seen.
    fn held<C: Contents>(
        &self,
        role: &Role,
        signers: &Signers,
        keys: &Keys,
        limit: u64,
    ) -> Option<C> {
        self.store
            .read(role.name(), limit)
            .iter()
            .find_map(|bytes| verified(role.clone(), bytes, signers, keys).ok())
    }

    fn metadata_path(&self, role: &str, version: Option<u64>) -> String {
        format!(
            "{}{}",
            self.layout.metadata,
            names::served_name(role, version)
        )
    }
}

/// Signatures first, then contents.
fn verified<C: Contents>(
    role: Role,
    bytes: &[u8],
    signers: &Signers,
    keys: &Keys,
) -> Result<C, TrustError> {
    let document = Document::read(role, bytes)?;
    keyring::verify(&document, signers, keys)?;
    C::read(&document)
}

fn self_signed_root(bytes: &[u8]) -> Result<(RootRole, Document), TrustError> {
    let document = Document::read(Role::Root, bytes)?;
    let root = RootRole::read(&document)?;
    keyring::verify(&document, &root.roles.root, &root.keys)?;
    Ok((root, document))
}

/// 5.3.4 and 5.3.5: the next root is signed by the keys of this one and by its own, and its
/// version is exactly the next.
fn next_root(root: &RootRole, expected: u64, bytes: &[u8]) -> Result<RootRole, TrustError> {
    let document = Document::read(Role::Root, bytes)?;
    keyring::verify(&document, &root.roles.root, &root.keys)?;
    let (next, _) = self_signed_root(bytes)?;
    if next.version() != expected {
        return Err(TrustError::Version {
            role: Role::Root,
            expected,
            found: next.version(),
        });
    }
    Ok(next)
}

/// Whether bornes that trust the root `before` take `next` for the root after it; whether it is a
/// first root when there is none before.
#[cfg(feature = "sign")]
pub(crate) fn check_next_root(before: Option<&[u8]>, next: &[u8]) -> Result<(), TrustError> {
    match before {
        Some(before) => {
            let (root, _) = self_signed_root(before)?;
            let expected = root.version().saturating_add(1);
            next_root(&root, expected, next).map(|_| ())
        }
        None => match self_signed_root(next)?.0.version() {
            1 => Ok(()),
            found => Err(TrustError::Version {
                role: Role::Root,
                expected: 1,
                found,
            }),
        },
    }
}

fn no_rollback(role: &Role, trusted: u64, offered: u64) -> Result<(), TrustError> {
    if offered < trusted {
        return Err(TrustError::Rollback {
            role: role.clone(),
            trusted,
            offered,
        });
    }
    Ok(())
}

fn no_role_goes_back(held: &SnapshotRole, offered: &SnapshotRole) -> Result<(), TrustError> {
    for (name, meta) in &held.meta {
        let role = match name.strip_suffix(".json").unwrap_or(name) {
            "targets" => Role::Targets,
            name => Role::Delegated(name.to_owned()),
        };
        let now = offered.meta.get(name).map_or(0, |meta| meta.version.get());
        no_rollback(&role, meta.version.get(), now)?;
    }
    Ok(())
}

fn expect_version(role: &Role, meta: &MetaFile, found: &impl Contents) -> Result<(), TrustError> {
    if found.version() != meta.version.get() {
        return Err(TrustError::Version {
            role: role.clone(),
            expected: meta.version.get(),
            found: found.version(),
        });
    }
    Ok(())
}

fn consistent(root: &RootRole, meta: &MetaFile) -> Option<u64> {
    root.consistent_snapshot.then(|| meta.version.get())
}

fn limit(meta: &MetaFile, most: u64) -> u64 {
    meta.length.map_or(most, |length| length.min(most))
}
