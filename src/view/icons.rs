//! The icons that a catalogue may name.

use slint::Image;

macro_rules! icons {
    ($($name:literal),* $(,)?) => {
        /// The file of an icon; the stand-in for a name that is unknown.
        fn svg(name: &str) -> &'static [u8] {
            match name {
                $($name => include_bytes!(concat!("../../ui/assets/icons/", $name, ".svg")),)*
                _ => include_bytes!("../../ui/assets/icons/film-slate.svg"),
            }
        }
    };
}

icons!(
    "binoculars",
    "briefcase",
    "calendar-dots",
    "chart-line-up",
    "chats-circle",
    "code",
    "compass",
    "cooking-pot",
    "crane",
    "device-mobile",
    "files",
    "gear-six",
    "hand-heart",
    "heartbeat",
    "identification-card",
    "leaf",
    "magnifying-glass",
    "paint-brush",
    "phone-call",
    "plant",
    "read-cv-logo",
    "rocket-launch",
    "sparkle",
    "storefront",
    "translate",
    "truck",
    "wrench",
);

/// An icon by name, as a mask to be coloured.
pub fn named(name: &str) -> Image {
    Image::load_from_svg_data(svg(name)).unwrap_or_default()
}
