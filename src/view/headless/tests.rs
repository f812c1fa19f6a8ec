use std::cell::Cell;
use std::collections::HashSet;
use std::fs;
use std::rc::Rc;

use tempfile::TempDir;

use super::super::inbox::Message;
use super::super::markup::{DemarrageAdapter, Shell, Wait};
use super::super::stage::Stage;
use super::*;
use crate::demonstration;
use crate::playback::{BackendEvent, Run};
use crate::visit::Action;

/// A borne with the demonstration, or with nothing yet.
fn borne(filled: bool) -> (TempDir, Settings) {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    fs::create_dir_all(&data).unwrap();
    let settings = if filled {
        demonstration::borne(folder.path(), super::super::calendar::today()).unwrap()
    } else {
        demonstration::settings(folder.path(), &data).unwrap()
    };
    (folder, settings)
}

fn centre(gallery: &Gallery, name: &str) -> (f32, f32) {
    let (controls, _) = gallery.survey();
    let found = controls.iter().find(|control| control.name == name);
    let rect = found.unwrap_or_else(|| panic!("{name}: {controls:?}")).rect;
    let at = |from: f64, length: f64| (from + length / 2.0) as f32;
    (at(rect.x, rect.width), at(rect.y, rect.height))
}

#[test]
fn touches_lead_through_the_real_screens() {
    let (_folder, settings) = borne(true);
    let gallery = Gallery::open(&settings, 960, 540).unwrap();
    assert_eq!(gallery.screen_name(), "veille");
    gallery.touch(300.0, 200.0);
    assert_eq!(gallery.screen_name(), "accueil");
    for (name, screen) in [
        ("Chercher", "chercher"),
        ("Confort", "confort"),
        ("Retour", "chercher"),
        ("Accueil", "accueil"),
    ] {
        let (x, y) = centre(&gallery, name);
        gallery.touch(x, y);
        assert_eq!(gallery.screen_name(), screen, "{name}");
    }
}

#[test]
fn the_picture_is_drawn_at_every_size_and_shows_stills_once_settled() {
    let (_folder, settings) = borne(true);
    let gallery = Gallery::open(&settings, 640, 360).unwrap();
    gallery.act(Action::Wake);
    for (width, height) in [(640, 360), (360, 640), (800, 450)] {
        gallery.resize(width, height);
        gallery.settle();
        assert!(gallery.is_settled());
        let (pixels, w, h) = gallery.picture();
        assert_eq!((w, h), (width, height));
        assert_eq!(pixels.len(), (width * height * 3) as usize);
        let colours: HashSet<_> = pixels.chunks(3).collect();
        assert!(colours.len() > 50, "{} colours", colours.len());
    }
}

#[test]
fn time_passes_only_when_it_is_led_on() {
    let (_folder, settings) = borne(true);
    let gallery = Gallery::open(&settings, 640, 360).unwrap();
    gallery.act(Action::Wake);
    gallery.wait(Duration::from_secs(59));
    assert_eq!(gallery.screen_name(), "accueil");
    gallery.wait(Duration::from_secs(2));
    assert_eq!(gallery.screen_name(), "inactivite");
    gallery.wait(Duration::from_secs(30));
    assert_eq!(gallery.screen_name(), "veille");
}

#[test]
fn a_video_is_decoded_and_drawn() {
    let (_folder, settings) = borne(true);
    let gallery = Gallery::open(&settings, 640, 360).unwrap();
    gallery.act(Action::Wake);
    gallery.act(Action::Play {
        key: "demo/cv-clair".to_owned(),
        start_ms: 0,
    });
    gallery.settle();
    assert_eq!(gallery.screen_name(), "lecteur");
    let state = |stage: &Stage| matches!(stage.playback.state(), State::Playing(_));
    assert_eq!(gallery.session.handle.look(state), Some(true));
}

#[test]
fn the_text_of_a_video_that_still_opens_holds_it() {
    let (_folder, settings) = borne(true);
    let gallery = Gallery::open(&settings, 640, 360).unwrap();
    let key = "demo/cv-clair".to_owned();
    gallery.act(Action::Wake);
    gallery.act(Action::Play {
        key: key.clone(),
        start_ms: 0,
    });
    gallery.act(Action::OpenFiche(key));
    gallery.settle();
    let state = |stage: &Stage| stage.playback.state().name();
    assert_eq!(gallery.session.handle.look(state), Some("paused"));
}

#[test]
fn the_last_picture_of_a_clip_stands_until_the_next_one_has_its_first() {
    let (_folder, settings) = borne(true);
    let gallery = Gallery::open(&settings, 640, 360).unwrap();
    let clip = |stage: &Stage| {
        let run = stage.playback.state().run();
        (run.map_or(0, Run::session), stage.playback.duration_ms())
    };
    let (session, ms) = gallery.session.handle.look(clip).unwrap();
    let at_its_end = BackendEvent::Position {
        ms,
        frames: 100,
        dropped: 0,
        sound_buffers: 0,
    };
    for event in [at_its_end, BackendEvent::EndOfStream] {
        let message = Message::Player { session, event };
        gallery.session.inbox.put(message);
    }
    gallery.follow();
    let next = gallery.session.handle.look(clip).unwrap().0;
    assert!(next > session, "the clip after {session} is {next}");
    let stands = |stage: &Stage| stage.pictured;
    assert_eq!(gallery.session.handle.look(stands), Some(true));
}

#[test]
fn before_the_first_catalogue_the_screen_says_so() {
    let (_folder, settings) = borne(false);
    let gallery = Gallery::open(&settings, 640, 360).unwrap();
    assert_eq!(gallery.screen_name(), "demarrage");
}

#[test]
fn the_corner_of_the_self_test_answers_and_leads_nowhere() {
    for filled in [true, false] {
        let (_folder, settings) = borne(filled);
        let gallery = Gallery::open(&settings, 960, 540).unwrap();
        let felt = Rc::new(Cell::new(false));
        let feels = Rc::clone(&felt);
        let shell = gallery.session.ui.global::<Shell>();
        shell.on_corner_touched(move || feels.set(true));
        let before = gallery.screen_name();
        super::super::vigil::touch_corner(&gallery.session.ui);
        gallery.settle();
        assert!(felt.get(), "{before}");
        assert_eq!(gallery.screen_name(), before);
    }
}

#[test]
fn a_second_screen_on_one_thread_is_refused() {
    let (_folder, settings) = borne(false);
    let first = Gallery::open(&settings, 64, 36).unwrap();
    assert!(matches!(
        Gallery::open(&settings, 64, 36),
        Err(PlayError::Screen(_))
    ));
    drop(first);
    assert!(Gallery::open(&settings, 64, 36).is_ok());
}

#[test]
fn what_lies_under_the_question_is_no_control() {
    let (_folder, settings) = borne(true);
    let gallery = Gallery::open(&settings, 960, 540).unwrap();
    gallery.act(Action::Wake);
    gallery.wait(Duration::from_secs(61));
    let (controls, letters) = gallery.survey();
    let names: Vec<_> = controls.iter().map(|control| &*control.name).collect();
    assert_eq!(names, ["Oui, je continue", "Non, j’ai fini"]);
    assert!(
        letters
            .iter()
            .any(|letters| letters.text.contains("encore là"))
    );
}

#[test]
fn a_line_that_changes_is_drawn_however_long_it_stood_still() {
    /// More texts than the toolkit remembers.
    const MANY: u16 = 1_500;
    let (_folder, settings) = borne(false);
    let gallery = Gallery::open(&settings, 640, 360).unwrap();
    let waits = gallery.session.ui.global::<DemarrageAdapter>();
    let shell = gallery.session.ui.global::<Shell>();
    let waiting = |wait: Wait| {
        waits.set_wait(wait);
        gallery.picture().0
    };
    shell.set_site("Borne".into());
    let offline = waiting(Wait::Offline);
    for site in 0..MANY {
        shell.set_site(format!("Borne {site}").into());
        gallery.follow();
    }
    shell.set_site("Borne".into());
    assert!(gallery.picture().0 == offline, "the site is not drawn");
    assert!(waiting(Wait::Refused) != offline, "the line is not drawn");
    assert!(waiting(Wait::Offline) == offline, "nor is it again");
}
