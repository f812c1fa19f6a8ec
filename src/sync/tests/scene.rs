//! A borne beside a repository that a server serves.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::clock::Clock;
use crate::fixtures::repository::{PRODUCT, Repository};
use crate::fixtures::server::{Reply, Request, Server};
use crate::fixtures::{Standing, settings};
use crate::http::Http;
use crate::settings::{Firmware, Settings};
use crate::status::sync::Report;
use crate::store::{Cache, Generation, Media, generation};
use crate::sync::{Folder, Outcome, Round, Source, SyncError};

pub const NOW: &str = "2026-11-21T10:00:00Z";
pub const ONE: (&str, &[u8]) = ("un", b"first video");
pub const TWO: (&str, &[u8]) = ("deux", b"second video");

/// A borne beside a repository that a server serves.
pub struct Scene {
    pub folder: TempDir,
    pub settings: Settings,
    pub repository: Repository,
    pub server: Server,
}

impl Scene {
    pub fn new(videos: &[(&str, &[u8])]) -> Self {
        Self::with(videos, |_| None)
    }

    pub fn with(
        videos: &[(&str, &[u8])],
        change: impl FnMut(&Request) -> Option<Reply> + Send + 'static,
    ) -> Self {
        let folder = TempDir::new().unwrap();
        let repository = Repository::with(videos);
        repository.trust(folder.path());
        let server = Server::folder(repository.root(), change);
        Self {
            settings: settings(folder.path(), &server.url),
            folder,
            repository,
            server,
        }
    }

    /// The borne replaces its own system, of which this version runs.
    pub fn runs(&mut self, version: &str) {
        let version_file = self.folder.path().join("version");
        fs::write(&version_file, version).unwrap();
        self.settings.firmware = Some(Firmware {
            product: PRODUCT.to_owned(),
            version_file,
            hours: None,
        });
    }

    pub fn data(&self) -> &Path {
        &self.settings.storage.data
    }

    pub async fn look(&self) -> Result<Outcome, SyncError> {
        self.look_at(&Standing::synced(NOW)).await
    }

    pub async fn look_at(&self, clock: &dyn Clock) -> Result<Outcome, SyncError> {
        fs::create_dir_all(self.data()).unwrap();
        let round = Round {
            settings: &self.settings,
            source: Source::Web(&Http::new(None).unwrap()),
            cache: &Cache::open(self.data()).unwrap(),
            clock,
            report: &Report::start(self.data(), clock.read().time),
        };
        round.run().await
    }

    pub async fn import(&self) -> Result<Outcome, SyncError> {
        self.import_from(&self.repository.root()).await
    }

    pub async fn import_from(&self, folder: &Path) -> Result<Outcome, SyncError> {
        self.import_at(folder, &Standing::synced(NOW)).await
    }

    pub async fn import_at(&self, folder: &Path, clock: &dyn Clock) -> Result<Outcome, SyncError> {
        fs::create_dir_all(self.data()).unwrap();
        let round = Round {
            settings: &self.settings,
            source: Source::Folder(&Folder::new(folder)),
            cache: &Cache::open(self.data()).unwrap(),
            clock,
            report: &Report::start(self.data(), clock.read().time),
        };
        round.run().await
    }

    /// Keeps the repository as it is now.
    pub fn copy_repository(&self, to: &Path) {
        copy_tree(&self.repository.root(), to);
    }

    pub fn current(&self) -> Generation {
        generation::load_current(self.data()).unwrap().unwrap()
    }

    /// Keys of the videos that can be shown: each file of theirs is there and right.
    pub fn shown(&self) -> Vec<String> {
        let media = Media::new(self.data());
        let current = self.current();
        let whole = current.merged.videos.iter().filter(|entry| {
            let mut files = entry.video.files();
            files.all(|file| media.path(file).is_some() && media.verify(file).unwrap())
        });
        whole.map(|entry| entry.key.clone()).collect()
    }

    /// Where the repository serves this content.
    pub fn published(&self, content: &[u8]) -> PathBuf {
        let name = hex::encode(Sha256::digest(content));
        self.repository.file("media", &format!("{name}.mp4"))
    }
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
