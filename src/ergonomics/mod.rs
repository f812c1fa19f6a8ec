//! Whether a hand reaches and hits what is on the screen, and an eye reads it: in millimetres.
//!
//! Pure: what stands on the screen comes in as rectangles in pixels, what fails comes out with its
//! measure and the one needed. Contrast is the palette's own affair and is not judged here.

mod limits;
mod rules;
mod screen;
#[cfg(test)]
mod tests;

pub use limits::{CAP_HEIGHT_EM, LEAST_TARGET_MM, SPACING_MM, TARGET_MM};
pub use rules::{Finding, Shortfall, check};
pub use screen::{Rect, Screen};

/// Something that answers a touch.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// What is spoken of it.
    pub name: String,
    /// Where it stands, by the screen's name.
    pub screen: String,
    /// The part that answers, px.
    pub rect: Rect,
    /// It wakes the borne or leads to "Écran bas": it is needed within reach before that is on.
    pub leads_low: bool,
}

/// A text that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Letters {
    /// What it says.
    pub text: String,
    /// Where it stands, by the screen's name.
    pub screen: String,
    /// Size of the font, px an em.
    pub font_px: f64,
}

/// How the visitor has set the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Variant {
    /// As every visit starts.
    Usual,
    /// "Grand texte".
    LargeText,
    /// "Écran bas".
    LowReach,
}
