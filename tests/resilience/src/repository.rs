//! Partners and what they publish: a signed repository in a folder. Its media are bytes that no
//! decoder ever sees.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use media_manifest::publish::{Keys, Media, Prober, Publication, Refusal, SigningKey, publish};
use media_manifest::source::{Source, default_classification};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// Videos of one partner, by identifier and content.
pub type Videos<'a> = &'a [(&'a str, &'a [u8])];

/// The partner of tests that need only one.
pub const PARTNER: &str = "essai";

/// The roles of every repository and the names of the keys that sign them.
const SIGNERS: [(&str, &[&str]); 4] = [
    ("root", &["root-1", "root-2", "root-3"]),
    ("targets", &["targets"]),
    ("snapshot", &["snapshot"]),
    ("timestamp", &["timestamp"]),
];

/// A repository and the sources of its partners.
pub struct Repository {
    folder: TempDir,
    /// Names of the keys that sign a role.
    pub(crate) signers: RefCell<BTreeMap<String, Vec<String>>>,
}

/// Takes anything for a video of 30 s.
struct Believer;

impl Prober for Believer {
    fn probe(&self, _file: &Path) -> Result<Media, Refusal> {
        Ok(Media {
            mime: "video/mp4".to_owned(),
            width: 1280,
            height: 720,
            fps: 25,
            sound: true,
            duration_ms: 30_000,
            gain_centidb: 0,
        })
    }

    fn frame(&self, _file: &Path, _at_ms: u64, image: &Path) -> Result<(), Refusal> {
        fs::write(image, b"\xff\xd8\xff\xe0 frame").unwrap();
        Ok(())
    }
}

impl Repository {
    /// A repository with one partner, signed now.
    #[must_use]
    pub fn with(videos: Videos<'_>) -> Self {
        Self::of(&[(PARTNER, videos)])
    }

    /// A repository with several partners, signed now.
    #[must_use]
    pub fn of(partners: &[(&str, Videos<'_>)]) -> Self {
        let signers = SIGNERS.iter().map(|(role, keys)| {
            let keys = keys.iter().map(|key| (*key).to_owned()).collect();
            ((*role).to_owned(), keys)
        });
        let repository = Self {
            folder: TempDir::new().unwrap(),
            signers: RefCell::new(signers.collect()),
        };
        for (partner, videos) in partners {
            repository.offer_as(partner, videos);
        }
        repository
    }

    /// Publishes these videos in place of those before.
    pub fn offer(&self, videos: Videos<'_>) {
        self.offer_as(PARTNER, videos);
    }

    /// Publishes these videos in place of those that the partner had before.
    pub fn offer_as(&self, partner: &str, videos: Videos<'_>) {
        let role = vec![format!("partner-{partner}")];
        let mut signers = self.signers.borrow_mut();
        signers.entry(partner.to_owned()).or_insert(role);
        drop(signers);
        self.publish_at(partner, videos, borne::clock::now());
    }

    /// Publishes these videos, signed so long ago.
    pub fn offer_signed_before(&self, videos: Videos<'_>, ago: SignedDuration) {
        self.publish_at(PARTNER, videos, borne::clock::now() - ago);
    }

    fn publish_at(&self, partner: &str, videos: Videos<'_>, now: Timestamp) {
        let folder = self.write_source(partner, videos);
        let classification = default_classification().unwrap();
        let source = Source::read(&folder, &classification).unwrap();
        let publication = Publication {
            sources: &[source],
            classification: &classification,
            keys: &self.keys(),
            elsewhere: None,
            now,
        };
        publish(&publication, &self.root(), &Believer, &mut |_| ()).unwrap();
    }

    /// What a web server serves.
    #[must_use]
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("published")
    }

    /// The root of trust as it comes with a borne.
    #[must_use]
    pub fn first_root(&self) -> PathBuf {
        self.root().join("metadata/1.root.json")
    }

    /// The published file of a video with this content.
    #[must_use]
    pub fn media(&self, content: &[u8]) -> PathBuf {
        let name = format!("{}.mp4", sha256(content));
        let mut found = walk(&self.root().join("media")).into_iter();
        let is_it = |path: &PathBuf| path.file_name().is_some_and(|it| *it == *name);
        found.find(is_it).unwrap()
    }

    /// The address of the published file of a video, as a request names it.
    #[must_use]
    pub fn media_path(&self, content: &[u8]) -> String {
        let file = self.media(content);
        let below = file.strip_prefix(self.root()).unwrap();
        format!("/{}", below.display())
    }

    fn keys(&self) -> Keys {
        let signers = self.signers.borrow();
        let named = signers.iter().flat_map(|(role, keys)| match role.as_str() {
            "root" => (1..=3)
                .zip(keys)
                .map(|(number, name)| (format!("root-{number}"), key(name)))
                .collect::<Vec<_>>(),
            "targets" | "snapshot" | "timestamp" => vec![(role.clone(), key(&keys[0]))],
            partner => vec![(format!("partner-{partner}"), key(&keys[0]))],
        });
        Keys::new(named)
    }

    fn write_source(&self, partner: &str, videos: Videos<'_>) -> PathBuf {
        let source = self.folder.path().join("source").join(partner);
        fs::create_dir_all(&source).unwrap();
        let mut manifest = format!("[partner]\nid = \"{partner}\"\nname = \"{partner}\"\n");
        for (id, content) in videos {
            fs::write(source.join(format!("{id}.mp4")), content).unwrap();
            manifest += &format!(
                "\n[[video]]\nid = \"{id}\"\ntitle = \"{id}\"\nkind = \"conseil\"\n\
                 rubrique = \"cv-profil\"\nlanguage = \"fr\"\nfeatured = true\nfile = \"{id}.mp4\"\n"
            );
        }
        fs::write(source.join("manifest.toml"), manifest).unwrap();
        source
    }
}

/// The key of a name: the same name always gives the same key.
#[must_use]
pub fn key(name: &str) -> SigningKey {
    SigningKey::from_seed(&Sha256::digest(name)).unwrap()
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// All files below a folder.
pub(crate) fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(walk(&path));
        } else {
            files.push(path);
        }
    }
    files
}
