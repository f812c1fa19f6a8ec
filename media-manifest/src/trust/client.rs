use super::error::{Role, TrustError};
use super::roles::{Contents, Header, RootRole, SnapshotRole, TargetsRole, TimestampRole};
use super::target::Target;
use super::transport::{Transport, TransportError};
use super::{Datastore, Now, Verified, names, policy};

/// Where metadata and targets lie below the repository's base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Prefix of metadata paths.
    pub metadata: String,
    /// Prefix of target paths.
    pub targets: String,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            metadata: "metadata/".into(),
            targets: "targets/".into(),
        }
    }
}

/// The client of one repository.
#[derive(Debug)]
pub struct Client<T> {
    pub(super) transport: T,
    pub(super) store: Datastore,
    pub(super) now: Now,
    pub(super) layout: Layout,
    pub(super) trusted: Option<Trusted>,
}

/// The top-level roles after a refresh that succeeded.
#[derive(Clone, Debug)]
pub(super) struct Trusted {
    pub(super) root: RootRole,
    pub(super) snapshot: SnapshotRole,
    pub(super) targets: TargetsRole,
}

impl<T: Transport + Sync> Client<T> {
    /// A client that makes no request yet. `now` holds for its whole life: make a new client for
    /// each update.
    pub fn new(transport: T, datastore: Datastore, now: Now) -> Self {
        Self {
            transport,
            store: datastore,
            now,
            layout: Layout::default(),
            trusted: None,
        }
    }

    /// Reads metadata and targets below other prefixes.
    #[must_use]
    pub fn with_layout(mut self, layout: Layout) -> Self {
        self.layout = layout;
        self
    }

    /// Brings the top-level metadata up to date: root N+1…, timestamp, snapshot, targets
    /// (specification 5.3 to 5.6). Each step is stored before the next. With nothing new it makes
    /// two requests: the next root, which is not there, and the timestamp.
    ///
    /// Returns whether the snapshot or the targets changed since catalogues were last read, thus
    /// whether targets may have.
    ///
    /// # Errors
    /// The first step that cannot be trusted; the steps before it stay.
    pub async fn refresh(&mut self) -> Result<bool, TrustError> {
        self.trusted = None;
        // 5.2: start from the trusted root.
        let root = self.stored_root()?;
        let root = self.update_root(root).await?;
        let timestamp: TimestampRole = self.update_timestamp(&root).await?;
        let (snapshot, new_snapshot): (SnapshotRole, bool) =
            self.update_snapshot(&root, &timestamp).await?;
        let signers = &root.roles.targets;
        let (targets, new_targets): (TargetsRole, bool) = self
            .update_targets(Role::Targets, signers, &root.keys, &root, &snapshot)
            .await?;
        self.trusted = Some(Trusted {
            root,
            snapshot,
            targets,
        });
        Ok(new_snapshot || new_targets || self.store.is_unread())
    }

    /// What the role that may speak for a target says of it. Follows delegations, loading their
    /// roles as needed.
    ///
    /// # Errors
    /// [`TrustError::NotRefreshed`] before [`Client::refresh`], [`TrustError::NoTarget`] when no
    /// role lists it, or why a role on the way cannot be trusted.
    pub async fn find(&mut self, name: &str) -> Result<Verified<Target>, TrustError> {
        let trusted = self.trusted.take().ok_or(TrustError::NotRefreshed)?;
        let found = self.search(&trusted, name).await;
        self.trusted = Some(trusted);
        found.map(Verified::new)
    }

    /// Fetches a target that [`Client::find`] has found, into memory.
    ///
    /// # Errors
    /// [`TrustError::Mismatch`] when the bytes served are not those signed,
    /// [`TrustError::Limit`] above [`policy::TARGET_BYTES`].
    pub async fn download(&self, target: &Target) -> Result<Verified<Vec<u8>>, TrustError> {
        let trusted = self.trusted.as_ref().ok_or(TrustError::NotRefreshed)?;
        self.download_as(trusted, target).await.map(Verified::new)
    }

    pub(super) async fn download_as(
        &self,
        trusted: &Trusted,
        target: &Target,
    ) -> Result<Vec<u8>, TrustError> {
        if target.length > policy::TARGET_BYTES {
            return Err(TrustError::Limit {
                what: "bytes of a target",
                limit: policy::TARGET_BYTES,
            });
        }
        let consistent = trusted.root.consistent_snapshot;
        let prefix = target.prefix().filter(|_| consistent);
        let path =
            names::target_path(&target.name, prefix).ok_or_else(|| no_target(&target.name))?;
        let path = format!("{}{path}", self.layout.targets);
        let bytes = self.fetch(path, target.length).await?;
        target.check(&bytes)?;
        Ok(bytes)
    }

    /// Finds a target and fetches it.
    ///
    /// # Errors
    /// As [`Client::find`] and [`Client::download`].
    pub async fn target(&mut self, name: &str) -> Result<Verified<Vec<u8>>, TrustError> {
        let target = self.find(name).await?;
        self.download(&target).await
    }

    pub(super) async fn fetch(&self, path: String, limit: u64) -> Result<Vec<u8>, TrustError> {
        match self.transport.fetch(&path, limit).await {
            Ok(bytes) if bytes.len() as u64 > limit => Err(TrustError::Transport {
                path,
                source: TransportError::TooLong { limit },
            }),
            Ok(bytes) => Ok(bytes),
            Err(source) => Err(TrustError::Transport { path, source }),
        }
    }

    /// Refuses metadata past its date (a freeze attack).
    pub(super) fn check_expiry(
        &self,
        role: &Role,
        contents: &impl Contents,
    ) -> Result<(), TrustError> {
        let Header { expires, .. } = *contents.header();
        if self.now.check_expiry && expires <= self.now.time {
            return Err(TrustError::Expired {
                role: role.clone(),
                expires,
            });
        }
        Ok(())
    }
}

pub(super) fn no_target(name: &str) -> TrustError {
    TrustError::NoTarget {
        name: name.to_owned(),
    }
}
