//! Row 15: objects that rot, and what a visitor sees of it.

use std::fs;
use std::path::Path;

use end_to_end::process::Running;
use end_to_end::stand::{Stand, good_film};
use end_to_end::{targets, wait};
use resilience::borne::Ran;
use resilience::process;

/// What the store verification answers when something is damaged.
const DAMAGED: i32 = 3;

/// A borne that shows its home, with two films; the first of them.
fn at_home() -> (Stand, Vec<u8>, Running) {
    let folder = tempfile::tempdir().unwrap();
    let [first, second] = ["un", "deux"].map(|name| good_film(folder.path(), name).unwrap());
    let stand = Stand::synced(&[("a-premier", &first), ("b-second", &second)]).unwrap();
    let playing = stand.play().unwrap();
    stand.touch(targets::MIDDLE, "accueil").unwrap();
    (stand, first, playing)
}

/// Changes some bytes of an object; its length stays.
fn rot(object: &Path, at: impl Fn(&[u8]) -> usize) {
    let mut bytes = fs::read(object).unwrap();
    let at = at(&bytes);
    for byte in &mut bytes[at..at + 16] {
        *byte ^= 0xff;
    }
    fs::write(object, bytes).unwrap();
}

#[test]
fn row_15_an_object_found_rotten_is_not_shown_until_it_has_been_fetched_again() {
    let (stand, first, _playing) = at_home();
    rot(&stand.scene.object(&first), |bytes| bytes.len() / 2);
    let mut verify = stand.scene.borne.command(&["store", "verify", "--repair"]);
    Ran::of(&process::run(&mut verify).unwrap()).must(DAMAGED);
    stand.display.touch(targets::featured(0)).unwrap();
    stand.must_say_unavailable().unwrap();
    let shown = stand.must("un état", |_| true).unwrap().frames_shown;
    stand.scene.sync().must(0);
    assert_eq!(fs::read(stand.scene.object(&first)).unwrap(), first);
    stand.touch(targets::HOME, "accueil").unwrap();
    stand
        .must_offer("essai/a-premier", targets::featured(0))
        .unwrap();
    let status = stand.must_play("essai/a-premier").unwrap();
    assert!(status.frames_shown > shown);
}

#[test]
fn row_15_rot_that_a_visitor_meets_is_mended_without_waiting_for_the_monthly_reading() {
    let (stand, first, _playing) = at_home();
    let object = stand.scene.object(&first);
    rot(&object, |bytes| {
        let index = bytes.windows(4).position(|name| name == b"moov");
        index.unwrap() - 4
    });
    let _syncing = stand.borne.sync(stand.scene.folder()).unwrap();
    stand.display.touch(targets::featured(0)).unwrap();
    stand.must_say_unavailable().unwrap();
    wait::until("le film repris", end_to_end::borne::SOON, || {
        Ok((fs::read(&object).unwrap_or_default() == first).then_some(()))
    })
    .unwrap();
    stand.touch(targets::HOME, "accueil").unwrap();
    stand
        .must_offer("essai/a-premier", targets::featured(0))
        .unwrap();
    stand.must_play("essai/a-premier").unwrap();
}
