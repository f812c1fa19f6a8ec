//! The network and central are gone: everything cached still plays, and nothing of it is lost.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::time::Duration;

use end_to_end::central::Central;
use end_to_end::display::Display;
use end_to_end::film::Film;
use end_to_end::place::{BORNE, Place};
use end_to_end::{targets, wait};

/// As many as stand on the home screen at once.
const FILMS: [&str; 4] = ["un", "deux", "trois", "quatre"];

/// Back-off, delivery, a busy machine.
const DELIVERY: Duration = Duration::from_secs(150);

/// Watches every video of the home screen to its end, and gives how often each was watched.
fn watch_all(place: &Place, display: &Display) -> BTreeMap<String, u64> {
    let mut watched = BTreeMap::new();
    let borne = &place.borne;
    borne
        .await_status("Veille", |status| {
            status.screen == "veille" && status.video.is_some()
        })
        .unwrap();
    display.touch(targets::MIDDLE).unwrap();
    for index in 0..4 {
        borne
            .await_status("Accueil", |status| status.screen == "accueil")
            .unwrap();
        display.touch(targets::featured(index)).unwrap();
        let status = borne
            .await_status("lecture", |status| {
                status.plays() && status.frames_shown > 0
            })
            .unwrap();
        *watched.entry(status.video.unwrap()).or_default() += 1;
        borne
            .await_status("fin", |status| status.screen == "maintenant")
            .unwrap();
        display.touch(targets::HOME).unwrap();
    }
    watched
}

#[test]
fn without_network_every_cached_video_plays_and_plays_arrive_once_when_central_returns() {
    let mut place = Place::new().unwrap();
    for film in FILMS {
        let film = Film {
            seconds: 8,
            ..Film::usual(film)
        };
        place.publisher.shoot(&film).unwrap();
    }
    place.publisher.must_publish().unwrap();
    let mut central = Central::new(&place.folder().join("central"), BORNE).unwrap();
    place.settings("central", &central.settings()).unwrap();
    central.start().unwrap();
    place.borne.must_sync().unwrap();
    let display = Display::start(1280, 720, place.folder()).unwrap();
    let mut playing = place.borne.play(&display, place.folder()).unwrap();

    place.server.stop().unwrap();
    central.kill().unwrap();
    playing.kill().unwrap();
    let _playing = place.borne.play(&display, place.folder()).unwrap();
    let watched = watch_all(&place, &display);
    assert_eq!(watched.len(), FILMS.len(), "{watched:?}");

    let mut syncing = place.borne.sync(place.folder()).unwrap();
    place.server.restart().unwrap();
    central.start().unwrap();
    wait::until("lectures chez central", DELIVERY, || {
        Ok((central.plays()? == watched).then_some(()))
    })
    .unwrap();

    // Delivering again, after both have forgotten each other, changes nothing.
    syncing.kill().unwrap();
    central.kill().unwrap();
    central.start().unwrap();
    place.borne.must_sync().unwrap();
    assert_eq!(central.plays().unwrap(), watched);
}
