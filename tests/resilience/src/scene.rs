//! A repository, its server and a borne.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::borne::{Borne, Ran};
use crate::reply::{Reply, Request};
use crate::repository::{Repository, Videos, sha256};
use crate::server::Server;
use crate::stock::Stock;

/// A borne beside a repository that a server serves.
pub struct Scene {
    /// What is published.
    pub repository: Repository,
    /// Who serves it.
    pub server: Server,
    /// Who looks at it.
    pub borne: Borne,
    folder: TempDir,
}

impl Scene {
    /// A good server.
    #[must_use]
    pub fn new(videos: Videos<'_>) -> Self {
        Self::with(videos, |_, _| None)
    }

    /// A server that may answer something else; it is told how often a path has been asked.
    #[must_use]
    pub fn with(
        videos: Videos<'_>,
        fault: impl FnMut(&Request, usize) -> Option<Reply> + Send + 'static,
    ) -> Self {
        Self::of(Repository::with(videos), fault)
    }

    /// A repository that is there already.
    #[must_use]
    pub fn of(
        repository: Repository,
        fault: impl FnMut(&Request, usize) -> Option<Reply> + Send + 'static,
    ) -> Self {
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("data");
        Self::at(&data, folder, repository, fault)
    }

    /// A borne whose data are elsewhere, on a disk of their own.
    #[must_use]
    pub fn on(
        data: &Path,
        videos: Videos<'_>,
        fault: impl FnMut(&Request, usize) -> Option<Reply> + Send + 'static,
    ) -> Self {
        let folder = TempDir::new().unwrap();
        Self::at(data, folder, Repository::with(videos), fault)
    }

    fn at(
        data: &Path,
        folder: TempDir,
        repository: Repository,
        fault: impl FnMut(&Request, usize) -> Option<Reply> + Send + 'static,
    ) -> Self {
        let server = Server::folder(repository.root(), fault);
        let root = repository.first_root();
        Self {
            borne: Borne::new(folder.path(), data, &server.url(), &root),
            repository,
            server,
            folder,
        }
    }

    /// The temporary folder of the scene.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Looks once.
    pub fn sync(&self) -> Ran {
        self.borne.sync()
    }

    /// What the borne holds; fails when something wrong would be taken for right.
    #[track_caller]
    pub fn stock(&self) -> Stock {
        Stock::of(&self.borne.data).must_be_sound().clone()
    }

    /// Where the borne keeps an object with this content.
    #[must_use]
    pub fn object(&self, content: &[u8]) -> PathBuf {
        let name = sha256(content);
        self.borne.data.join("store").join(&name[..2]).join(name)
    }

    /// Fails unless the borne shows exactly these videos of the only partner, all whole.
    #[track_caller]
    pub fn must_show(&self, ids: &[&str]) {
        let stock = self.stock();
        let mut keys: Vec<String> = ids.iter().map(|id| format!("essai/{id}")).collect();
        keys.sort();
        assert_eq!(stock.whole, keys, "{stock:?}");
    }

    /// Fails unless a look ends with this code and the status names this trouble.
    #[track_caller]
    pub fn must_fail_with(&self, code: &str) {
        let ran = self.sync();
        assert_eq!(ran.code, Some(1), "{}\n{}", ran.out, ran.err);
        assert_eq!(self.borne.network(), code, "{}", ran.err);
    }
}
