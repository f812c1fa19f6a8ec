use super::limits;
use crate::settings;

/// A rectangle, px, from the upper left corner of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Rect {
    fn right(&self) -> f64 {
        self.x + self.width
    }

    fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// The part that lies within `other`; empty when none does.
    #[must_use]
    pub fn within(&self, other: &Self) -> Self {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        Self {
            x,
            y,
            width: (self.right().min(other.right()) - x).max(0.0),
            height: (self.bottom().min(other.bottom()) - y).max(0.0),
        }
    }

    /// All of `other` lies within, to a hundredth of a pixel: layouts are reckoned in short fractions.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        const CLOSE: f64 = 0.01;
        other.x + CLOSE >= self.x
            && other.y + CLOSE >= self.y
            && other.right() <= self.right() + CLOSE
            && other.bottom() <= self.bottom() + CLOSE
    }
}

/// A screen as it hangs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screen {
    /// Width of the picture, mm.
    pub width_mm: f64,
    /// Height of the picture, mm.
    pub height_mm: f64,
    /// Lower edge of the picture above the floor, mm.
    pub lower_edge_mm: f64,
    /// Distance of the eyes, mm.
    pub reading_distance_mm: f64,
    /// Width of the picture, px.
    pub width_px: u32,
    /// Height of the picture, px.
    pub height_px: u32,
    /// It hangs over a plinth or a shelf, which keeps a wheelchair away.
    pub plinth: bool,
}

impl Screen {
    /// The screen of the settings with a picture of so many pixels. The settings may give the sides
    /// of a screen that was turned since: the longer one lies where the picture is longer.
    #[must_use]
    pub fn of(settings: &settings::Screen, width_px: u32, height_px: u32) -> Self {
        Self {
            width_mm: f64::from(settings.width_mm),
            height_mm: f64::from(settings.height_mm),
            lower_edge_mm: f64::from(settings.lower_edge_mm),
            reading_distance_mm: f64::from(settings.reading_distance_mm),
            width_px,
            height_px,
            plinth: settings.plinth,
        }
        .turned_to(width_px > height_px)
    }

    /// The same picture, wider than high or the other way round.
    #[must_use]
    pub fn turned_to(self, wide: bool) -> Self {
        if wide == (self.width_mm >= self.height_mm) {
            return self;
        }
        Self {
            width_mm: self.height_mm,
            height_mm: self.width_mm,
            ..self
        }
    }

    /// Length of a horizontal line, mm.
    #[must_use]
    pub fn across(&self, px: f64) -> f64 {
        px * self.width_mm / f64::from(self.width_px.max(1))
    }

    /// Length of a vertical line, mm.
    #[must_use]
    pub fn down(&self, px: f64) -> f64 {
        px * self.height_mm / f64::from(self.height_px.max(1))
    }

    /// The whole picture, px.
    #[must_use]
    pub fn whole(&self) -> Rect {
        Rect {
            x: 0.0,
            y: 0.0,
            width: f64::from(self.width_px),
            height: f64::from(self.height_px),
        }
    }

    /// Height above the floor of a line so many pixels below the upper edge, mm.
    #[must_use]
    pub fn above_floor(&self, y_px: f64) -> f64 {
        self.lower_edge_mm + self.height_mm - self.down(y_px)
    }

    /// Highest point a seated visitor reaches, mm above the floor.
    #[must_use]
    pub const fn highest_reach(&self) -> f64 {
        if self.plinth {
            limits::HIGHEST_REACH_OVER_PLINTH_MM
        } else {
            limits::HIGHEST_REACH_MM
        }
    }

    /// The part of the picture, from its lower edge, that a seated visitor reaches: 0 to 1.
    #[must_use]
    pub fn part_in_reach(&self) -> f64 {
        ((self.highest_reach() - self.lower_edge_mm) / self.height_mm).clamp(0.0, 1.0)
    }

    /// Height of a capital of the house's face, mm.
    #[must_use]
    pub fn capital(&self, font_px: f64) -> f64 {
        self.down(font_px) * limits::CAP_HEIGHT_EM
    }

    /// Height that covers the angle asked of "Grand texte" at the reading distance, mm; never less
    /// than what the usual text has.
    #[must_use]
    pub fn large_capital(&self) -> f64 {
        let half = (limits::CAPITAL_DEGREES / 2.0).to_radians();
        let covering = 2.0 * self.reading_distance_mm * half.tan();
        covering.max(limits::CAPITAL_MM)
    }
}
