//! What changed between two pictures, and what is written on one.

use std::io::{Cursor, Write};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use image::imageops::{FilterType, crop_imm, resize};
use image::{GrayImage, ImageFormat, Luma, RgbImage};

/// A change of one colour below this is noise of scaling, not another picture.
const NOISE: u8 = 12;

/// One pixel in this many is looked at, each way: enough for a share, and quick.
const EVERY: usize = 2;

/// White text has at least this luminance; a picture behind a caption's band stays below.
const WHITE: u8 = 190;

/// Letters are read best about this many times larger than a caption on a 720-line screen.
const ENLARGE: u32 = 2;

/// A rectangle, as fractions of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Region {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Bottom edge.
    pub bottom: f32,
}

impl Region {
    /// The whole picture.
    pub const WHOLE: Self = Self::new(0.0, 0.0, 1.0, 1.0);

    /// From left and top to right and bottom.
    #[must_use]
    pub const fn new(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        Self {
            left,
            top,
            right,
            bottom,
        }
    }

    /// This part of a picture.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "fractions of a screen's size"
    )]
    pub fn of(self, picture: &RgbImage) -> RgbImage {
        let (width, height) = picture.dimensions();
        let place = |part: f32, size: u32| (part.clamp(0.0, 1.0) * size as f32) as u32;
        let (left, top) = (place(self.left, width), place(self.top, height));
        let (right, bottom) = (place(self.right, width), place(self.bottom, height));
        crop_imm(
            picture,
            left,
            top,
            right.saturating_sub(left),
            bottom.saturating_sub(top),
        )
        .to_image()
    }
}

/// Share of the pixels of a region, 0 to 1, that differ between two pictures of the same size.
///
/// # Errors
/// The pictures differ in size, or the region is empty.
#[expect(clippy::cast_precision_loss, reason = "a count of pixels as a share")]
pub fn changed(one: &RgbImage, other: &RgbImage, region: Region) -> Result<f32> {
    ensure!(
        one.dimensions() == other.dimensions(),
        "images de tailles différentes"
    );
    let (one, other) = (region.of(one), region.of(other));
    let (width, height) = one.dimensions();
    let differ = |x, y| {
        let (one, other) = (one.get_pixel(x, y), other.get_pixel(x, y));
        one.0
            .iter()
            .zip(other.0)
            .any(|(a, b)| a.abs_diff(b) > NOISE)
    };
    let (mut all, mut different) = (0_u32, 0_u32);
    for y in (0..height).step_by(EVERY) {
        for x in (0..width).step_by(EVERY) {
            all += 1;
            different += u32::from(differ(x, y));
        }
    }
    ensure!(all > 0, "région vide : {region:?}");
    Ok(different as f32 / all as f32)
}

/// How the letters stand out from their ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// White letters on anything darker, as captions are.
    White,
    /// Dark letters on a light page.
    Dark,
}

/// Text in a region of a picture, as tesseract reads it in French.
///
/// # Errors
/// tesseract is missing or fails.
pub fn text(picture: &RgbImage, region: Region, ink: Ink) -> Result<String> {
    let grey = image::imageops::grayscale(&region.of(picture));
    let page = match ink {
        Ink::White => black_on_white(&grey),
        Ink::Dark => grey,
    };
    let (width, height) = page.dimensions();
    let large = resize(
        &page,
        width * ENLARGE,
        height * ENLARGE,
        FilterType::CatmullRom,
    );
    let mut png = Cursor::new(Vec::new());
    large.write_to(&mut png, ImageFormat::Png)?;
    read(png.get_ref())
}

fn black_on_white(grey: &GrayImage) -> GrayImage {
    let mut page = grey.clone();
    for Luma([value]) in page.pixels_mut() {
        *value = if *value >= WHITE { 0 } else { 255 };
    }
    page
}

fn read(png: &[u8]) -> Result<String> {
    // Sparse text (11): a screen is no page of a book.
    let mut child = Command::new("tesseract")
        .args(["stdin", "stdout", "-l", "fra", "--psm", "11"])
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("démarrage de tesseract (paquets tesseract-ocr et tesseract-ocr-fra)")?;
    let mut stdin = child.stdin.take().context("entrée de tesseract")?;
    stdin.write_all(png)?;
    drop(stdin);
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "tesseract : {}", output.status);
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    fn plain(value: u8) -> RgbImage {
        RgbImage::from_pixel(12, 12, Rgb([value; 3]))
    }

    #[test]
    fn noise_is_no_change_and_half_a_picture_is_half() {
        assert_eq!(
            changed(&plain(100), &plain(105), Region::WHOLE).unwrap(),
            0.0
        );
        let mut half = plain(100);
        for x in 0..6 {
            for y in 0..12 {
                half.put_pixel(x, y, Rgb([200, 100, 100]));
            }
        }
        assert_eq!(changed(&plain(100), &half, Region::WHOLE).unwrap(), 0.5);
        let left = Region::new(0.0, 0.0, 0.5, 1.0);
        assert_eq!(changed(&plain(100), &half, left).unwrap(), 1.0);
    }

    #[test]
    fn an_empty_region_is_an_error() {
        let empty = Region::new(0.5, 0.5, 0.5, 0.5);
        assert!(changed(&plain(1), &plain(2), empty).is_err());
    }
}
