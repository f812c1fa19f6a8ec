use proptest::prelude::*;

use super::merged::Merged;
use super::{
    Catalogue, Classification, FileRef, Kind, Playlist, PlaylistItem, Session, SessionKind, Video,
    VideoFile,
};

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

fn session(id: &str, day: i8, video: &str) -> Session {
    Session {
        id: id.into(),
        title: id.into(),
        kind: SessionKind::Cafe,
        starts: jiff::civil::date(2026, 1, day).at(12, 0, 0, 0),
        ends: None,
        place: "En ligne".into(),
        summary: String::new(),
        audiences: vec![],
        univers: vec![],
        rubrique: None,
        videos: vec![video.into()],
        address: "exemple.example".into(),
        url: None,
    }
}

fn playlist(id: &str, video: &str) -> Playlist {
    Playlist {
        id: id.into(),
        title: id.into(),
        summary: String::new(),
        audiences: vec![],
        items: vec![PlaylistItem {
            video: video.into(),
            question: None,
            answers: vec![],
        }],
    }
}

/// A partner with a video, a session and a playlist for each identifier.
fn catalogue<'a>(partner: &str, ids: impl Iterator<Item = (&'a str, i8)> + Clone) -> Catalogue {
    let videos = ids.clone().map(|(id, day)| Video {
        // Partners choose the same codes now and then, a partner never twice.
        code: (day % 2 == 0).then(|| format!("code{id}")),
        ..video(id)
    });
    let sessions = ids.clone().map(|(id, day)| session(id, day, id));
    let playlists = ids.map(|(id, _)| playlist(id, "autre/un"));
    Catalogue {
        format: 1,
        partner: partner.into(),
        partner_name: partner.into(),
        issued: "2026-01-01".parse().unwrap(),
        videos: videos.collect(),
        sessions: sessions.collect(),
        playlists: playlists.collect(),
    }
}

prop_compose! {
    /// Partners with distinct identifiers, one often the beginning of another.
    fn partners()(offers in prop::collection::btree_map(
        "[ab-]{1,3}",
        (1..9_u64, prop::collection::btree_map("[ab-]{1,3}", 1..9_i8, 0..4)),
        0..6,
    )) -> Vec<(u64, Catalogue)> {
        offers.into_iter().map(|(partner, (version, ids))| {
            let ids = ids.iter().map(|(id, day)| (id.as_str(), *day));
            (version, catalogue(&partner, ids))
        }).collect()
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
        prop_assert_eq!(one.sessions.len(), expected);
        prop_assert_eq!(one.playlists.len(), expected);
        let order: Vec<_> = one.sessions.iter().map(|it| (it.session.starts, &it.key)).collect();
        prop_assert!(order.is_sorted(), "{:?}", order);
        let named = one.sessions.iter().flat_map(|it| &it.session.videos);
        prop_assert!(named.clone().all(|video| keys.contains(video)));
        let codes: Vec<_> = one.videos.iter().filter_map(|it| it.video.code.as_ref()).collect();
        let distinct: std::collections::BTreeSet<_> = codes.iter().collect();
        prop_assert_eq!(codes.len(), distinct.len());
    }
}

#[test]
fn a_merged_catalogue_reads_back_as_written() {
    let catalogue = catalogue("forem", [("un", 2)].into_iter());
    let merged = Merged::new(Classification::default(), [(3, catalogue)]);
    let text = serde_json::to_string(&merged).unwrap();
    assert_eq!(serde_json::from_str::<Merged>(&text).unwrap(), merged);
    assert_eq!(merged.version(), "forem=3");
}

#[test]
fn a_code_that_two_partners_chose_goes_on_leading_to_the_first() {
    let coded = |partner: &str| (1, catalogue(partner, [("un", 2)].into_iter()));
    let merged = Merged::new(Classification::default(), [coded("siep"), coded("forem")]);
    let codes: Vec<_> = merged
        .videos
        .iter()
        .map(|entry| (entry.key.as_str(), entry.video.code.as_deref()))
        .collect();
    assert_eq!(codes, [("forem/un", Some("codeun")), ("siep/un", None)]);
}

#[test]
fn what_entries_name_becomes_keys() {
    let catalogue = catalogue("forem", [("un", 2)].into_iter());
    let merged = Merged::new(Classification::default(), [(1, catalogue)]);
    assert_eq!(merged.sessions[0].key, "forem/un");
    assert_eq!(merged.sessions[0].session.videos, ["forem/un"]);
    let playlist = &merged.playlists[0];
    assert_eq!(
        (playlist.key.as_str(), playlist.partner.as_str()),
        ("forem/un", "forem")
    );
    assert_eq!(playlist.playlist.items[0].video, "autre/un");
}

#[test]
fn what_was_published_before_there_was_an_agenda_still_reads() {
    let old = r#"{ "classification": { "format": 1, "univers": [], "rubriques": [] },
        "partners": [], "videos": [] }"#;
    let merged: Merged = serde_json::from_str(old).unwrap();
    assert!(merged.sessions.is_empty() && merged.playlists.is_empty());
    let text = serde_json::to_string(&video("un")).unwrap();
    for new in [
        "likes",
        "code",
        "audio_description",
        "sign_language",
        "gain_centidb",
    ] {
        assert!(
            !text.contains(new),
            "{new} is empty and need not be written"
        );
    }
    assert_eq!(serde_json::from_str::<Video>(&text).unwrap(), video("un"));
}

#[test]
fn renditions_are_the_last_files_of_a_video() {
    let named = |sha256: &str| VideoFile {
        file: FileRef {
            sha256: sha256.into(),
            ..video("un").poster
        },
        ..video("un").media
    };
    let video = Video {
        media: named("main"),
        audio_description: Some(named("described")),
        sign_language: Some(named("signed")),
        ..video("un")
    };
    let files: Vec<_> = video.files().map(|file| file.sha256.as_str()).collect();
    assert_eq!(files[1..], ["main", "described", "signed"]);
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
    let whole = self::catalogue("forem", [("un", 2)].into_iter());
    assert!(validator.is_valid(&serde_json::to_value(whole).unwrap()));
    catalogue["videos"][0]["colour"] = "red".into();
    assert!(!validator.is_valid(&catalogue));
}
