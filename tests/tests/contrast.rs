//! Every pair of colours that the screen uses stands out, in both themes: 4.5:1 for text, 3:1 for
//! large text and for what a control is known by (WCAG 2.2, 1.4.3 and 1.4.11).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

const TEXT: f64 = 4.5;
const SHAPE: f64 = 3.0;

/// What stands before what, and how much it must stand out. A colour that lets the picture through
/// is looked at over white and over black.
const PAIRS: &[(&str, &str, f64)] = &[
    ("ink", "paper", TEXT),
    ("ink", "card", TEXT),
    ("ink", "highlight", TEXT),
    ("ink-soft", "paper", TEXT),
    ("ink-soft", "card", TEXT),
    ("on-night", "night", TEXT),
    ("on-night", "night-raised", TEXT),
    ("on-night", "scrim", TEXT),
    ("on-active", "active", TEXT),
    ("active", "night", TEXT),
    ("active", "scrim", SHAPE),
    ("white", "badge", TEXT),
    ("white", "caption-ground", TEXT),
    ("white", "play", SHAPE),
    ("white", "door-trade", TEXT),
    ("white", "door-job", TEXT),
    ("white", "door-business", TEXT),
    ("white", "door-unsure", TEXT),
    ("white", "night-raised", TEXT),
    ("on-focus", "focus", TEXT),
    ("on-focus", "live", TEXT),
    ("focus", "paper", SHAPE),
    ("focus", "card", SHAPE),
    ("live", "paper", SHAPE),
];

/// Colours that carry no meaning by themselves: edges and veils.
const DECORATION: &[&str] = &["card-edge", "pressed"];

type Rgba = [f64; 4];

/// The colours of a theme by name.
fn palette(contrast: bool) -> BTreeMap<String, Rgba> {
    let theme = include_str!("../../ui/theme.slint");
    let declared = theme.lines().filter_map(|line| {
        let (name, value) = line
            .trim()
            .strip_prefix("out property <color> ")?
            .strip_suffix(';')?
            .split_once(": ")?;
        Some((name.to_owned(), value.to_owned()))
    });
    let mut colours: BTreeMap<_, _> = declared
        .map(|(name, value)| (name, colour(&chosen(&value, contrast))))
        .collect();
    colours.insert("white".to_owned(), colour("#ffffff"));
    colours
}

/// The branch of `condition ? "Contraste" : usual` that a theme takes.
fn chosen(value: &str, contrast: bool) -> String {
    let Some((condition, branches)) = value.split_once(" ? ") else {
        return value.to_owned();
    };
    let (yes, no) = branches.split_once(" : ").unwrap();
    let takes = condition.split(" || ").any(|word| word == "contrast") && contrast;
    (if takes { yes } else { no }).to_owned()
}

fn colour(hex: &str) -> Rgba {
    let digits = hex.strip_prefix('#').unwrap_or_else(|| panic!("{hex}"));
    let part = |at: usize| {
        let pair = digits.get(at..at + 2).unwrap_or("ff");
        f64::from(u8::from_str_radix(pair, 16).unwrap()) / 255.0
    };
    [part(0), part(2), part(4), part(6)]
}

/// A colour that lets a ground through, over that ground.
fn over(front: Rgba, ground: f64) -> Rgba {
    let [red, green, blue, alpha] = front;
    let mixed = |part: f64| part * alpha + ground * (1.0 - alpha);
    [mixed(red), mixed(green), mixed(blue), 1.0]
}

/// Relative luminance, WCAG 2.2.
fn luminance([red, green, blue, _]: Rgba) -> f64 {
    let linear = |part: f64| {
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// The least ratio over the grounds that a picture may be.
fn ratio(front: Rgba, ground: Rgba) -> f64 {
    [0.0, 1.0]
        .map(|picture| {
            let (a, b) = (luminance(front), luminance(over(ground, picture)));
            (a.max(b) + 0.05) / (a.min(b) + 0.05)
        })
        .into_iter()
        .fold(f64::INFINITY, f64::min)
}

#[test]
fn every_pair_stands_out_in_both_themes() {
    let mut faint = Vec::new();
    for contrast in [false, true] {
        let palette = palette(contrast);
        for (front, ground, least) in PAIRS {
            let found = ratio(palette[*front], palette[*ground]);
            if found < *least {
                faint.push(format!(
                    "{front} on {ground}: {found:.2}, contrast {contrast}"
                ));
            }
        }
    }
    assert_eq!(faint, Vec::<String>::new());
}

#[test]
fn no_colour_of_the_theme_is_left_out() {
    let looked_at: BTreeSet<_> = PAIRS
        .iter()
        .flat_map(|(front, ground, _)| [*front, *ground])
        .chain(DECORATION.iter().copied())
        .collect();
    let palette = palette(false);
    let left_out: Vec<_> = palette
        .keys()
        .filter(|name| !looked_at.contains(name.as_str()))
        .collect();
    assert_eq!(left_out, Vec::<&String>::new());
}

#[test]
fn black_on_white_is_twenty_one_to_one() {
    let found = ratio(colour("#000000"), colour("#ffffff"));
    assert!((found - 21.0).abs() < 0.01, "{found}");
}
