use proptest::prelude::*;

use super::{FORMAT, Firmware, Release, Version};
use crate::catalogue::FileRef;
use crate::check;
use crate::trust::{CatalogueError, read_firmware};

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

fn release(product: &str, of: &str) -> Release {
    Release {
        product: product.to_owned(),
        version: version(of),
        bundle: FileRef {
            sha256: "ab".repeat(32),
            length: 300_000_000,
            urls: vec![format!("media/ab/{}.raucb", "ab".repeat(32))],
        },
    }
}

fn read(firmware: &Firmware) -> Result<Firmware, CatalogueError> {
    read_firmware(&serde_json::to_vec(firmware).unwrap())
}

#[test]
fn versions_are_in_the_order_of_semantic_versioning() {
    let ordered = [
        "0.9.10",
        "0.10.0",
        "1.0.0-rc.2",
        "1.0.0-rc.10",
        "1.0.0",
        "1.0.1",
        "2.0.0-a",
        "10.0.0",
    ];
    for pair in ordered.windows(2) {
        assert!(version(pair[0]) < version(pair[1]), "{pair:?}");
    }
}

#[test]
fn what_is_no_version_is_refused() {
    let long = format!("1.0.0-{}", "a".repeat(64));
    for text in [
        "",
        "1",
        "1.0",
        "v1.0.0",
        "1.0.0+7",
        "01.0.0",
        "1.0.0 ",
        "../1.0.0",
        "1.0.0-a/b",
        &long,
    ] {
        assert!(text.parse::<Version>().is_err(), "{text}");
    }
}

#[test]
fn a_product_has_one_release_and_another_product_keeps_its_own() {
    let firmware = Firmware::default()
        .with(release("video-borne-arm64", "1.0.0"))
        .with(release("video-borne-amd64", "1.0.0"))
        .with(release("video-borne-amd64", "1.1.0"));
    let offered = |product| firmware.of(product).map(|it| it.version.to_string());
    assert_eq!(offered("video-borne-amd64").as_deref(), Some("1.1.0"));
    assert_eq!(offered("video-borne-arm64").as_deref(), Some("1.0.0"));
    assert_eq!(offered("other"), None);
    assert_eq!(read(&firmware).unwrap(), firmware);
    assert_eq!(firmware.without("video-borne-amd64").releases.len(), 1);
}

type Break = fn(&mut Firmware);

#[test]
fn what_could_not_be_installed_is_refused_with_its_field() {
    let changes: [(&str, Break); 9] = [
        ("format", |it| it.format = FORMAT + 1),
        ("product", |it| it.releases[0].product = "Video".to_owned()),
        ("product", |it| it.releases.push(it.releases[0].clone())),
        ("bundle.sha256", |it| {
            it.releases[0].bundle.sha256 = "x".to_owned();
        }),
        ("bundle.length", |it| it.releases[0].bundle.length = 0),
        ("bundle.length", |it| it.releases[0].bundle.length = 1 << 40),
        ("bundle.urls", |it| it.releases[0].bundle.urls.clear()),
        ("bundle.urls", |it| {
            it.releases[0].bundle.urls = vec!["../x".to_owned()];
        }),
        ("releases", |it| {
            let number = |index: usize| release(&format!("product-{index}"), "1.0.0");
            it.releases = (0..100).map(number).collect();
        }),
    ];
    for (field, change) in changes {
        let mut firmware = Firmware::default().with(release("video-borne-amd64", "1.0.0"));
        change(&mut firmware);
        let Err(CatalogueError::Refused { problems, .. }) = read(&firmware) else {
            panic!("{field}: accepted");
        };
        assert_eq!(problems[0].field, field, "{problems:?}");
        assert_eq!(problems, check::firmware(&firmware));
    }
}

#[test]
fn what_is_not_of_this_form_names_the_field() {
    let good = serde_json::to_string(&Firmware::default().with(release("p", "1.0.0"))).unwrap();
    for (from, to, field) in [
        ("\"format\":1", "\"format\":1,\"more\":1", "more"),
        ("\"1.0.0\"", "\"1.0\"", "releases[0].version"),
        (
            "\"length\":300000000",
            "\"length\":-1",
            "releases[0].bundle.length",
        ),
        ("\"product\":\"p\",", "", "releases[0]"),
        (
            "\"product\":\"p\"",
            "\"product\":\"p\",\"product\":\"q\"",
            "releases[0]",
        ),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good);
        let error = read_firmware(bad.as_bytes()).unwrap_err();
        let CatalogueError::Malformed { field: found, .. } = &error else {
            panic!("{error}");
        };
        assert_eq!(found, field, "{error}");
    }
    assert!(read_firmware(&[good.as_bytes(), b"{}"].concat()).is_err());
}

proptest! {
    #[test]
    fn any_release_is_read_as_it_was_written(
        product in "[a-z0-9-]{1,64}",
        numbers in (0..u64::MAX, 0..u64::MAX, 0..u64::MAX),
        bytes in prop::array::uniform32(any::<u8>()),
        length in 1..=crate::check::limits::BUNDLE_BYTES,
    ) {
        let (major, minor, patch) = numbers;
        let text = format!("{major}.{minor}.{patch}");
        let mut release = release(&product, "1.0.0");
        prop_assume!(text.len() <= crate::check::limits::VERSION_CHARS);
        release.version = version(&text);
        release.bundle.sha256 = hex::encode(bytes);
        release.bundle.length = length;
        let firmware = Firmware::default().with(release);
        prop_assert_eq!(read(&firmware).unwrap(), firmware);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_firmware(&bytes);
    }
}
