use jiff::civil::{Date, date};
use media_manifest::catalogue::{Kind, Track, Video};
use proptest::prelude::*;
use proptest::sample::Index as Pick;

use super::fixture::{TODAY, captioned, catalogue, file, merged, named_in_2021, spoken, video};
use super::{Catalogue, Item};

fn ids(items: &[&Item]) -> Vec<String> {
    items.iter().map(|item| item.video.id.clone()).collect()
}

fn counts(catalogue: &Catalogue) -> Vec<(String, usize)> {
    let groups = catalogue.univers().iter().chain(catalogue.rubriques());
    groups
        .map(|group| (group.id.clone(), group.count))
        .collect()
}

fn conseil(id: &str) -> Video {
    Video {
        kind: Kind::Conseil,
        ..video(id, id)
    }
}

#[test]
fn groups_come_in_the_order_of_the_classification_with_the_empty_ones() {
    let catalogue = catalogue(named_in_2021());
    let expected = [
        ("nature", 0),
        ("informatique", 2),
        ("bureau", 1),
        ("cv", 6),
        ("chercher", 3),
        ("contacter", 2),
        ("entretien", 2),
        ("langues", 2),
        ("demarches", 1),
        ("activite", 0),
    ];
    assert_eq!(
        counts(&catalogue),
        expected.map(|(id, count)| (id.to_owned(), count))
    );
    for group in catalogue.univers() {
        assert_eq!(catalogue.in_univers(&group.id).len(), group.count);
    }
    for group in catalogue.rubriques() {
        assert_eq!(catalogue.in_rubrique(&group.id).len(), group.count);
    }
    assert!(catalogue.in_univers("inconnu").is_empty());
}

#[test]
fn a_colour_that_cannot_be_read_gives_a_neutral_ground() {
    let catalogue = catalogue([]);
    assert_eq!(catalogue.univers()[0].rgb(), [0x0b, 0x5d, 0x8a]);
    assert_eq!(catalogue.rubriques()[0].rgb(), [0x37, 0x47, 0x4f]);
}

#[test]
fn a_video_that_cannot_play_is_known_but_in_no_list() {
    let mut catalogue = catalogue(named_in_2021());
    catalogue.set_available(|video| video.id != "video-17");
    let item = catalogue.video("demo/video-17").expect("the video");
    assert!(!item.available);
    assert_eq!(item.group_names, ["Bureau, gestion, finances"]);
    let bureau = catalogue
        .univers()
        .iter()
        .find(|group| group.id == "bureau");
    assert_eq!(bureau.map(|group| group.count), Some(0));
    let lists = [
        catalogue.in_univers("bureau"),
        catalogue.of_kind(Kind::Metier),
        catalogue.featured(),
        catalogue.attract(),
        catalogue.related("demo/video-18"),
    ];
    assert!(
        lists
            .iter()
            .all(|list| !ids(list).contains(&"video-17".to_owned()))
    );
    assert!(catalogue.video("demo/inconnue").is_none());
    catalogue.set_available(|_| true);
    assert_eq!(ids(&catalogue.in_univers("bureau")), ["video-17"]);
}

#[test]
fn the_home_screen_alternates_trades_and_advice_featured_first_then_newest() {
    let added = |mut video: Video, day: Date, featured: bool| {
        video.added = day;
        video.featured = featured;
        video
    };
    let catalogue = catalogue([
        added(video("m-old", "m"), date(2020, 1, 1), false),
        added(video("m-new", "m"), date(2025, 1, 1), false),
        added(video("m-first", "m"), date(2019, 1, 1), true),
        added(conseil("c-first"), date(2018, 1, 1), true),
        added(conseil("c-second"), date(2017, 1, 1), true),
        added(conseil("c-old"), date(2016, 1, 1), false),
    ]);
    assert_eq!(
        ids(&catalogue.featured()),
        ["m-first", "c-first", "c-second", "m-new", "c-old", "m-old"]
    );
}

#[test]
fn the_attract_loop_shows_the_featured_ones_those_with_captions_first() {
    let mut videos = vec![video("a", "a"), video("b", "b"), captioned("c", "c")];
    assert_eq!(ids(&catalogue(videos.clone()).attract()), ["c", "a", "b"]);
    videos[1].featured = true;
    assert_eq!(ids(&catalogue(videos).attract()), ["b"]);
}

#[test]
fn related_videos_share_the_group_then_words_then_the_kind() {
    let group = |id: &str, title: &str, univers: &str| Video {
        univers: vec![univers.to_owned()],
        ..video(id, title)
    };
    let catalogue = catalogue([
        group("self", "Analyste financier.ère", "bureau"),
        group("words", "Analystes business", "informatique"),
        group("group", "Comptable", "bureau"),
        group("both", "Conseillère financière analyste", "bureau"),
        group("kind", "Jardinier", "nature"),
        conseil("other"),
    ]);
    assert_eq!(
        ids(&catalogue.related("demo/self")),
        ["both", "group", "words", "kind", "other"]
    );
    assert!(catalogue.related("demo/inconnue").is_empty());
}

#[test]
fn what_came_within_sixty_days_is_new() {
    for (added, is_new) in [
        (TODAY, true),
        (date(2026, 1, 2), true),
        (date(2026, 1, 1), false),
        (date(2026, 3, 3), false),
    ] {
        let catalogue = catalogue([Video {
            added,
            ..video("a", "a")
        }]);
        let item = catalogue.video("demo/a").expect("the video");
        assert_eq!(item.is_new, is_new, "{added}");
    }
}

#[test]
fn captions_are_in_the_language_spoken_else_french_else_any() {
    let track = |language: &str| Track {
        language: language.to_owned(),
        file: file(language),
    };
    for (spoken, tracks, chosen) in [
        ("nl", &["fr", "nl-BE"][..], Some("nl-BE")),
        ("en", &["de", "fr-BE"], Some("fr-BE")),
        ("en", &["de", "it"], Some("de")),
        ("en", &[], None),
    ] {
        let catalogue = catalogue([Video {
            language: spoken.to_owned(),
            captions: tracks.iter().map(|language| track(language)).collect(),
            ..video("a", "a")
        }]);
        let item = catalogue.video("demo/a").expect("the video");
        let language = item.captions().map(|track| track.language.as_str());
        assert_eq!(language, chosen);
        assert_eq!(item.has_captions(), chosen.is_some());
    }
}

#[test]
fn cues_come_back_and_a_transcript_stands_in_for_bad_captions() {
    let mut both = captioned("a", "a");
    both.transcript = Some(file("a.txt"));
    let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\nBonjour\nà tous\n";
    for (files, text, cues) in [
        (
            &[("a.vtt", vtt), ("a.txt", "Texte.")][..],
            "Bonjour\nà tous",
            1,
        ),
        (
            &[("a.vtt", "pas du WebVTT"), ("a.txt", "Texte.")],
            "Texte.",
            0,
        ),
        (&[("a.txt", "Texte.")], "Texte.", 0),
        (&[], "", 0),
    ] {
        let catalogue = spoken([both.clone()], files);
        let item = catalogue.video("demo/a").expect("the video");
        assert_eq!(item.spoken_text(), text);
        assert_eq!(item.cues().len(), cues);
        assert!(
            item.cues()
                .iter()
                .all(|cue| cue.lines == ["Bonjour", "à tous"])
        );
    }
}

#[test]
fn browsing_comes_before_reading_and_searching() {
    let catalogue = Catalogue::browsing(&merged(named_in_2021()), |_| true, TODAY);
    assert_eq!(catalogue.featured().len(), 19);
    assert!(catalogue.search("analyste", 10).is_empty());
    assert!(!catalogue.related("demo/video-17").is_empty());
}

#[test]
fn no_video_and_one_video_are_catalogues_too() {
    let none = catalogue([]);
    assert!(none.featured().is_empty() && none.attract().is_empty());
    let one = catalogue([video("a", "a")]);
    assert_eq!(ids(&one.featured()), ["a"]);
    assert!(one.related("demo/a").is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn lists_do_not_depend_on_the_order_in_which_videos_are_read(
        moves in prop::collection::vec(any::<(Pick, Pick)>(), 0..20)
    ) {
        let mut videos = named_in_2021();
        let expected = catalogue(videos.clone());
        for (a, b) in moves {
            videos.swap(a.index(19), b.index(19));
        }
        let shuffled = catalogue(videos);
        prop_assert_eq!(ids(&shuffled.featured()), ids(&expected.featured()));
        prop_assert_eq!(ids(&shuffled.in_rubrique("cv")), ids(&expected.in_rubrique("cv")));
        for key in ["demo/video-01", "demo/video-17"] {
            prop_assert_eq!(ids(&shuffled.related(key)), ids(&expected.related(key)));
        }
    }
}
