//! Row 17: a partner removes the video that plays: it finishes, then goes.

use end_to_end::borne::SOON;
use end_to_end::display::Display;
use end_to_end::film::Film;
use end_to_end::place::Place;
use end_to_end::targets;

/// Long enough that the new catalogue is there well before the end.
const SECONDS: u32 = 16;

#[test]
fn row_17_the_video_that_plays_finishes_and_is_gone_then() {
    let place = Place::new().unwrap();
    for name in ["un", "deux"] {
        let film = Film {
            seconds: SECONDS,
            ..Film::usual(name)
        };
        place.publisher.shoot(&film).unwrap();
    }
    place.publisher.must_publish().unwrap();
    place.borne.must_sync().unwrap();
    let display = Display::start(1280, 720, place.folder()).unwrap();
    let _playing = place.borne.play(&display, place.folder()).unwrap();
    let borne = &place.borne;
    let on = |screen: &'static str| {
        borne
            .await_status(screen, |status| status.screen == screen)
            .unwrap()
    };
    display.touch(targets::MIDDLE).unwrap();
    on("accueil");
    display.touch(targets::featured(0)).unwrap();
    let plays = borne.await_status("lecture", |status| {
        status.plays() && status.frames_shown > 0
    });
    let removed = plays.unwrap().video.unwrap();

    remove(&place, removed.strip_prefix("essai/").unwrap());
    place.publisher.must_publish().unwrap();
    place.borne.must_sync().unwrap();
    assert!(place.shelf().unwrap().video(&removed).is_err());
    let still = borne
        .await_status("la suite", |status| status.plays())
        .unwrap();
    assert_eq!(still.video.as_ref(), Some(&removed));
    let ended = on("maintenant");
    assert_eq!(ended.errors, 0, "{ended:?}");
    assert!(still.position_ms < u64::from(SECONDS) * 1_000);

    display.touch(targets::HOME).unwrap();
    on("accueil");
    display.touch(targets::featured(0)).unwrap();
    let next = borne
        .await_status("l'autre film", |status| status.plays())
        .unwrap();
    assert_ne!(next.video.as_ref(), Some(&removed), "after {SOON:?}");
}

/// Takes a film out of the manifest.
fn remove(place: &Place, id: &str) {
    let manifest = place.publisher.manifest().unwrap();
    let entries = manifest.split("\n[[video]]\n");
    let kept: Vec<_> = entries
        .filter(|entry| !entry.contains(&format!("id = \"{id}\"\nkind")))
        .collect();
    place
        .publisher
        .write_manifest(&kept.join("\n[[video]]\n"))
        .unwrap();
}
