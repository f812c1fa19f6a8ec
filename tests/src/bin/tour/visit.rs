//! A visit from Veille back to Veille.

use std::time::Duration;

use anyhow::{Context, Result};
use end_to_end::borne::{self, Status};
use end_to_end::picture::Ink;
use end_to_end::shelf::Shelf;
use end_to_end::{targets, wait};

use crate::tour::Tour;
use crate::watch;

/// What is typed: without accent, so that the search must forgive it.
const TYPED: &str = "financiere";

/// The univers whose tile is touched: *Bureau, gestion, finances*.
const UNIVERS: u8 = 11;

/// Where on the bar the visitor jumps to: the end itself is then reached by playing.
const NEAR_THE_END: f32 = 0.80;

/// A demo video lasts at most 40 s; a fifth of it, on a slow machine.
const TO_THE_END: Duration = Duration::from_secs(60);

/// Demo settings ask after 8 s and count down 6 s; a slow machine is given more.
const IDLE: Duration = Duration::from_secs(60);

/// Takes the visit.
pub fn take(tour: &mut Tour) -> Result<()> {
    tour.step("veille", attract)?;
    tour.step("accueil", wake)?;
    tour.step("univers", choose_door)?;
    tour.step("liste", choose_univers)?;
    tour.step("lecture", start_video)?;
    tour.step("sous-titres", read_captions)?;
    tour.step("texte", read_text)?;
    tour.step("et-maintenant", play_to_the_end)?;
    tour.step("telephone", go_on_phone)?;
    tour.step("conseiller", ask_adviser)?;
    tour.step("agenda", look_at_agenda)?;
    tour.step("chercher", type_words)?;
    tour.step("resultat", open_result)?;
    tour.step("fin", leave_video)?;
    tour.step("compte-a-rebours", countdown)?;
    tour.step("retour-veille", back_to_attract)
}

fn attract(tour: &mut Tour) -> Result<()> {
    tour.see_screen("veille")?;
    watch::reads(tour, "Touchez l'écran", targets::INVITATION, Ink::White)
}

/// Wakes the borne from Veille; nothing may start by it.
pub fn wake(tour: &mut Tour) -> Result<()> {
    tour.see_screen("veille")?;
    tour.touch(targets::MIDDLE)?;
    let status = tour.see_screen("accueil")?;
    tour.check(
        "le premier toucher ne fait que réveiller",
        !status.plays(),
        "",
    )?;
    watch::reads(tour, "À regarder maintenant", targets::NOW, Ink::Dark)
}

fn choose_door(tour: &mut Tour) -> Result<()> {
    tour.touch(targets::DOOR_TRADES)?;
    tour.see_screen("univers")?;
    watch::reads(tour, "Découvrir un métier", targets::HEADING, Ink::Dark)
}

fn choose_univers(tour: &mut Tour) -> Result<()> {
    tour.touch(targets::univers(UNIVERS))?;
    tour.see_screen("liste")?;
    watch::reads(
        tour,
        "Bureau, gestion, finances",
        targets::HEADING,
        Ink::Dark,
    )
}

fn start_video(tour: &mut Tour) -> Result<()> {
    tour.touch(targets::FIRST_OF_LIST)?;
    let (status, sound) = playing(tour)?;
    watch::moves(tour, &status, sound)
}

fn read_captions(tour: &mut Tour) -> Result<()> {
    let status = tour.see("une vidéo est en lecture", Status::plays)?;
    let video = status.video.context("vidéo en lecture")?;
    watch::captions(tour, &video)
}

/// The video is held under its text, and goes on where it stood.
fn read_text(tour: &mut Tour) -> Result<()> {
    let before = tour.see("la vidéo joue encore", Status::plays)?;
    show_controls(tour)?;
    tour.touch(targets::TEXT)?;
    tour.see("le texte est affiché, la vidéo attend", |status| {
        status.screen == "fiche" && !status.plays()
    })?;
    tour.touch(targets::RESUME)?;
    tour.see("la vidéo reprend où elle en était", move |status| {
        status.plays() && status.video == before.video && status.position_ms >= before.position_ms
    })?;
    Ok(())
}

fn go_on_phone(tour: &mut Tour) -> Result<()> {
    tour.touch(targets::PHONE)?;
    tour.see_screen("telephone")?;
    tour.touch(targets::BACK)?;
    tour.see_screen("maintenant")?;
    Ok(())
}

fn ask_adviser(tour: &mut Tour) -> Result<()> {
    tour.touch(targets::ADVISER)?;
    tour.see_screen("conseiller")?;
    tour.touch(targets::BACK)?;
    tour.see_screen("maintenant")?;
    Ok(())
}

fn look_at_agenda(tour: &mut Tour) -> Result<()> {
    tour.touch(targets::HOME)?;
    tour.see_screen("accueil")?;
    tour.touch(targets::AGENDA)?;
    tour.see_screen("agenda")?;
    Ok(())
}

fn play_to_the_end(tour: &mut Tour) -> Result<()> {
    seek_near_the_end(tour)?;
    let data = tour.demo.data.clone();
    let mut furthest = 0;
    let mut length = 0;
    let ended = wait::until("fin de la vidéo", TO_THE_END, || {
        let Some(status) = borne::status(&data) else {
            return Ok(None);
        };
        if status.plays() {
            furthest = status.position_ms.max(furthest);
            length = status.duration_ms;
        }
        Ok((status.screen == "maintenant").then_some(()))
    });
    let measured = format!("vue jusqu'à {furthest} ms sur {length} ms");
    tour.check(
        "la vidéo arrive à sa fin en jouant",
        ended.is_ok() && furthest + 2_000 >= length,
        &measured,
    )?;
    watch::reads(tour, "Et maintenant ?", targets::HEADING, Ink::Dark)
}

fn seek_near_the_end(tour: &mut Tour) -> Result<()> {
    let before = tour.see("la vidéo joue encore", Status::plays)?;
    show_controls(tour)?;
    tour.touch(targets::timeline(NEAR_THE_END))?;
    tour.see("la barre mène près de la fin", move |status| {
        status.position_ms * 10 >= status.duration_ms * 7 && status.position_ms > before.position_ms
    })?;
    Ok(())
}

/// Controls hide after a few seconds: a touch on the picture brings them back.
fn show_controls(tour: &mut Tour) -> Result<()> {
    tour.touch(targets::MIDDLE)?;
    watch::reads(tour, "Fin", targets::CONTROLS, Ink::White)
}

fn type_words(tour: &mut Tour) -> Result<()> {
    tour.touch(targets::SEARCH)?;
    tour.see_screen("chercher")?;
    for letter in TYPED.chars() {
        let key = targets::key(letter).with_context(|| format!("touche « {letter} »"))?;
        tour.touch(key)?;
    }
    watch::reads(tour, TYPED, targets::TYPED, Ink::Dark)?;
    watch::reads(
        tour,
        "Analyste financière",
        targets::FIRST_RESULT_TEXT,
        Ink::Dark,
    )
}

fn open_result(tour: &mut Tour) -> Result<()> {
    tour.touch(targets::FIRST_RESULT)?;
    let (status, sound) = playing(tour)?;
    let video = status.video.clone().unwrap_or_default();
    tour.check(
        "le résultat touché est celui qui joue",
        video.contains("financier"),
        &video,
    )?;
    watch::moves(tour, &status, sound)
}

/// Leaves the player by its button *Fin*.
pub fn leave_video(tour: &mut Tour) -> Result<()> {
    show_controls(tour)?;
    tour.touch(targets::LEAVE)?;
    tour.see("le bouton Fin quitte la vidéo", |status| {
        status.screen != "lecteur"
    })?;
    Ok(())
}

fn countdown(tour: &mut Tour) -> Result<()> {
    tour.see_within(IDLE, "le compte à rebours a commencé", |status| {
        status.screen == "inactivite"
    })?;
    watch::reads(tour, "Êtes-vous encore là ?", targets::QUESTION, Ink::Dark)
}

fn back_to_attract(tour: &mut Tour) -> Result<()> {
    tour.see_within(IDLE, "l'écran « veille » revient seul", |status| {
        status.screen == "veille"
    })?;
    Ok(())
}

/// Waits for the video just touched, and counts it.
pub fn playing(tour: &mut Tour) -> Result<(Status, bool)> {
    let status = tour.see("une vidéo joue", |status| {
        status.plays() && status.frames_shown > 0
    })?;
    let key = status.video.clone().unwrap_or_default();
    tour.played(&key);
    let shelf = Shelf::open(&tour.demo.data)?;
    let sound = shelf.video(&key)?.media.sound;
    Ok((status, sound))
}
