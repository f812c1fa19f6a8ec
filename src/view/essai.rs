//! Trials of the machine: touch, picture, sound, size.

use slint::{ComponentHandle, Image, Rgb8Pixel, SharedPixelBuffer};

use crate::gst::tone;
use crate::visit::{Action, Trial};

use super::calibration::Calibration;
use super::cards::{number, rows};
use super::handle::Handle;
use super::inbox::Message;
use super::markup::{self, App, EssaiAdapter, TrialKind};
use super::shell::act;
use super::staff::Tone;
use super::stage::Stage;

/// Lines of the grid stand so many pixels apart: a few hundred are seen at once.
const GRID_STEP: u32 = 8;

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<EssaiAdapter>();
    act(handle, Action::Back, |act| adapter.on_leave(act));
    let to = handle.clone();
    adapter.on_play_tone(move || {
        to.with(|stage| {
            let percent = stage.visit.volume();
            play_tone(stage, percent);
        });
    });
    let to = handle.clone();
    adapter.on_grow(move |pixels| {
        to.with(|stage| {
            stage.visit(Action::Touch);
            stage.staff.calibration.grow(pixels);
            show_size(stage);
        });
    });
}

pub fn show(stage: &mut Stage, trial: Trial) {
    let Some(ui) = stage.ui() else { return };
    let adapter = ui.global::<EssaiAdapter>();
    adapter.set_trial(kind(trial));
    match trial {
        Trial::Touch => {
            let cells = adapter.get_columns() * adapter.get_rows();
            adapter.set_cells(rows((0..cells).map(|_| false)));
            adapter.set_reached(0);
        }
        Trial::Screen => {
            adapter.set_turn(0);
            adapter.set_grid(grid());
        }
        Trial::Sound => {
            stage.staff.tone = Tone::Silent;
            follow(stage);
        }
        Trial::Calibration => {
            let size = ui.window().size();
            let screen = &stage.staff.settings.screen;
            stage.staff.calibration = Calibration::new((size.width, size.height), screen);
            show_size(stage);
        }
    }
}

/// What changes while it is looked at: the tone goes from one side to the other.
pub fn follow(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    let tone = match stage.staff.tone {
        Tone::Silent => markup::Tone::Silent,
        Tone::Since(since) if stage.now() < since + tone::SIDE => markup::Tone::Left,
        Tone::Since(_) => markup::Tone::Right,
        Tone::Ended => markup::Tone::Ended,
        Tone::Failed => markup::Tone::Failed,
    };
    ui.global::<EssaiAdapter>().set_tone(tone);
}

fn show_size(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    let calibration = stage.staff.calibration;
    let scale = ui.window().scale_factor();
    let (width, height) = calibration.card_px();
    let (width_mm, height_mm) = calibration.picture_mm();
    let adapter = ui.global::<EssaiAdapter>();
    adapter.set_card_width(logical(width, scale));
    adapter.set_card_height(logical(height, scale));
    adapter.set_width_mm(number(width_mm));
    adapter.set_height_mm(number(height_mm));
}

#[allow(clippy::cast_precision_loss, reason = "a length on a screen")]
fn logical(pixels: u32, scale: f32) -> f32 {
    pixels as f32 / scale
}

/// Plays the tone, at so many percent.
pub fn play_tone(stage: &mut Stage, percent: u8) {
    stage.visit(Action::Touch);
    if matches!(stage.staff.tone, Tone::Since(_)) {
        return;
    }
    let inbox = stage.staff.inbox.clone();
    let volume = f64::from(percent) / 100.0;
    let playing = tone::play(&stage.staff.sound, volume, move |heard| {
        inbox.put(Message::ToneOver(heard));
    });
    stage.staff.tone = match playing {
        Ok(()) => Tone::Since(stage.now()),
        Err(error) => {
            tracing::error!(%error, "no thread for the tone");
            Tone::Failed
        }
    };
    follow(stage);
}

const fn kind(trial: Trial) -> TrialKind {
    match trial {
        Trial::Touch => TrialKind::Touch,
        Trial::Screen => TrialKind::Screen,
        Trial::Sound => TrialKind::Sound,
        Trial::Calibration => TrialKind::Calibration,
    }
}

/// A tile of the grid: one line across, one down, each one pixel wide.
fn grid() -> Image {
    let mut pixels = SharedPixelBuffer::<Rgb8Pixel>::new(GRID_STEP, GRID_STEP);
    for (at, pixel) in (0..).zip(pixels.make_mut_slice()) {
        let on_line = at % GRID_STEP == 0 || at / GRID_STEP == 0;
        let grey = if on_line { 0xff } else { 0x00 };
        *pixel = Rgb8Pixel::new(grey, grey, grey);
    }
    Image::from_rgb8(pixels)
}
