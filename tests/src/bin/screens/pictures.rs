//! One screen, drawn in each of its variants.

use std::path::Path;

use anyhow::{Context, Result};
use borne::demonstration::Stop;
use borne::view::Gallery;
use borne::visit::{Action, ComfortOption};
use image::RgbImage;

/// A way to hang a screen.
pub struct Orientation {
    name: &'static str,
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
}

/// Both ways to hang a screen.
pub const ORIENTATIONS: [Orientation; 2] = [
    Orientation {
        name: "paysage",
        width: 1920,
        height: 1080,
    },
    Orientation {
        name: "portrait",
        width: 1080,
        height: 1920,
    },
];

/// Comfort options that change the layout, with their names in the pictures'.
const VARIANTS: [(&str, &[ComfortOption]); 4] = [
    ("normal", &[]),
    ("grand-texte", &[ComfortOption::LargeText]),
    ("contraste", &[ComfortOption::Contrast]),
    ("ecran-bas", &[ComfortOption::LowReach]),
];

/// Takes the pictures of a screen; how many. The attract loop has no visitor, hence no variants.
pub fn take(
    gallery: &Gallery,
    stop: &Stop,
    orientation: &Orientation,
    out: &Path,
) -> Result<usize> {
    let alone = stop.way.is_empty();
    let variants = VARIANTS.iter().take(if alone { 1 } else { VARIANTS.len() });
    let mut taken = 0;
    for (variant, comfort) in variants {
        stop.lead(gallery, comfort);
        let name = format!("{}-{}-{variant}.png", stop.name, orientation.name);
        save(gallery, &out.join(name))?;
        taken += 1;
    }
    gallery.act(Action::Leave);
    Ok(taken)
}

fn save(gallery: &Gallery, path: &Path) -> Result<()> {
    let (pixels, width, height) = gallery.picture();
    let picture = RgbImage::from_raw(width, height, pixels).context("une image incomplète")?;
    picture
        .save(path)
        .with_context(|| format!("{}", path.display()))
}
