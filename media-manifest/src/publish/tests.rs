use std::cell::Cell;
use std::fs;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use tempfile::{TempDir, tempdir};

use super::{Keys, Media, Outcome, Prober, Publication, PublishError, Refusal, publish};
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
        if !fs::read(file).unwrap().starts_with(b"film") {
            let (problem, remedy) = ("ce n'est pas un film".into(), "tournez-en un".into());
            return Err(Refusal { problem, remedy });
        }
        Ok(Media {
            mime: "video/mp4".into(),
            width: 1280,
            height: 720,
            fps: 25,
            sound: true,
            duration_ms: 20_000,
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

#[test]
fn what_is_published_is_what_a_borne_sees() {
    let network = Network::new(&["forem", "siep"]);
    let outcome = network.publish(&["forem", "siep"]).unwrap();
    assert_eq!(
        signed(&outcome),
        [
            ("root", 1),
            ("forem", 1),
            ("siep", 1),
            ("targets", 1),
            ("snapshot", 1),
            ("timestamp", 1)
        ]
    );
    let update = network.seen();
    assert!(update.failures.is_empty(), "{:?}", update.failures);
    assert_eq!(keys(&update), ["forem/un", "siep/un"]);
    for file in update
        .merged
        .videos
        .iter()
        .flat_map(|entry| entry.video.files())
    {
        let bytes = fs::read(network.repository().join(&file.urls[0])).unwrap();
        assert_eq!(bytes.len() as u64, file.length);
    }
}

#[test]
fn publishing_again_with_nothing_changed_writes_nothing_and_decodes_nothing() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let before = network.tree();
    let again = network.publish(&["forem"]).unwrap();
    assert_eq!(again.signed, []);
    assert_eq!(again.media_added, 0);
    assert_eq!(network.tree(), before);
    assert_eq!(
        (network.fake.probed.get(), network.fake.framed.get()),
        (1, 1)
    );
}

#[test]
fn adding_and_removing_a_video_raises_the_versions_it_must() {
    let network = Network::new(&["forem", "siep"]);
    network.publish(&["forem", "siep"]).unwrap();
    network.offer("forem", &["un", "deux"]);
    let added = network.publish(&["forem", "siep"]).unwrap();
    assert_eq!(
        signed(&added),
        [("forem", 2), ("snapshot", 2), ("timestamp", 2)]
    );
    assert_eq!(keys(&network.seen()), ["forem/deux", "forem/un", "siep/un"]);
    network.offer("forem", &["deux"]);
    let removed = network.publish(&["forem", "siep"]).unwrap();
    assert_eq!(
        signed(&removed),
        [("forem", 3), ("snapshot", 3), ("timestamp", 3)]
    );
    assert_eq!(keys(&network.seen()), ["forem/deux", "siep/un"]);
}

#[test]
fn a_changed_video_is_a_new_revision_and_keeps_its_first_day() {
    let mut network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let first = network.seen().merged.videos[0].video.clone();
    network.now = now() + SignedDuration::from_hours(72);
    fs::write(network.source("forem").join("un.mp4"), "film remonté").unwrap();
    network.publish(&["forem"]).unwrap();
    let second = network.seen().merged.videos[0].video.clone();
    assert_eq!((first.revision, second.revision), (1, 2));
    assert_eq!(first.added, second.added);
    assert_ne!(first.media.file.sha256, second.media.file.sha256);
}

#[test]
fn a_partner_that_is_not_published_this_time_stays() {
    let network = Network::new(&["forem", "siep"]);
    network.publish(&["forem", "siep"]).unwrap();
    fs::remove_file(network.folder.path().join("keys/partner-siep.pem")).unwrap();
    network.offer("forem", &["un", "deux"]);
    network.publish(&["forem"]).unwrap();
    let update = network.seen();
    assert!(update.failures.is_empty(), "{:?}", update.failures);
    assert_eq!(keys(&update), ["forem/deux", "forem/un", "siep/un"]);
}

#[test]
fn a_problem_in_one_source_publishes_nothing_of_any() {
    let network = Network::new(&["forem", "siep"]);
    network.publish(&["forem", "siep"]).unwrap();
    let before = network.tree();
    network.offer("forem", &["un", "deux"]);
    network.offer("siep", &["un", "rate"]);
    fs::write(network.source("siep").join("rate.mp4"), "texte").unwrap();
    let error = network.publish(&["forem", "siep"]).unwrap_err();
    let PublishError::Problems(problems) = error else {
        panic!("{error}")
    };
    assert_eq!(problems.len(), 1);
    assert_eq!(
        (problems[0].field.as_str(), problems[0].line),
        ("file", Some(15))
    );
    assert_eq!(network.tree(), before);
}

#[test]
fn one_partner_has_one_source() {
    let network = Network::new(&["forem"]);
    let error = network.publish(&["forem", "forem"]).unwrap_err();
    assert!(matches!(error, PublishError::Problems(_)));
}

#[test]
fn a_missing_key_is_named_and_nothing_is_signed() {
    let network = Network::new(&["forem"]);
    fs::remove_file(network.folder.path().join("keys/partner-forem.pem")).unwrap();
    let error = network.publish(&["forem"]).unwrap_err();
    assert!(matches!(error, PublishError::Key { name, .. } if name == "partner-forem"));
    assert!(!network.repository().join("metadata").exists());
}

#[test]
fn keys_of_another_repository_are_refused() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let key = network.folder.path().join("keys/timestamp.pem");
    fs::copy(network.folder.path().join("keys/snapshot.pem"), key).unwrap();
    let error = network.publish(&["forem"]).unwrap_err();
    assert!(matches!(error, PublishError::ForeignKey { name } if name == "timestamp"));
}

#[test]
fn signatures_are_renewed_at_half_their_life_with_the_root_offline() {
    let mut network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    for number in 1..=3 {
        fs::remove_file(
            network
                .folder
                .path()
                .join(format!("keys/root-{number}.pem")),
        )
        .unwrap();
    }
    network.now = now() + SignedDuration::from_hours(24 * 14);
    assert_eq!(signed(&network.publish(&["forem"]).unwrap()), []);
    network.now = now() + SignedDuration::from_hours(24 * 16);
    assert_eq!(
        signed(&network.publish(&["forem"]).unwrap()),
        [("timestamp", 2)]
    );
    network.now = now() + SignedDuration::from_hours(24 * 400);
    let late = network.publish(&["forem"]).unwrap();
    assert_eq!(late.expiring, ["root"]);
    assert_eq!(keys(&network.seen()), ["forem/un"]);
}

#[test]
fn the_root_is_signed_anew_when_it_ages_and_its_keys_are_at_hand() {
    let mut network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    network.now = now() + SignedDuration::from_hours(24 * 400);
    let outcome = network.publish(&["forem"]).unwrap();
    assert!(signed(&outcome).contains(&("root", 2)));
    assert_eq!(keys(&network.seen()), ["forem/un"]);
}

#[test]
fn keys_are_private_and_never_overwritten() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempdir().unwrap();
    let create = |byte: u8| {
        let mut seed = |bytes: &mut [u8; 32]| {
            *bytes = [byte; 32];
            Ok(())
        };
        Keys::create(folder.path(), &["forem".into()], &mut seed).unwrap()
    };
    assert_eq!(create(1).made.len(), 7);
    let path = folder.path().join("targets.pem");
    let before = fs::read(&path).unwrap();
    assert_eq!(create(2).kept.len(), 7);
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    fs::write(&path, "abc").unwrap();
    assert!(
        matches!(Keys::read(folder.path()), Err(PublishError::Key { name, .. }) if name == "targets")
    );
}

#[test]
fn two_publications_at_once_do_not_mix() {
    let network = Network::new(&["forem"]);
    let _held = super::files::lock(&network.repository()).unwrap();
    let error = network.publish(&["forem"]).unwrap_err();
    assert!(matches!(error, PublishError::Busy { .. }));
}

#[test]
fn a_source_edited_later_does_not_change_what_was_published() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let before = network.tree();
    let path = network.source("forem").join("un.mp4");
    let mut file = fs::OpenOptions::new().write(true).open(path).unwrap();
    std::io::Write::write_all(&mut file, b"autre").unwrap();
    assert_eq!(network.tree(), before);
}
