//! Videos on a real screen, drawn by the processor and by GL: the same picture, the right way up.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use end_to_end::borne::await_status;
use end_to_end::display::{Display, Point};
use end_to_end::film::Film;
use end_to_end::place::{Place, pictures};
use end_to_end::{targets, wait};

/// Enough for any single step on a busy machine.
const LONG: Duration = Duration::from_secs(60);

/// Four colours, one a quarter of the picture.
const FLAG: &str = "drawbox=x=0:y=0:w=iw/2:h=ih/2:color=red:t=fill,\
     drawbox=x=iw/2:y=0:w=iw/2:h=ih/2:color=lime:t=fill,\
     drawbox=x=0:y=ih/2:w=iw/2:h=ih/2:color=blue:t=fill,\
     drawbox=x=iw/2:y=ih/2:w=iw/2:h=ih/2:color=yellow:t=fill";

/// Where each colour is, clear of controls and captions.
const QUARTERS: [(Point, [u8; 3]); 4] = [
    (Point { x: 0.25, y: 0.42 }, [255, 0, 0]),
    (Point { x: 0.75, y: 0.42 }, [0, 255, 0]),
    (Point { x: 0.25, y: 0.54 }, [0, 0, 255]),
    (Point { x: 0.75, y: 0.54 }, [255, 255, 0]),
];

/// What coding, decoding and other colour matrices change.
const NEAR: u8 = 40;

fn shows_the_flag(name: &'static str, screen: &[&str], renderer: &str, drawn_as: &str) {
    let place = Place::new().unwrap();
    let flag = Film {
        seconds: 20,
        drawn: FLAG,
        ..Film::usual("drapeau")
    };
    place.publisher.shoot(&flag).unwrap();
    let settings = format!("[screen]\nrenderer = \"{renderer}\"\n");
    place.settings("dessin", &settings).unwrap();
    place.publisher.must_publish().unwrap();
    place.borne.must_sync().unwrap();
    let display = Display::start_with(screen, 1280, 720, place.folder()).unwrap();
    let _playing = place.borne.play(&display, place.folder()).unwrap();
    let on = |screen: &'static str| {
        let data = &place.borne.data;
        await_status(data, screen, LONG, |status| {
            status.screen == screen && status.renderer == drawn_as
        })
        .unwrap();
    };
    on("veille");
    display.touch(targets::MIDDLE).unwrap();
    on("accueil");
    display.touch(targets::featured(0)).unwrap();
    place
        .borne
        .await_status("images du film", |status| {
            status.plays() && status.frames_shown > 10
        })
        .unwrap();
    wait::until("les quatre couleurs", LONG, || {
        let mut right = true;
        for (at, colour) in QUARTERS {
            right &= is_near(display.pixel(at)?, colour);
        }
        Ok(right.then_some(()))
    })
    .unwrap();
    let file = pictures(name).unwrap().join("lecteur.png");
    display.shot().unwrap().save(file).unwrap();
}

fn is_near(seen: [u8; 3], wanted: [u8; 3]) -> bool {
    let mut both = seen.into_iter().zip(wanted);
    both.all(|(seen, wanted)| seen.abs_diff(wanted) <= NEAR)
}

#[test]
fn the_processor_draws_a_video_in_its_colours_and_the_right_way_up() {
    shows_the_flag("dessin-processeur", &[], "software", "software");
}

#[test]
fn gl_draws_a_video_from_textures_in_its_colours_and_the_right_way_up() {
    shows_the_flag("dessin-gl", &[], "gl", "femtovg, textures");
}

#[test]
fn gl_of_egl_which_is_what_a_borne_has_draws_it_as_well() {
    let without_glx = ["-extension", "GLX"];
    shows_the_flag("dessin-egl", &without_glx, "gl", "femtovg, textures");
}
