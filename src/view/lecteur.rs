//! The player's controls, captions and picture.

use slint::{ComponentHandle, Image, Model, ModelRc, SharedString};

use crate::playback::Action;
use crate::visit::{self, ComfortOption};

use super::cards::rows;
use super::handle::Handle;
use super::markup::{App, LecteurAdapter};
use super::shell::act;
use super::stage::Stage;
use super::text;

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<LecteurAdapter>();
    act(handle, visit::Action::Back, |act| adapter.on_finish(act));
    act(handle, visit::Action::Touch, |act| {
        adapter.on_show_controls(act);
    });
    act(
        handle,
        visit::Action::Toggle(ComfortOption::Captions),
        |act| {
            adapter.on_toggle_captions(act);
        },
    );
    bind_tracks(&adapter, handle);
    let to = handle.clone();
    adapter.on_toggle(move || {
        to.with(|stage| {
            let running = stage.playback.state().is_running();
            stage.visit(visit::Action::Touch);
            stage.playback(if running {
                Action::Pause
            } else {
                Action::Resume
            });
        });
    });
    let to = handle.clone();
    adapter.on_seek_by(move |seconds| to.playback(Action::SeekBy(i64::from(seconds) * 1000)));
    let to = handle.clone();
    adapter.on_seek_to(move |part| {
        to.with(|stage| {
            let target = part_of(stage.playback.duration_ms(), part);
            stage.visit(visit::Action::Touch);
            stage.playback(Action::SeekTo(target));
        });
    });
    let to = handle.clone();
    adapter.on_louder(move |steps| {
        to.visit(visit::Action::Louder(i8::try_from(steps).unwrap_or(0)));
    });
}

/// Tracks, speed, and the ways from the video to its text and to a phone.
fn bind_tracks(adapter: &LecteurAdapter, handle: &Handle) {
    let toggle = |option| visit::Action::Toggle(option);
    act(handle, toggle(ComfortOption::AudioDescription), |act| {
        adapter.on_toggle_description(act);
    });
    act(handle, toggle(ComfortOption::SignLanguage), |act| {
        adapter.on_toggle_signs(act);
    });
    act(handle, visit::Action::Faster, |act| adapter.on_faster(act));
    let to = handle.clone();
    adapter.on_read(move || {
        to.with(|stage| {
            let key = stage.film.key.clone();
            stage.visit(visit::Action::OpenFiche(key));
        });
    });
    let to = handle.clone();
    adapter.on_go_on_phone(move || {
        to.with(|stage| {
            let (key, at_ms) = (stage.film.key.clone(), stage.playback.position_ms());
            stage.visit(visit::Action::OpenPhone { key, at_ms });
        });
    });
}

/// A video has been opened.
pub fn show(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    let film = &stage.film;
    let adapter = ui.global::<LecteurAdapter>();
    adapter.set_key(film.key.as_str().into());
    adapter.set_title(text::unbroken(&film.title).into());
    adapter.set_has_captions(film.has_captions);
    adapter.set_has_sound(film.has_sound);
    adapter.set_has_description(film.has_description);
    adapter.set_has_signs(film.has_signs);
    adapter.set_has_text(film.has_text);
    adapter.set_has_phone(film.has_phone);
    follow(stage);
}

/// What changes while it plays.
pub fn follow(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    let adapter = ui.global::<LecteurAdapter>();
    let state = stage.playback.state();
    let (position, duration) = (stage.playback.position_ms(), stage.playback.duration_ms());
    adapter.set_has_frame(stage.pictured);
    adapter.set_playing(state.is_running());
    adapter.set_progress(part(position, duration));
    adapter.set_elapsed(text::clock(position).into());
    adapter.set_total(text::clock(duration).into());
    adapter.set_captions_on(stage.captions_shown());
    adapter.set_controls(stage.now() < stage.controls_until || state.is_held());
    let comfort = stage.visit.comfort();
    adapter.set_description_on(comfort.is_on(ComfortOption::AudioDescription));
    adapter.set_signs_on(comfort.is_on(ComfortOption::SignLanguage));
    adapter.set_speed(i32::try_from(stage.visit.speed_percent()).unwrap_or(100));
    adapter.set_quiet(stage.quiet);
    adapter.set_volume(i32::from(stage.visit.volume()));
    set_lines(
        &adapter.get_caption(),
        stage.film.caption(position),
        |lines| {
            adapter.set_caption(rows(lines));
        },
    );
}

pub fn picture(stage: &Stage, image: Image) {
    let Some(ui) = stage.ui() else { return };
    let adapter = ui.global::<LecteurAdapter>();
    adapter.set_frame(image);
    adapter.set_has_frame(true);
}

/// Sets lines only when they differ, so that nothing is drawn again for nothing.
pub fn set_lines(
    shown: &ModelRc<SharedString>,
    lines: &[String],
    set: impl FnOnce(Vec<SharedString>),
) {
    if shown.iter().map(String::from).eq(lines.iter().cloned()) {
        return;
    }
    set(lines.iter().map(SharedString::from).collect());
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a part of a bar a few thousand pixels long"
)]
fn part(position_ms: u64, duration_ms: u64) -> f32 {
    if duration_ms == 0 {
        return 0.0;
    }
    (position_ms as f32 / duration_ms as f32).clamp(0.0, 1.0)
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place on a bar, between 0 and the duration"
)]
fn part_of(duration_ms: u64, part: f32) -> u64 {
    (duration_ms as f64 * f64::from(part.clamp(0.0, 1.0))) as u64
}
