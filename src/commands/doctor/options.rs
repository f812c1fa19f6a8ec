use borne::ergonomics::Screen;
use borne::settings::{self, Orientation};
use clap::{Args, ValueEnum};

/// Millimetres of an inch.
const INCH_MM: f64 = 25.4;

/// Pixels of a screen whose settings do not say: the one the drawings are made for.
const PIXELS: (u32, u32) = (1920, 1080);

/// Sides of a screen, pixels: what is smaller shows nothing, what is larger is no screen.
const SIDES: std::ops::RangeInclusive<u32> = 320..=8192;

/// Diagonals, mm: from a telephone to a wall.
const DIAGONALS: std::ops::RangeInclusive<f64> = 100.0..=5000.0;

#[derive(Args)]
pub struct Options {
    /// Contrôle seulement un écran de cette diagonale : 21.5in, 546mm
    #[arg(long, value_name = "DIAGONALE", value_parser = diagonal)]
    screen: Option<f64>,
    /// Comment l'écran est accroché
    #[arg(long, value_name = "SENS")]
    mode: Option<Mode>,
    /// Pixels de l'écran : 1920x1080
    #[arg(long, value_name = "LxH", value_parser = pixels)]
    pixels: Option<(u32, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Mode {
    /// plus large que haut
    Landscape,
    /// plus haut que large
    Portrait,
}

impl Options {
    /// Only a screen is to be looked at, of this size; `hung` says the rest.
    pub fn screen(&self, hung: Option<&settings::Screen>) -> Option<Screen> {
        let (width_px, height_px) = self.turned(self.mode.unwrap_or(Mode::Landscape));
        let (width, height) = (f64::from(width_px), f64::from(height_px));
        let mm_per_px = self.screen? / width.hypot(height);
        let usual = settings::Screen::default();
        Some(Screen {
            width_mm: width * mm_per_px,
            height_mm: height * mm_per_px,
            ..Screen::of(hung.unwrap_or(&usual), width_px, height_px)
        })
    }

    /// The screen of the settings; where they say nothing of its pixels the usual ones.
    pub fn screen_of(&self, settings: &settings::Screen) -> Screen {
        let upright = match settings.orientation {
            Orientation::Auto => settings.height_mm > settings.width_mm,
            Orientation::Landscape => false,
            Orientation::Portrait => true,
        };
        let hung = if upright {
            Mode::Portrait
        } else {
            Mode::Landscape
        };
        let (width_px, height_px) = self.turned(self.mode.unwrap_or(hung));
        Screen::of(settings, width_px, height_px)
    }

    /// The pixels, turned as the screen hangs.
    fn turned(&self, mode: Mode) -> (u32, u32) {
        let (a, b) = self.pixels.unwrap_or(PIXELS);
        match mode {
            Mode::Landscape => (a.max(b), a.min(b)),
            Mode::Portrait => (a.min(b), a.max(b)),
        }
    }
}

fn diagonal(text: &str) -> Result<f64, String> {
    let wrong = || format!("« {text} » n'est pas une diagonale : écrivez 21.5in ou 546mm");
    let (number, mm) = match (text.strip_suffix("in"), text.strip_suffix("mm")) {
        (Some(inches), _) => (inches, INCH_MM),
        (None, Some(length)) => (length, 1.0),
        (None, None) => return Err(wrong()),
    };
    let number: f64 = number
        .trim()
        .replace(',', ".")
        .parse()
        .map_err(|_| wrong())?;
    let diagonal = number * mm;
    DIAGONALS
        .contains(&diagonal)
        .then_some(diagonal)
        .ok_or_else(wrong)
}

fn pixels(text: &str) -> Result<(u32, u32), String> {
    let wrong = || format!("« {text} » ne sont pas des pixels : écrivez 1920x1080");
    let (width, height) = text.split_once(['x', '×']).ok_or_else(wrong)?;
    let side = |side: &str| side.trim().parse().ok().filter(|side| SIDES.contains(side));
    side(width).zip(side(height)).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(screen: Option<&str>, mode: Option<Mode>) -> Options {
        Options {
            screen: screen.map(|text| diagonal(text).unwrap()),
            mode,
            pixels: None,
        }
    }

    #[test]
    fn a_diagonal_becomes_a_width_and_a_height_with_square_pixels() {
        let screen = options(Some("21.5in"), Some(Mode::Portrait))
            .screen(None)
            .unwrap();
        assert_eq!((screen.width_px, screen.height_px), (1080, 1920));
        assert!((screen.width_mm - 267.7).abs() < 0.1, "{}", screen.width_mm);
        assert!(
            (screen.height_mm - 476.0).abs() < 0.1,
            "{}",
            screen.height_mm
        );
    }

    #[test]
    fn what_is_no_size_is_refused_with_an_example() {
        for text in ["21.5", "in", "-3in", "2in", "abc mm", "NaNin"] {
            assert!(diagonal(text).unwrap_err().contains("21.5in"), "{text}");
        }
        for text in ["1920", "1920x", "0x0", "99999x3"] {
            assert!(pixels(text).unwrap_err().contains("1920x1080"), "{text}");
        }
        assert_eq!(diagonal("546,5mm"), Ok(546.5));
        assert_eq!(pixels("1366x768"), Ok((1366, 768)));
    }
}
