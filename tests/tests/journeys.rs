//! Visits on a real screen with real touches.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use end_to_end::borne::await_status;
use end_to_end::display::{Display, Point};
use end_to_end::film::Film;
use end_to_end::picture::{self, Ink};
use end_to_end::place::{Place, pictures};
use end_to_end::process::Running;
use end_to_end::{targets, wait, words};

/// Enough for any single step on a busy machine.
const LONG: Duration = Duration::from_secs(60);

/// A synced borne that shows Veille.
struct Visit {
    place: Place,
    display: Display,
    playing: Running,
    name: &'static str,
}

impl Visit {
    fn start(name: &'static str, width: u16, height: u16, settings: &str) -> Self {
        let place = Place::new().unwrap();
        for film in ["un", "deux"] {
            place.publisher.shoot(&Film::usual(film)).unwrap();
        }
        place.settings("visite", settings).unwrap();
        place.publisher.must_publish().unwrap();
        place.borne.must_sync().unwrap();
        let display = Display::start(width, height, place.folder()).unwrap();
        let playing = place.borne.play(&display, place.folder()).unwrap();
        let visit = Self {
            place,
            display,
            playing,
            name,
        };
        visit.on("veille");
        visit
    }

    /// Waits for a screen and keeps a picture of it.
    fn on(&self, screen: &str) {
        let data = &self.place.borne.data;
        await_status(data, screen, LONG, |status| status.screen == screen).unwrap();
        let file = pictures(self.name).unwrap().join(format!("{screen}.png"));
        self.display.shot().unwrap().save(file).unwrap();
    }

    fn reads_question(&self) {
        wait::until("question", LONG, || {
            let shot = self.display.shot()?;
            let read = picture::text(&shot, targets::QUESTION, Ink::Dark)?;
            Ok((words::found("Êtes-vous encore là ?", &read) > 0.7).then_some(()))
        })
        .unwrap();
    }

    fn touch(&self, at: Point, screen: &str) {
        self.display.touch(at).unwrap();
        self.on(screen);
    }
}

#[test]
fn a_portrait_screen_takes_a_visitor_all_the_way_to_a_video() {
    let settings = "[screen]\nwidth_mm = 268\nheight_mm = 476\n";
    let visit = Visit::start("portrait", 720, 1280, settings);
    visit.touch(targets::MIDDLE, "accueil");
    visit.touch(targets::portrait::SEARCH, "chercher");
    visit.touch(targets::portrait::HOME, "accueil");
    visit.touch(targets::portrait::DOOR_TRADES, "univers");
    visit.touch(targets::portrait::COMPUTING, "liste");
    visit.touch(targets::portrait::FIRST_OF_LIST, "lecteur");
    let borne = &visit.place.borne;
    borne
        .await_status("images du film", |status| {
            status.plays() && status.frames_shown > 10
        })
        .unwrap();
    visit.on("maintenant");
}

#[test]
fn when_nobody_answers_the_countdown_the_borne_goes_back_to_the_attract_loop() {
    let settings = "[idle]\nask_after_s = 3\ncountdown_s = 10\n";
    let visit = Visit::start("inactivite", 1280, 720, settings);
    visit.touch(targets::MIDDLE, "accueil");
    visit.on("inactivite");
    visit.reads_question();
    visit.on("veille");
}

#[test]
fn a_touch_during_the_countdown_keeps_the_visitor_where_they_are() {
    let settings = "[idle]\nask_after_s = 5\ncountdown_s = 60\n";
    let visit = Visit::start("encore-la", 1280, 720, settings);
    visit.touch(targets::MIDDLE, "accueil");
    visit.on("inactivite");
    visit.reads_question();
    visit.touch(targets::MIDDLE, "accueil");
}

#[test]
fn three_hundred_touches_anywhere_neither_crash_it_nor_keep_it_from_going_back() {
    // Some of these touches may choose "Prenez votre temps", which this site makes short.
    let settings = "[idle]\nask_after_s = 3\ncountdown_s = 2\npause_after_s = 3\n\
                    more_time_after_s = 3\n";
    let mut visit = Visit::start("touches-au-hasard", 1280, 720, settings);
    let mut places = places(20_261_121);
    for touch in 0..300 {
        let (from, to) = (places(), places());
        match touch % 10 {
            9 => visit.display.drag(from, to).unwrap(),
            _ => visit.display.touch(from).unwrap(),
        }
        // Looking takes the time a hand needs.
        visit.display.shot().unwrap();
        visit.playing.must_be_alive().unwrap();
    }
    let pid = visit.playing.pid();
    visit.on("veille");
    let borne = &visit.place.borne;
    borne
        .await_status("le même processus", |status| status.pid == pid)
        .unwrap();
    visit.touch(targets::MIDDLE, "accueil");
}

/// Places anywhere on the screen, the same for the same seed (xorshift).
fn places(seed: u64) -> impl FnMut() -> Point {
    let mut state = seed;
    move || {
        let mut part = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            f32::from(u8::try_from(state & 0xff).unwrap()) / 256.0
        };
        Point {
            x: part(),
            y: part(),
        }
    }
}
