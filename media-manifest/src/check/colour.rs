//! Contrast of colours, after WCAG 2.2.

/// Contrast of white text on `#RRGGBB`, from 1 to 21. `None` when it is no colour.
pub(super) fn under_white(colour: &str) -> Option<f64> {
    let digits = colour
        .strip_prefix('#')
        .filter(|digits| digits.len() == 6)?;
    let rgb = hex::decode(digits).ok()?;
    let [red, green, blue] = rgb.as_slice() else {
        return None;
    };
    let luminance = 0.2126 * linear(*red) + 0.7152 * linear(*green) + 0.0722 * linear(*blue);
    Some(1.05 / (luminance + 0.05))
}

fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.04045 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}
