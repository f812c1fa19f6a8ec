//! How large the screen is, found with a card of known size.

use crate::settings::Screen;

/// Width of an ID-1 card (bank card, identity card), mm: ISO/IEC 7810.
pub const CARD_WIDTH_MM: f64 = 85.60;

/// Height of an ID-1 card, mm: ISO/IEC 7810.
pub const CARD_HEIGHT_MM: f64 = 53.98;

/// A card is at least this wide on any screen, pixels: below, a pixel is coarser than 2 mm.
const SMALLEST: u32 = 43;

/// A rectangle that is made to fit a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calibration {
    /// Width of the rectangle, pixels.
    card: u32,
    /// The picture, pixels.
    window: (u32, u32),
}

impl Calibration {
    /// Starts from the size that the settings give.
    pub fn new(window: (u32, u32), screen: &Screen) -> Self {
        let wide = CARD_WIDTH_MM * f64::from(window.0) / f64::from(screen.width_mm.max(1));
        Self { card: 0, window }.with(rounded(wide))
    }

    /// Makes the rectangle wider by so many pixels, narrower when negative.
    pub fn grow(&mut self, pixels: i32) {
        *self = self.with(self.card.saturating_add_signed(pixels));
    }

    /// Width and height of the rectangle, pixels.
    pub fn card_px(self) -> (u32, u32) {
        let high = f64::from(self.card) * CARD_HEIGHT_MM / CARD_WIDTH_MM;
        (self.card, rounded(high))
    }

    /// Width and height of the picture, mm: what a card that fits the rectangle means.
    pub fn picture_mm(self) -> (u32, u32) {
        let mm = |pixels: u32| rounded(f64::from(pixels) * CARD_WIDTH_MM / f64::from(self.card));
        (mm(self.window.0), mm(self.window.1))
    }

    fn with(self, card: u32) -> Self {
        let largest = self.window.0.max(SMALLEST);
        Self {
            card: card.clamp(SMALLEST, largest),
            ..self
        }
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded, and clamped to what a screen can have"
)]
fn rounded(value: f64) -> u32 {
    value.round().clamp(0.0, f64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(width_mm: u32, height_mm: u32) -> Screen {
        Screen {
            width_mm,
            height_mm,
            ..Screen::default()
        }
    }

    #[test]
    fn a_screen_that_is_as_its_settings_say_keeps_them() {
        for (window, mm) in [
            ((1920, 1080), (476, 268)),
            ((1080, 1920), (268, 476)),
            ((3840, 2160), (708, 398)),
            ((1366, 768), (344, 193)),
        ] {
            let calibration = Calibration::new(window, &screen(mm.0, mm.1));
            assert_eq!(calibration.picture_mm(), mm, "{window:?}");
        }
    }

    #[test]
    fn the_rectangle_has_the_form_of_a_card() {
        let calibration = Calibration::new((1920, 1080), &screen(476, 268));
        assert_eq!(calibration.card_px(), (345, 218));
    }

    #[test]
    fn a_card_larger_than_the_rectangle_means_a_smaller_screen() {
        let mut calibration = Calibration::new((1920, 1080), &screen(476, 268));
        calibration.grow(69);
        assert_eq!(calibration.card_px().0, 414);
        assert_eq!(calibration.picture_mm(), (397, 223));
    }

    #[test]
    fn the_rectangle_neither_vanishes_nor_outgrows_the_screen() {
        let mut calibration = Calibration::new((1920, 1080), &screen(476, 268));
        calibration.grow(-100_000);
        assert_eq!(calibration.card_px().0, SMALLEST);
        calibration.grow(i32::MAX);
        assert_eq!(calibration.card_px().0, 1920);
        let nowhere = Calibration::new((0, 0), &screen(476, 268));
        assert_eq!(nowhere.picture_mm(), (0, 0));
    }
}
