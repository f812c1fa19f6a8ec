//! Checks of what is on the screen, not of what the borne says of itself.

use std::time::Duration;

use anyhow::{Result, ensure};
use end_to_end::borne::{self, Status};
use end_to_end::picture::{self, Ink, Region};
use end_to_end::shelf::Shelf;
use end_to_end::{targets, wait, webvtt, words};

use crate::tour::Tour;

/// A moving picture changes at least this share of its pixels within a second or two.
const MOVES: f32 = 0.005;

/// At least this share of the words of a text must be read on the screen.
const READ: f64 = 0.7;

/// A cue that shares this many of its words with the title is not looked for.
const TITLE: f64 = 0.3;

/// The status file may be this much older than the screen, ms.
const STATUS_AGE_MS: u64 = 1_500;

/// How long a picture or a text may take to show what is expected.
const SHOWS: Duration = Duration::from_secs(20);

/// Checks that a text can be read in a region.
pub fn reads(tour: &mut Tour, meant: &str, region: Region, ink: Ink) -> Result<()> {
    let mut read = String::new();
    let seen = wait::until(meant, SHOWS, || {
        read = picture::text(&tour.display.shot()?, region, ink)?;
        Ok((words::found(meant, &read) >= READ).then_some(()))
    });
    let what = format!("« {meant} » se lit à l'écran");
    tour.check(
        &what,
        seen.is_ok(),
        &if seen.is_ok() {
            String::new()
        } else {
            format!("lu : {read}")
        },
    )
}

/// Checks that a video moves on the screen and that its sound is delivered.
pub fn moves(tour: &mut Tour, first: &Status, sound: bool) -> Result<()> {
    let one = tour.display.shot()?;
    let mut share = 0.0;
    let moved = wait::until("image qui change", SHOWS, || {
        share = picture::changed(&one, &tour.display.shot()?, targets::PICTURE)?;
        Ok((share >= MOVES).then_some(()))
    });
    let measured = format!("{:.1} % de l'image a changé", share * 100.0);
    tour.check("l'image change entre deux prises", moved.is_ok(), &measured)?;
    let (frames, buffers) = (first.frames_shown, first.sound_buffers);
    tour.see("des images du film sont affichées", move |status| {
        status.frames_shown > frames
    })?;
    if sound {
        tour.see("le son est livré", move |status| {
            status.sound_buffers > buffers
        })?;
    }
    Ok(())
}

/// Checks that the caption read on the screen is the cue published for that second.
pub fn captions(tour: &mut Tour, video: &str) -> Result<()> {
    let shelf = Shelf::open(&tour.demo.data)?;
    let video = shelf.video(video)?;
    let mut cues = shelf.cues(video)?;
    // The title stands on the picture, too: only what stands nowhere else proves a caption.
    cues.retain(|cue| words::found(&cue.text, &video.title) < TITLE);
    ensure!(
        !cues.is_empty(),
        "la vidéo {} n'a pas de sous-titres",
        video.key
    );
    let mut last = String::new();
    let seen = wait::until("sous-titre", SHOWS, || {
        let from = position(tour).saturating_sub(STATUS_AGE_MS);
        let shot = tour.display.shot()?;
        let to = position(tour) + STATUS_AGE_MS;
        let read = picture::text(&shot, targets::CAPTIONS, Ink::White)?;
        let now = webvtt::between(&cues, from, to);
        let cue = now
            .iter()
            .find(|cue| words::found(&cue.text, &read) >= READ);
        last = format!("à {to} ms, lu : {read}");
        Ok(cue.map(|cue| cue.text.clone()))
    });
    let measured = seen
        .as_ref()
        .map_or(last, |cue| format!("sous-titre : « {cue} »"));
    tour.check(
        "le sous-titre de la seconde se lit à l'écran",
        seen.is_ok(),
        &measured,
    )
}

fn position(tour: &Tour) -> u64 {
    borne::status(&tour.demo.data).map_or(0, |status| status.position_ms)
}
