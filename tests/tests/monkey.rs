//! Ten thousand touches at random: the screen neither ends nor stops answering, and statistics hold
//! no more than what was done.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::time::Duration;

use borne::clock::{self, Clock, System};
use borne::demonstration;
use borne::ergonomics::Rect;
use borne::settings::{Settings, Synced};
use borne::store::Outbox;
use borne::view::Gallery;
use central_protocol::Event;
use end_to_end::dice::Dice;
use tempfile::TempDir;

/// Touches and drags in all.
const TOUCHES: u32 = 10_000;

/// After so many the screen is asked whether it still answers.
const ROUND: u32 = 500;

/// Size of the screen, pixels: small, since drawing is most of the work.
const SIZE: (u32, u32) = (640, 360);

/// What leads home, in French, English and Dutch, the shortest way first.
const WAYS: [[&str; 3]; 4] = [
    ["Accueil", "Home", "Start"],
    ["Oui, je continue", "Yes, I’ll continue", "Ja, ik ga verder"],
    ["Fin", "Close", "Sluiten"],
    ["Retour", "Back", "Terug"],
];

/// Somewhere on the screen.
fn place(dice: &mut Dice) -> (f32, f32) {
    let mut along = |length: u32| f32::from(u16::try_from(dice.roll(length)).unwrap());
    (along(SIZE.0), along(SIZE.1))
}

fn settings(folder: &TempDir) -> Settings {
    let today = clock::local().date();
    demonstration::borne(folder.path(), today).unwrap()
}

/// One gesture: mostly touches, some drags, now and then nothing for a while.
fn gesture(gallery: &Gallery, dice: &mut Dice) {
    match dice.roll(40) {
        0 => gallery.wait(Duration::from_secs(u64::from(dice.roll(30)))),
        1..=4 => gallery.drag(place(dice), place(dice)),
        5 => {
            let (x, y) = place(dice);
            gallery.press(x, y);
            let (x, y) = place(dice);
            gallery.release(x, y);
        }
        _ => {
            let (x, y) = place(dice);
            gallery.touch(x, y);
        }
    }
}

fn touch(gallery: &Gallery, name: &str) -> bool {
    let (controls, _) = gallery.survey();
    let Some(control) = controls.iter().find(|control| control.name == name) else {
        return false;
    };
    let Rect {
        x,
        y,
        width,
        height,
    } = control.rect;
    gallery.touch((x + width / 2.0) as f32, (y + height / 2.0) as f32);
    true
}

/// A visitor finds the way to the home screen within a few touches, wherever they are and in
/// whatever language.
fn comes_home(gallery: &Gallery) -> Vec<&'static str> {
    let mut seen = Vec::new();
    for _ in 0..6 {
        seen.push(gallery.screen_name());
        match gallery.screen_name() {
            "accueil" => return seen,
            "veille" => gallery.touch(200.0, 150.0),
            _ => {
                let found = WAYS.iter().flatten().any(|way| touch(gallery, way));
                if !found {
                    // The controls of a video come back at a touch.
                    gallery.touch(320.0, 100.0);
                }
            }
        }
        gallery.settle();
    }
    seen
}

fn events(data: &Path) -> Vec<Event> {
    let (mut outbox, reset) = Outbox::open(data).unwrap();
    assert!(reset.is_none(), "{reset:?}");
    let now = System::new(Synced::Yes).read();
    let delivery = outbox.next_delivery(&now, 1_000_000, 0).unwrap();
    let events = delivery.map(|delivery| delivery.events).unwrap_or_default();
    events.into_iter().map(|envelope| envelope.event).collect()
}

#[test]
fn ten_thousand_touches_leave_the_screen_answering() {
    let folder = TempDir::new().unwrap();
    let settings = settings(&folder);
    let gallery = Gallery::open(&settings, SIZE.0, SIZE.1).unwrap();
    let mut dice = Dice::new(20_260_302);
    for round in 0..TOUCHES / ROUND {
        for _ in 0..ROUND {
            gesture(&gallery, &mut dice);
        }
        gallery.settle();
        assert!(gallery.is_settled(), "round {round}: something never ends");
        let seen = comes_home(&gallery);
        assert_eq!(seen.last(), Some(&"accueil"), "round {round}: {seen:?}");
    }
    drop(gallery);
    let events = events(&settings.storage.data);
    let starts = events
        .iter()
        .filter(|event| matches!(event, Event::Ops(ops) if ops.what == "start"));
    assert_eq!(starts.count(), 1);
    let visits = events
        .iter()
        .filter(|event| matches!(event, Event::Visit(_)))
        .count();
    let gestures = usize::try_from(TOUCHES).unwrap();
    assert!(visits > 0 && visits < gestures / 2, "{visits} visits");
    assert!(events.len() < gestures, "{} events", events.len());
    // The borne's clock is led on by half a minute at once, the player's is not: "stalled" says
    // nothing here.
    let faults: Vec<_> = events
        .iter()
        .filter(|event| matches!(event, Event::Unavailable(fault) if fault.reason != "stalled"))
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn a_screen_that_nobody_touches_counts_nothing() {
    let folder = TempDir::new().unwrap();
    let settings = settings(&folder);
    let gallery = Gallery::open(&settings, SIZE.0, SIZE.1).unwrap();
    gallery.wait(Duration::from_secs(10));
    gallery.settle();
    drop(gallery);
    let events = events(&settings.storage.data);
    let others: Vec<_> = events
        .iter()
        .filter(|event| !matches!(event, Event::Ops(_)))
        .collect();
    assert!(others.is_empty(), "{others:?}");
    assert!(fs::exists(settings.storage.data.join(Outbox::FILE)).unwrap());
}
