//! Row 13: on a disk that takes nothing more, a visitor watches as before. The status file cannot be
//! written then: what is seen is judged by the screen.

use end_to_end::borne::SOON;
use end_to_end::display::Point;
use end_to_end::picture::{self, Region};
use end_to_end::process::Running;
use end_to_end::stand::{Stand, good_film};
use end_to_end::{targets, wait};
use image::RgbImage;
use resilience::disk::Disk;
use resilience::outbox;
use resilience::scene::Scene;

/// Part of the picture that changes between two looks at the moving film.
const MOVES: f32 = 0.01;

/// Part of the screen that changes when another screen comes.
const TURNS: f32 = 0.3;

/// Waits until the screen has changed by more than this part since that look at it.
fn changes(stand: &Stand, before: &RgbImage, region: Region, part: f32, what: &str) {
    wait::until(what, SOON, || {
        let now = stand.display.shot()?;
        Ok((picture::changed(before, &now, region)? > part).then_some(()))
    })
    .unwrap();
}

/// Touches a place, which leads to another screen: it may be there as soon as the finger is off.
fn turns(stand: &Stand, at: Point, what: &str) {
    let before = stand.display.shot().unwrap();
    stand.display.touch(at).unwrap();
    changes(stand, &before, Region::WHOLE, TURNS, what);
}

/// Waits until the film has moved.
fn moves(stand: &Stand, what: &str) {
    let before = stand.display.shot().unwrap();
    changes(stand, &before, targets::PICTURE, MOVES, what);
}

/// A borne whose data are on a small disk of their own, with one film.
fn on_a_small_disk() -> (Disk, Stand) {
    let folder = tempfile::tempdir().unwrap();
    let film = good_film(folder.path(), "un").unwrap();
    let disk = Disk::memory(40_000);
    let data = disk.path().join("data");
    let scene = Scene::on(&data, &[("a-premier", &film)], |_, _| None);
    scene.sync().must(0);
    (disk, Stand::of(scene).unwrap())
}

/// From Accueil: watches the film, judged by the screen alone.
fn watches(stand: &Stand) {
    turns(stand, targets::featured(0), "le lecteur");
    for _ in 0..5 {
        moves(stand, "le film qui bouge");
    }
}

/// Leaves the film: what was watched counts from then on.
fn leaves(stand: &Stand) {
    stand.display.touch(targets::MIDDLE).unwrap();
    turns(stand, targets::LEAVE, "ce qui suit le film");
}

#[test]
fn row_13_when_the_disk_fills_up_a_visitor_watches_as_before_and_it_counts() {
    let (disk, stand) = on_a_small_disk();
    let mut playing = stand.play().unwrap();
    stand.touch(targets::MIDDLE, "accueil").unwrap();
    let waiting = outbox::waiting(&stand.borne.data);
    disk.fill();
    watches(&stand);
    leaves(&stand);
    playing.must_be_alive().unwrap();
    disk.empty();
    stand.touch(targets::HOME, "accueil").unwrap();
    stand.display.touch(targets::featured(0)).unwrap();
    stand.must_play("essai/a-premier").unwrap();
    playing.stop().unwrap();
    // What was watched meanwhile is counted: kept in memory, or told as dropped.
    let counted = outbox::waiting(&stand.borne.data);
    assert!(counted >= waiting + 2, "{waiting}, then {counted}");
}

#[test]
fn row_13_a_borne_that_starts_on_a_read_only_disk_shows_what_it_has() {
    let (disk, stand) = on_a_small_disk();
    disk.set_read_only(true);
    let mut playing: Running = stand.start("play", None).unwrap();
    wait::until("premier dessin", SOON, || {
        playing.must_be_alive()?;
        Ok(stand.display.is_filled()?.then_some(()))
    })
    .unwrap();
    moves(&stand, "le film de la veille");
    turns(&stand, targets::MIDDLE, "l'accueil");
    watches(&stand);
    leaves(&stand);
    playing.must_be_alive().unwrap();
    disk.set_read_only(false);
    stand.touch(targets::HOME, "accueil").unwrap();
    stand.display.touch(targets::featured(0)).unwrap();
    stand.must_play("essai/a-premier").unwrap();
    playing.stop().unwrap();
    assert!(outbox::waiting(&stand.borne.data) > 0);
}
