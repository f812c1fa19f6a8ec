//! QR codes as images: one pixel a module, black on white, the quiet zone included.

use qrcode::{Color, QrCode};
use slint::{Image, Rgb8Pixel, SharedPixelBuffer};

/// White modules around the code: ISO/IEC 18004 asks for four.
const QUIET: usize = 4;

const BLACK: u8 = 0x00;
const WHITE: u8 = 0xff;

/// The code of a text; no image when the text is empty or too long for one.
pub fn code(text: &str) -> Image {
    modules(text).map_or_else(Image::default, |(side, modules)| image(side, &modules))
}

/// Grey levels row by row, and how many there are in a row.
fn modules(text: &str) -> Option<(usize, Vec<u8>)> {
    if text.is_empty() {
        return None;
    }
    let code = QrCode::new(text)
        .inspect_err(|error| tracing::warn!(%error, "a text has no QR code"))
        .ok()?;
    let (width, dark) = (code.width(), code.to_colors());
    let side = width + 2 * QUIET;
    let mut modules = vec![WHITE; side * side];
    for (row, line) in dark.chunks(width).enumerate() {
        for (column, _) in (0..).zip(line).filter(|(_, color)| **color == Color::Dark) {
            modules[(row + QUIET) * side + column + QUIET] = BLACK;
        }
    }
    Some((side, modules))
}

fn image(side: usize, modules: &[u8]) -> Image {
    let side = u32::try_from(side).unwrap_or(u32::MAX);
    let mut pixels = SharedPixelBuffer::<Rgb8Pixel>::new(side, side);
    for (pixel, grey) in pixels.make_mut_slice().iter_mut().zip(modules) {
        *pixel = Rgb8Pixel::new(*grey, *grey, *grey);
    }
    Image::from_rgb8(pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a phone reads, each module eight pixels wide.
    fn read(side: usize, modules: &[u8]) -> String {
        const SCALE: usize = 8;
        let mut picture =
            rqrr::PreparedImage::prepare_from_greyscale(side * SCALE, side * SCALE, |x, y| {
                modules[y / SCALE * side + x / SCALE]
            });
        let grids = picture.detect_grids();
        grids[0].decode().unwrap().1
    }

    #[test]
    fn a_phone_reads_the_address_that_was_given() {
        for text in [
            "https://miti.be/",
            "https://videobox.example/af1?t=41",
            "borne=mons-1 version=0.1.0 generation=12 réseau=hors ligne",
        ] {
            let (side, modules) = modules(text).unwrap();
            assert_eq!(read(side, &modules), text);
        }
    }

    #[test]
    fn four_white_modules_lie_around_the_code() {
        let (side, modules) = modules("https://miti.be/").unwrap();
        for (at, grey) in modules.iter().enumerate() {
            let (row, column) = (at / side, at % side);
            let edge = row.min(column).min(side - 1 - row).min(side - 1 - column);
            assert!(
                edge >= QUIET || *grey == WHITE,
                "row {row}, column {column}"
            );
        }
        assert_eq!(modules[QUIET * side + QUIET], BLACK);
    }

    #[test]
    fn nothing_and_what_is_too_long_have_no_code() {
        assert!(modules("").is_none());
        assert!(modules(&"a".repeat(5_000)).is_none());
        assert_eq!(code("").size().width, 0);
    }
}
