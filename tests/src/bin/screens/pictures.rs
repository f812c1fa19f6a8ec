//! One screen, drawn in each of its variants.

use std::path::Path;
use std::str::FromStr;

use anyhow::{Context, Result};
use borne::demonstration::Stop;
use borne::view::Gallery;
use borne::visit::{Action, ComfortOption};
use image::RgbImage;

/// The pixels of a screen.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
}

impl Size {
    const fn orientation(self) -> &'static str {
        if self.height > self.width {
            "portrait"
        } else {
            "paysage"
        }
    }
}

impl FromStr for Size {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const HOW: &str = "une taille s’écrit LARGEURxHAUTEUR, par exemple 1366x768";
        let (width, height) = text.split_once('x').ok_or(HOW)?;
        let pixels = |text: &str| text.parse().ok().filter(|pixels| *pixels > 0).ok_or(HOW);
        Ok(Self {
            width: pixels(width)?,
            height: pixels(height)?,
        })
    }
}

/// Both ways to hang the screen the drawings are made for.
pub const SIZES: [Size; 2] = [
    Size {
        width: 1920,
        height: 1080,
    },
    Size {
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
    size: Size,
    language: Option<&str>,
    out: &Path,
) -> Result<usize> {
    let alone = stop.way.is_empty();
    let variants = VARIANTS.iter().take(if alone { 1 } else { VARIANTS.len() });
    let mut taken = 0;
    for (variant, comfort) in variants {
        let speaks = language.map(|language| Action::Speak(language.to_owned()));
        let toggles = comfort.iter().copied().map(Action::Toggle);
        let first: Vec<_> = speaks.into_iter().chain(toggles).collect();
        stop.lead(gallery, &first);
        let name = format!("{}-{}-{variant}.png", stop.name, size.orientation());
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
