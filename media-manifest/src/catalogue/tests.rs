use proptest::prelude::*;

use super::merged::Merged;
use super::{Catalogue, Classification, FileRef, Kind, Video, VideoFile};

fn video(id: &str) -> Video {
    let file = FileRef {
        sha256: "ab".repeat(32),
        length: 1,
        urls: vec!["media/x".into()],
    };
    Video {
        id: id.into(),
        revision: 1,
        kind: Kind::Metier,
        title: id.into(),
        aliases: vec![],
        keywords: vec![],
        summary: String::new(),
        univers: vec!["construire".into()],
        rubrique: None,
        likes: vec![],
        code: None,
        language: "fr".into(),
        duration_ms: 1,
        priority: 0,
        featured: false,
        added: "2026-01-01".parse().unwrap(),
        media: VideoFile {
            file: file.clone(),
            mime: "video/mp4".into(),
            width: 1,
            height: 1,
            fps: 1,
            sound: false,
            gain_centidb: 0,
        },
        audio_description: None,
        sign_language: None,
        poster: file,
        captions: vec![],
        transcript: None,
    }
}

prop_compose! {
    /// Partners with distinct identifiers, one often the beginning of another.
    fn partners()(offers in prop::collection::btree_map(
        "[ab-]{1,3}",
        (1..9_u64, prop::collection::btree_set("[ab-]{1,3}", 0..4)),
        0..6,
    )) -> Vec<(u64, Catalogue)> {
        offers.into_iter().map(|(partner, (version, ids))| (version, Catalogue {
            format: 1,
            partner_name: partner.clone(),
            partner,
            issued: "2026-01-01".parse().unwrap(),
            videos: ids.iter().map(|id| video(id)).collect(),
            sessions: vec![],
            playlists: vec![],
        })).collect()
    }
}

proptest! {
    #[test]
    fn merging_does_not_depend_on_order(
        (sorted, shuffled) in partners().prop_flat_map(|all| {
            (Just(all.clone()), Just(all).prop_shuffle())
        })
    ) {
        let one = Merged::new(Classification::default(), sorted.clone());
        let other = Merged::new(Classification::default(), shuffled);
        prop_assert_eq!(&one, &other);
        let keys: Vec<_> = one.videos.iter().map(|entry| entry.key.clone()).collect();
        let expected: usize = sorted.iter().map(|(_, catalogue)| catalogue.videos.len()).sum();
        prop_assert_eq!(keys.len(), expected);
        prop_assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", keys);
    }
}

#[test]
fn a_merged_catalogue_reads_back_as_written() {
    let catalogue = Catalogue {
        format: 1,
        partner: "forem".into(),
        partner_name: "Le Forem".into(),
        issued: "2026-01-01".parse().unwrap(),
        videos: vec![video("un")],
        sessions: vec![],
        playlists: vec![],
    };
    let merged = Merged::new(Classification::default(), [(3, catalogue)]);
    let text = serde_json::to_string(&merged).unwrap();
    assert_eq!(serde_json::from_str::<Merged>(&text).unwrap(), merged);
    assert_eq!(merged.version(), "forem=3");
}

#[test]
fn the_schema_in_the_repository_is_the_one_of_the_types() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/catalogue.schema.json");
    let written = std::fs::read_to_string(path).unwrap();
    // When this fails: media-manifest schema > media-manifest/schema/catalogue.schema.json
    assert_eq!(written.trim_end(), super::schema().unwrap());
}

#[test]
fn the_schema_admits_a_catalogue_and_refuses_an_unknown_field() {
    let schema: serde_json::Value = serde_json::from_str(&super::schema().unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut catalogue = serde_json::json!({
        "format": 1, "partner": "forem", "partner_name": "Le Forem", "issued": "2026-01-01",
        "videos": [serde_json::to_value(video("un")).unwrap()],
    });
    assert!(validator.is_valid(&catalogue));
    catalogue["videos"][0]["colour"] = "red".into();
    assert!(!validator.is_valid(&catalogue));
}
