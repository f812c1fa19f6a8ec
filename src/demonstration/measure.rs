use std::sync::Arc;

use super::{DemonstrationError, Machine, Stop, borne, stops};
use crate::clock;
use crate::ergonomics::{self, Finding, Screen, Variant};
use crate::settings;
use crate::view::{Gallery, PlayError};
use crate::visit::{Action, ComfortOption};

/// Variants in which a screen is measured, and what a visitor turns on for them.
const VARIANTS: [(Variant, &[Action]); 3] = [
    (Variant::Usual, &[]),
    (
        Variant::LargeText,
        &[Action::Toggle(ComfortOption::LargeText)],
    ),
    (
        Variant::LowReach,
        &[Action::Toggle(ComfortOption::LowReach)],
    ),
];

/// The screens cannot be measured.
#[derive(Debug, thiserror::Error)]
pub enum MeasureError {
    /// No folder to set a demonstration up in.
    #[error("temporary folder: {0}")]
    Folder(#[from] std::io::Error),
    /// The demonstration cannot be set up.
    #[error(transparent)]
    Demonstration(#[from] DemonstrationError),
    /// The screens cannot be drawn.
    #[error(transparent)]
    Screen(#[from] PlayError),
}

/// Lays every screen out as `screen` hangs, and says what is too small, too close or out of reach.
/// The findings name a screen by the title of its stop.
///
/// # Errors
/// The screens cannot be drawn here.
pub fn measure(screen: &Screen) -> Result<Vec<(Variant, Finding)>, MeasureError> {
    let folder = tempfile::tempdir()?;
    let today = clock::local().date();
    let mut settings = borne(folder.path(), today)?;
    settings.screen = hanging(screen);
    let mut findings = Vec::new();
    for first_start in [false, true] {
        if first_start {
            settings.borne.id.clear();
        }
        let size = (screen.width_px, screen.height_px);
        let gallery = Gallery::on(&settings, size, Arc::new(Machine))?;
        let walked = stops()
            .into_iter()
            .filter(|stop| stop.first_start == first_start);
        walked.for_each(|stop| measure_stop(&gallery, &stop, screen, &mut findings));
    }
    Ok(findings)
}

/// What fails on a screen, in each variant.
fn measure_stop(
    gallery: &Gallery,
    stop: &Stop,
    screen: &Screen,
    findings: &mut Vec<(Variant, Finding)>,
) {
    for (variant, first) in VARIANTS {
        if stop.way.is_empty() && variant != Variant::Usual {
            // Nobody has changed anything in the attract loop.
            continue;
        }
        stop.lead(gallery, first);
        let (mut controls, mut letters) = gallery.survey();
        for control in &mut controls {
            stop.title.clone_into(&mut control.screen);
        }
        for text in &mut letters {
            stop.title.clone_into(&mut text.screen);
        }
        let found = ergonomics::check(screen, variant, &controls, &letters);
        findings.extend(found.into_iter().map(|finding| (variant, finding)));
    }
}

/// The settings of a screen that hangs so: the layout depends on them.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "millimetres of a screen"
)]
fn hanging(screen: &Screen) -> settings::Screen {
    let mm = |length: f64| length.round() as u32;
    settings::Screen {
        width_mm: mm(screen.width_mm),
        height_mm: mm(screen.height_mm),
        lower_edge_mm: mm(screen.lower_edge_mm),
        reading_distance_mm: mm(screen.reading_distance_mm),
        plinth: screen.plinth,
        ..settings::Screen::default()
    }
}
