use std::collections::BTreeMap;

use media_manifest::catalogue::Kind;

use super::*;
use crate::catalogue::Title;
use crate::store::bornes::{Contact, HostKind};
use crate::store::figures::VideoFigures;

fn now() -> Timestamp {
    "2026-11-21T10:20:00Z".parse().unwrap()
}

fn borne(silence: Option<i64>, active: bool) -> Borne {
    Borne {
        id: "mons".to_owned(),
        site: "Mons".to_owned(),
        host_kind: HostKind::Cefo,
        active,
        contact: silence.map(|silence| Contact {
            at: now().as_second() - silence,
            sent_at: 0,
            clock: "synced".to_owned(),
            uptime_ms: 0,
            firmware: "0.1.0".to_owned(),
            catalogue_version: "forem=3,siep=2".to_owned(),
        }),
    }
}

fn board(figures: &Figures, bornes: &[Borne], shelf: &Shelf) -> Dashboard {
    Dashboard::new(&Source {
        figures,
        bornes,
        shelf,
        now: now(),
        whole: false,
    })
}

fn video(key: &str, plays: i64, completed: i64, part: usize) -> VideoFigures {
    let mut figures = VideoFigures {
        key: key.to_owned(),
        plays,
        completed,
        ..Default::default()
    };
    figures.parts[part] = plays;
    figures
}

#[test]
fn a_borne_is_online_quiet_silent_new_or_revoked() {
    for (borne, state, words) in [
        (borne(Some(60), true), State::Online, "en ligne"),
        (
            borne(Some(7_200), true),
            State::Quiet,
            "silencieuse depuis 2 heures",
        ),
        (
            borne(Some(86_400 * 6), true),
            State::Silent,
            "silencieuse depuis 6 jours",
        ),
        (borne(None, true), State::New, "pas encore de contact"),
        (borne(Some(60), false), State::Revoked, "révoquée"),
    ] {
        let board = board(&Figures::default(), &[borne], &Shelf::default());
        assert_eq!(
            (board.bornes[0].state, board.bornes[0].state_words.as_str()),
            (state, words)
        );
    }
}

#[test]
fn a_borne_with_an_older_catalogue_is_late_only_when_the_published_one_is_known() {
    let bornes = [borne(Some(60), true)];
    for (version, freshness) in [
        ("forem=3,siep=2", "à jour"),
        ("forem=4,siep=2", "en retard"),
        ("", ""),
    ] {
        let shelf = Shelf {
            version: version.to_owned(),
            ..Shelf::default()
        };
        let board = board(&Figures::default(), &bornes, &shelf);
        assert_eq!(board.bornes[0].freshness, freshness);
        assert_eq!(board.bornes[0].catalogue, "forem 3 · siep 2");
    }
}

#[test]
fn few_plays_show_counts_and_many_a_share() {
    let figures = Figures {
        videos: vec![video("a/b", 10, 5, 14), video("a/c", 3, 2, 19)],
        ..Figures::default()
    };
    let rows = board(&figures, &[], &Shelf::default()).videos;
    assert_eq!(
        (rows[0].completed.as_str(), rows[0].bar),
        ("50\u{202f}%", 100)
    );
    assert_eq!(rows[0].median, "70–75\u{202f}%");
    assert_eq!((rows[1].completed.as_str(), rows[1].bar), ("2 sur 3", 30));
    assert_eq!(rows[1].median, "95–100\u{202f}%");
}

#[test]
fn the_median_play_is_the_one_in_the_middle() {
    let mut parts = [0; 20];
    assert_eq!(videos::median(&parts), None);
    (parts[0], parts[10], parts[19]) = (4, 1, 4);
    assert_eq!(videos::median(&parts), Some(10));
    parts[0] = 20;
    assert_eq!(videos::median(&parts), Some(0));
}

#[test]
fn nothing_is_said_of_what_was_never_watched_without_a_catalogue() {
    assert_eq!(
        board(&Figures::default(), &[], &Shelf::default()).never,
        None
    );
    let title = Title {
        title: "Analyste".to_owned(),
        kind: Kind::Metier,
        group: String::new(),
        colour: String::new(),
    };
    let shelf = Shelf {
        read_at: Some(now()),
        videos: BTreeMap::from([("a/b".to_owned(), title)]),
        ..Shelf::default()
    };
    let never = board(&Figures::default(), &[], &shelf).never;
    assert_eq!(never, Some(vec!["Analyste".to_owned()]));
}

#[test]
fn a_long_table_is_cut_and_says_by_how_much() {
    let figures = Figures {
        videos: (0..500)
            .map(|number| video(&format!("a/{number}"), 1, 0, 0))
            .collect(),
        ..Figures::default()
    };
    let board = board(&figures, &[], &Shelf::default());
    assert_eq!(
        (board.videos.len(), board.videos_hidden),
        (ROWS_SHOWN, 500 - ROWS_SHOWN)
    );
}
