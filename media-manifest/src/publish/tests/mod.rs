//! Publishing with a prober that decodes nothing.

mod borne;
mod content;
mod cuts;
mod elsewhere;
mod firmware;
mod prepared;
mod prune;
mod recovery;
mod renditions;
mod rotation;
mod signing;
mod status;

use std::cell::Cell;
use std::fs;
use std::path::Path;

use jiff::Timestamp;
use tempfile::{TempDir, tempdir};

use crate::publish::{Keys, Media, Outcome, Prober, Publication, PublishError, Refusal, publish};
use crate::source::{Source, default_classification};
use crate::trust::{Client, Datastore, Directory, Now, Update};

fn now() -> Timestamp {
    "2026-06-15T12:00:00Z".parse().unwrap()
}

/// Takes a file that begins with `film` for a video.
#[derive(Default)]
struct Fake {
    probed: Cell<usize>,
    framed: Cell<usize>,
}

impl Prober for Fake {
    fn probe(&self, file: &Path) -> Result<Media, Refusal> {
        self.probed.set(self.probed.get() + 1);
        let content = fs::read(file).unwrap();
        let long = content.starts_with(b"film long");
        if !content.starts_with(b"film") {
            let (problem, remedy) = ("ce n'est pas un film".into(), "tournez-en un".into());
            return Err(Refusal { problem, remedy });
        }
        Ok(Media {
            mime: "video/mp4".into(),
            width: 1280,
            height: 720,
            fps: 25,
            sound: true,
            duration_ms: if long { 22_001 } else { 20_000 },
            gain_centidb: -150,
        })
    }

    fn frame(&self, _: &Path, at_ms: u64, image: &Path) -> Result<(), Refusal> {
        self.framed.set(self.framed.get() + 1);
        assert_eq!(at_ms, 4_000);
        fs::write(image, b"\xff\xd8\xff\xe0").unwrap();
        Ok(())
    }
}

/// A network on disk: sources, keys, repository.
struct Network {
    folder: TempDir,
    fake: Fake,
    now: Timestamp,
}

impl Network {
    fn new(partners: &[&str]) -> Self {
        let folder = tempdir().unwrap();
        let names: Vec<_> = partners.iter().map(ToString::to_string).collect();
        let mut seed = 0;
        let mut next = |bytes: &mut [u8; 32]| {
            seed += 1;
            *bytes = [seed; 32];
            Ok(())
        };
        Keys::create(&folder.path().join("keys"), &names, &mut next).unwrap();
        let network = Self {
            folder,
            fake: Fake::default(),
            now: now(),
        };
        for partner in partners {
            network.offer(partner, &["un"]);
        }
        network
    }

    fn source(&self, partner: &str) -> std::path::PathBuf {
        self.folder.path().join(partner)
    }

    fn repository(&self) -> std::path::PathBuf {
        self.folder.path().join("repository")
    }

    fn offer(&self, partner: &str, videos: &[&str]) {
        let folder = self.source(partner);
        fs::create_dir_all(&folder).unwrap();
        let mut manifest = format!("[partner]\nid = \"{partner}\"\nname = \"{partner}\"\n");
        for id in videos {
            manifest += &format!(
                "[[video]]\nid = \"{id}\"\ntitle = \"{id}\"\nkind = \"metier\"\n\
                 univers = [\"construire\"]\nfile = \"{id}.mp4\"\n"
            );
            let file = folder.join(format!("{id}.mp4"));
            if !file.exists() {
                fs::write(file, format!("film {partner} {id}")).unwrap();
            }
        }
        fs::write(folder.join("manifest.toml"), manifest).unwrap();
    }

    /// Adds lines to the end of a partner's manifest.
    fn append(&self, partner: &str, lines: &str) {
        let path = self.source(partner).join("manifest.toml");
        let manifest = fs::read_to_string(&path).unwrap() + lines;
        fs::write(path, manifest).unwrap();
    }

    fn publish(&self, partners: &[&str]) -> Result<Outcome, PublishError> {
        let classification = default_classification().unwrap();
        let sources: Vec<_> = partners
            .iter()
            .map(|partner| Source::read(&self.source(partner), &classification).unwrap())
            .collect();
        let publication = Publication {
            sources: &sources,
            classification: &classification,
            keys: &Keys::read(&self.folder.path().join("keys")).unwrap(),
            elsewhere: None,
            now: self.now,
        };
        publish(&publication, &self.repository(), &self.fake, &mut |_| {})
    }

    /// What a borne that was given the first root sees.
    fn seen(&self) -> Update {
        let root = fs::read(self.repository().join("metadata/1.root.json")).unwrap();
        let store = tempdir().unwrap();
        let now = Now {
            time: self.now,
            check_expiry: true,
        };
        let store = Datastore::init(store.path(), &root).unwrap();
        let mut client = Client::new(Directory::new(self.repository()), store, now);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(async {
            client.refresh().await.unwrap();
            client.catalogue(None).await.unwrap().into_inner()
        })
    }

    fn tree(&self) -> Vec<(std::path::PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.repository()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else {
                continue;
            };
            for entry in entries {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push((path.clone(), fs::read(path).unwrap()));
                }
            }
        }
        files.sort();
        files
    }
}

fn keys(update: &Update) -> Vec<&str> {
    update
        .merged
        .videos
        .iter()
        .map(|entry| entry.key.as_str())
        .collect()
}

fn signed(outcome: &Outcome) -> Vec<(&str, u64)> {
    outcome
        .signed
        .iter()
        .map(|(role, version)| (role.as_str(), *version))
        .collect()
}
