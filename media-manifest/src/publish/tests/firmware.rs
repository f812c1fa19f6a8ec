use std::fs;
use std::path::PathBuf;

use jiff::SignedDuration;

use super::borne::Borne;
use super::{Network, keys, signed};
use crate::firmware::{Release, Version};
use crate::publish::{
    FirmwareRefusal, NewFirmware, Outcome, PublishError, offer_firmware, prune, status,
    withdraw_firmware,
};
use crate::trust::{Client, Datastore, Directory, FIRMWARE, Now};

const PRODUCT: &str = "video-borne-amd64";

/// A file as RAUC makes it: squashfs, signature with the manifest in it, length of the signature.
fn bundle(product: &str, version: &str) -> Vec<u8> {
    let manifest =
        format!("[update]\ncompatible={product}\nversion={version}\n\n[bundle]\nformat=verity\n\n");
    let signature = [b"\x30\x82 cms ", manifest.as_bytes(), b"\0\xa0 more \xff"].concat();
    let length = u64::try_from(signature.len()).unwrap().to_be_bytes();
    [&b"hsqs content of the system"[..], &signature, &length].concat()
}

impl Network {
    fn bundle(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    fn offer_system(&self, version: &str) -> Result<(Release, Outcome), PublishError> {
        self.offer_system_of(PRODUCT, version)
    }

    fn offer_system_of(
        &self,
        product: &str,
        version: &str,
    ) -> Result<(Release, Outcome), PublishError> {
        let path = self.bundle("system.raucb", &bundle(product, version));
        self.offer_file(path, version)
    }

    fn offer_file(
        &self,
        bundle: PathBuf,
        version: &str,
    ) -> Result<(Release, Outcome), PublishError> {
        let new = NewFirmware {
            bundle,
            version: version.parse().unwrap(),
            product: None,
        };
        let repository = self.repository();
        offer_firmware(&new, &repository, &self.keys(), self.now, &mut |_| {})
    }

    /// Product and version of the systems that a borne is offered.
    fn systems(&self) -> Vec<(String, Version)> {
        let root = fs::read(self.repository().join("metadata/1.root.json")).unwrap();
        let store = tempfile::tempdir().unwrap();
        let store = Datastore::init(store.path(), &root).unwrap();
        let now = Now {
            time: self.now,
            check_expiry: true,
        };
        let mut client = Client::new(Directory::new(self.repository()), store, now);
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let file = runtime.unwrap().block_on(async {
            client.refresh().await.unwrap();
            client.firmware(None).await.unwrap()
        });
        let releases = file.map_or_else(Vec::new, |file| file.into_inner().firmware.releases);
        releases
            .into_iter()
            .map(|it| (it.product, it.version))
            .collect()
    }
}

fn network() -> Network {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    network
}

fn only(version: &str) -> Vec<(String, Version)> {
    vec![(PRODUCT.to_owned(), version.parse().unwrap())]
}

#[test]
fn an_update_is_signed_with_the_catalogue_and_stays_through_publications() {
    let network = network();
    assert_eq!(network.systems(), []);
    let borne = Borne::of(&network);
    borne.look(&network).unwrap();
    let (release, outcome) = network.offer_system("1.2.0").unwrap();
    assert_eq!(
        signed(&outcome),
        [("targets", 2), ("snapshot", 2), ("timestamp", 2)]
    );
    assert_eq!((outcome.media_added, network.systems()), (1, only("1.2.0")));
    let held = network.repository().join(&release.bundle.urls[0]);
    assert_eq!(fs::read(held).unwrap(), bundle(PRODUCT, "1.2.0"));
    network.offer("forem", &["un", "deux"]);
    network.publish(&["forem"]).unwrap();
    assert_eq!(network.systems(), only("1.2.0"));
    assert_eq!(keys(&borne.look(&network).unwrap()).len(), 2);
    let told = status(&network.repository(), network.now).unwrap();
    assert_eq!(told.firmware, [release]);
}

#[test]
fn the_same_update_again_changes_nothing_and_a_newer_one_takes_its_place() {
    let network = network();
    network.offer_system("1.2.0").unwrap();
    let before = network.tree();
    let (_, again) = network.offer_system("1.2.0").unwrap();
    assert_eq!((again.signed, again.media_added), (Vec::new(), 0));
    assert_eq!(network.tree(), before);
    network.offer_system("1.10.0").unwrap();
    assert_eq!(network.systems(), only("1.10.0"));
}

#[test]
fn what_is_not_newer_or_not_what_it_is_said_to_be_is_not_published() {
    let network = network();
    network.offer_system("1.2.0").unwrap();
    let before = network.tree();
    let other = [
        &bundle(PRODUCT, "1.2.0")[..4],
        b"x",
        &bundle(PRODUCT, "1.2.0")[4..],
    ]
    .concat();
    let good = bundle(PRODUCT, "1.3.0");
    let cases: [(&str, Vec<u8>, &str); 7] = [
        ("older", bundle(PRODUCT, "1.1.9"), "1.1.9"),
        ("the same version with another content", other, "1.2.0"),
        ("another version", bundle(PRODUCT, "1.4.0"), "1.3.0"),
        ("cut", good[..good.len() - 1].to_vec(), "1.3.0"),
        ("no manifest in the signature", plain(), "1.3.0"),
        ("no bundle", b"MZ".to_vec(), "1.3.0"),
        (
            "a product that could not be",
            bundle("../x", "1.3.0"),
            "1.3.0",
        ),
    ];
    for (what, content, version) in cases {
        let path = network.bundle("bad.raucb", &content);
        let error = network.offer_file(path, version).unwrap_err();
        assert!(
            matches!(error, PublishError::Firmware(_)),
            "{what}: {error}"
        );
        assert!(error.sentences()[0].contains("Que faire"), "{what}");
        assert_eq!(network.tree(), before, "{what}");
    }
}

/// A bundle of the plain format, whose manifest is not in its signature.
fn plain() -> Vec<u8> {
    [&b"hsqs content"[..], b"signature", &9_u64.to_be_bytes()].concat()
}

#[test]
fn products_have_a_system_each_and_can_be_left_without() {
    let network = network();
    network.offer_system("1.2.0").unwrap();
    network
        .offer_system_of("video-borne-arm64", "1.0.0")
        .unwrap();
    assert_eq!(network.systems().len(), 2);
    let (repository, at_hand) = (network.repository(), network.keys());
    let withdraw = |product| withdraw_firmware(product, &repository, &at_hand, network.now);
    withdraw("video-borne-arm64").unwrap();
    assert_eq!(network.systems(), only("1.2.0"));
    withdraw(PRODUCT).unwrap();
    assert_eq!(network.systems(), []);
    let error = withdraw(PRODUCT).unwrap_err();
    assert!(matches!(
        error,
        PublishError::Firmware(FirmwareRefusal::NotOffered { .. })
    ));
}

#[test]
fn what_is_offered_is_kept_and_what_it_replaced_goes_after_its_grace() {
    let mut network = network();
    let (old, _) = network.offer_system("1.2.0").unwrap();
    let (new, _) = network.offer_system("1.3.0").unwrap();
    let pruned = |network: &Network| {
        let month = SignedDuration::from_hours(24 * 30);
        prune(&network.repository(), month, false, network.time()).unwrap()
    };
    pruned(&network);
    network.wait(30);
    assert!(pruned(&network).removed.contains(&old.bundle.urls[0]));
    assert!(network.repository().join(&new.bundle.urls[0]).exists());
    network.publish(&["forem"]).unwrap();
    assert_eq!(network.systems(), only("1.3.0"));
}

#[test]
fn with_the_list_of_systems_missing_nothing_is_pruned_and_it_can_be_published_again() {
    let network = network();
    network.offer_system("1.2.0").unwrap();
    let targets = network.repository().join("targets");
    let files = fs::read_dir(&targets).unwrap().map(|it| it.unwrap().path());
    let lists: Vec<_> = files
        .filter(|path| path.to_str().unwrap().ends_with(FIRMWARE))
        .collect();
    fs::remove_file(&lists[0]).unwrap();
    let error = prune(
        &network.repository(),
        SignedDuration::ZERO,
        false,
        network.now,
    );
    assert!(matches!(error, Err(PublishError::Repository { .. })));
    network.offer_system("1.2.0").unwrap();
    assert_eq!(network.systems(), only("1.2.0"));
}

#[test]
fn without_the_keys_of_the_network_nothing_is_offered() {
    let network = network();
    network.lose(&["targets"]);
    let before = network.tree();
    let error = network.offer_system("1.2.0").unwrap_err();
    assert!(matches!(error, PublishError::Key { .. }), "{error}");
    // The bundle has no name yet: it goes with the next pruning.
    let metadata = |tree: Vec<(PathBuf, Vec<u8>)>| {
        let kept = tree.into_iter();
        let kept = kept.filter(|(path, _)| path.extension().is_some_and(|it| it == "json"));
        kept.collect::<Vec<_>>()
    };
    assert_eq!(metadata(network.tree()), metadata(before));
}
