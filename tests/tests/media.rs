//! Real media from outside: what decodes is published, what does not is refused with a reason.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;

use end_to_end::film::{self, Coding, Film};
use end_to_end::place::Place;
use end_to_end::process;

fn kinds() -> Vec<Film> {
    let webm = Coding::WebM;
    vec![
        Film::usual("h264"),
        Film {
            coding: webm,
            ..Film::usual("vp9")
        },
        Film {
            width: 180,
            height: 320,
            ..Film::usual("portrait")
        },
        Film {
            width: 320,
            height: 240,
            ..Film::usual("quatre-tiers")
        },
        Film {
            fps: 60,
            ..Film::usual("soixante")
        },
        Film {
            sound: false,
            ..Film::usual("muet")
        },
    ]
}

fn made(place: &Place, film: &Film) -> PathBuf {
    film.make(place.folder()).unwrap()
}

#[test]
fn media_of_every_kind_is_added_published_and_synced() {
    let place = Place::new().unwrap();
    let kinds = kinds();
    for film in &kinds {
        let output = place
            .publisher
            .add(&made(&place, film), &film.name)
            .unwrap();
        let (out, err) = process::texts(&output);
        assert!(output.status.success(), "{}\n{out}{err}", film.name);
    }
    place.publisher.must_publish().unwrap();
    place.borne.must_sync().unwrap();
    let shelf = place.shelf().unwrap();
    assert_eq!(shelf.missing, [""; 0]);
    assert_eq!(shelf.videos.len(), kinds.len());
    for film in &kinds {
        let video = shelf
            .videos
            .iter()
            .find(|video| video.title == film.name)
            .unwrap();
        let media = &video.media;
        assert_eq!(
            (media.width, media.height),
            (film.width, film.height),
            "{}",
            film.name
        );
        assert_eq!(media.sound, film.sound, "{}", film.name);
        assert!(shelf.path(&media.file).is_file(), "{}", film.name);
    }
}

#[test]
fn files_cut_in_half_are_refused_and_the_rest_is_published() {
    let place = Place::new().unwrap();
    for (name, coding) in [("mp4", Coding::Mp4), ("webm", Coding::WebM)] {
        let film = Film {
            seconds: 8,
            coding,
            ..Film::usual(&format!("entier-{name}"))
        };
        let whole = made(&place, &film);
        let half = place.folder().join(format!("moitie.{name}"));
        film::cut_in_half(&whole, &half).unwrap();
        let refused = place.publisher.add(&half, "Moitié").unwrap();
        let (_, err) = process::texts(&refused);
        assert_eq!(refused.status.code(), Some(1), "{err}");
        assert!(err.contains(&format!("moitie.{name}")), "{err}");
        let added = place.publisher.add(&whole, &film.name).unwrap();
        assert!(added.status.success());
    }
    place.publisher.must_publish().unwrap();
    place.borne.must_sync().unwrap();
    let videos = place.shelf().unwrap().videos;
    let titles: Vec<_> = videos.into_iter().map(|video| video.title).collect();
    assert_eq!(titles, ["entier-mp4", "entier-webm"]);
}
