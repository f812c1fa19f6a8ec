//! Row 18: videos that harm whoever decodes them. What is published here, no publisher has looked at.

use std::fs;
use std::path::Path;
use std::time::Duration;

use end_to_end::borne::status;
use end_to_end::lies::LIES;
use end_to_end::sickness::{self, Sickness};
use end_to_end::stand::{Stand, good_film, peak_memory};
use end_to_end::{targets, wait};

/// Beside lies about gigabytes: three times what a film of this size takes.
const MEMORY: u64 = 450_000_000;

/// Two deaths, two new starts, on a busy machine.
const DEATHS: Duration = Duration::from_secs(120);

/// Shows files that lie and a good one: each is given up, one after the other, and the good one
/// plays, in the attract loop and for a visitor.
fn outlives(lies: &[usize]) {
    let folder = tempfile::tempdir().unwrap();
    let good = good_film(folder.path(), "bon").unwrap();
    let files = lies.iter().map(|at| (LIES[*at].0, LIES[*at].1(&good)));
    let mut files: Vec<_> = files.collect();
    // The last of all by its key.
    files.push(("un-bon", good));
    let videos: Vec<_> = files.iter().map(|(id, file)| (*id, &file[..])).collect();
    let mut names: Vec<_> = files.iter().map(|(id, _)| *id).collect();
    names.sort_unstable();
    let stand = Stand::synced(&videos).unwrap();
    let mut playing = stand.play().unwrap();
    let wrong = u64::try_from(lies.len()).unwrap();
    let good = Some("essai/un-bon".to_owned());
    let seen = stand
        .must("le bon film après tous les autres", |status| {
            status.errors >= wrong && status.video == good && status.frames_shown > 10
        })
        .unwrap();
    stand.touch(targets::MIDDLE, "accueil").unwrap();
    for (place, name) in (0..).zip(&names) {
        stand.display.touch(targets::featured(place)).unwrap();
        if *name == "un-bon" {
            stand.must_play("essai/un-bon").unwrap();
        } else {
            stand.must_say_unavailable().unwrap();
            stand.touch(targets::HOME, "accueil").unwrap();
        }
    }
    playing.must_be_alive().unwrap();
    assert_eq!(seen.pid, playing.pid());
    let peak = peak_memory(playing.pid()).unwrap();
    assert!(peak < MEMORY, "{peak} bytes");
}

#[test]
fn row_18_files_with_a_torn_index_or_an_index_alone_are_unavailable_and_the_next_one_plays() {
    outlives(&[0, 1, 2]);
}

#[test]
fn row_18_files_that_lie_about_sizes_and_numbers_are_unavailable_and_the_next_one_plays() {
    outlives(&[3, 4, 5]);
}

#[test]
fn row_18_files_that_lie_about_places_or_mean_nothing_are_unavailable_and_the_next_one_plays() {
    outlives(&[6, 7, 8]);
}

/// A borne that holds a film at which its decoder falls ill, and a good one.
fn contagious(sickness: Sickness, folder: &Path) -> Stand {
    let good = good_film(folder, "bon").unwrap();
    let ill = sickness.infect(&good, folder).unwrap();
    Stand::synced(&[("malade", &ill), ("un-bon", &good)]).unwrap()
}

#[test]
fn row_18_a_decoder_that_hangs_is_left_and_neither_the_next_video_nor_the_end_waits_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let library = sickness::library(folder.path()).unwrap();
    let stand = contagious(Sickness::Hangs, folder.path());
    let mut playing = stand.start("play", Some(&library)).unwrap();
    let good = Some("essai/un-bon".to_owned());
    stand
        .must("le bon film après l'autre", |status| {
            status.errors >= 1 && status.video == good && status.frames_shown > 10
        })
        .unwrap();
    stand.touch(targets::MIDDLE, "accueil").unwrap();
    stand.display.touch(targets::featured(0)).unwrap();
    stand.must_say_unavailable().unwrap();
    stand.touch(targets::HOME, "accueil").unwrap();
    stand.display.touch(targets::featured(1)).unwrap();
    stand.must_play("essai/un-bon").unwrap();
    playing.must_be_alive().unwrap();
    assert!(playing.stop().unwrap().success());
}

/// A film whose decoder takes the screen with it is not opened after the second time.
fn is_barred(sickness: Sickness) {
    let folder = tempfile::tempdir().unwrap();
    let library = sickness::library(folder.path()).unwrap();
    let stand = contagious(sickness, folder.path());
    let mut running = stand.start("run", Some(&library)).unwrap();
    let mut processes = Vec::new();
    wait::until("deux morts de l'écran", DEATHS, || {
        running.must_be_alive()?;
        let process = status(&stand.borne.data).map_or(0, |status| status.pid);
        if process != 0 && processes.last() != Some(&process) {
            processes.push(process);
        }
        Ok((processes.len() == 3).then_some(()))
    })
    .unwrap();
    let good = Some("essai/un-bon".to_owned());
    stand
        .must("le bon film", |status| {
            status.video == good && status.frames_shown > 10
        })
        .unwrap();
    stand.touch(targets::MIDDLE, "accueil").unwrap();
    // What is barred is not offered: the good film stands first.
    stand.display.touch(targets::featured(0)).unwrap();
    let status = stand.must_play("essai/un-bon").unwrap();
    assert_eq!(Some(&status.pid), processes.last());
    let told = stand.scene.borne.status();
    assert_eq!(told["missing"]["crashes"][0], "essai/malade", "{told}");
    assert!(fs::exists(stand.borne.data.join("play/suspects.json")).unwrap());
}

#[test]
fn row_18_a_decoder_that_crashes_takes_the_screen_with_it_twice_and_never_again() {
    is_barred(Sickness::Crashes);
}

#[test]
fn row_18_a_memory_bomb_is_stopped_by_a_limit_and_not_opened_a_third_time() {
    is_barred(Sickness::Eats);
}
