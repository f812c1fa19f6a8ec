use super::limits::{CAPITAL_MM, LOWEST_REACH_MM, ROUNDING_MM, SPACING_MM, TARGET_MM};
use super::{Control, Letters, Rect, Screen, Variant};

/// What fails, and by how much.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Name of the screen it stands on.
    pub screen: String,
    /// The control's name, or the text.
    pub what: String,
    /// What it falls short of.
    pub shortfall: Shortfall,
}

/// A measure that is not met. All lengths mm.
#[derive(Clone, Debug, PartialEq)]
pub enum Shortfall {
    /// A control is not wide enough.
    Narrow {
        /// Its width.
        mm: f64,
    },
    /// A control is not high enough.
    Flat {
        /// Its height.
        mm: f64,
    },
    /// Two controls stand too close.
    Close {
        /// Name of the other.
        to: String,
        /// The gap.
        mm: f64,
    },
    /// Too much of a control is above what a seated visitor reaches.
    High {
        /// Height of its lower edge above the floor.
        mm: f64,
        /// The highest point within reach.
        limit: f64,
    },
    /// Too much of a control is below what a seated visitor reaches.
    Deep {
        /// Height of its upper edge above the floor.
        mm: f64,
        /// The lowest point within reach.
        limit: f64,
    },
    /// Letters are too small.
    Small {
        /// Height of a capital.
        mm: f64,
        /// Height needed.
        needed: f64,
    },
}

/// What fails on a screen, controls first, in the order given.
#[must_use]
pub fn check(
    screen: &Screen,
    variant: Variant,
    controls: &[Control],
    letters: &[Letters],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, control) in controls.iter().enumerate() {
        let mut found = |shortfall| {
            findings.push(Finding {
                screen: control.screen.clone(),
                what: control.name.clone(),
                shortfall,
            });
        };
        size(screen, control).for_each(&mut found);
        reach(screen, variant, control)
            .into_iter()
            .for_each(&mut found);
        let after = controls.get(at + 1..).unwrap_or_default();
        let beside = after.iter().filter(|other| other.screen == control.screen);
        beside
            .filter_map(|other| spacing(screen, control, other))
            .for_each(&mut found);
    }
    let small = letters
        .iter()
        .filter_map(|letters| size_of_letters(screen, variant, letters));
    findings.extend(small);
    findings
}

fn size(screen: &Screen, control: &Control) -> impl Iterator<Item = Shortfall> {
    let seen = control.rect.within(&screen.whole());
    let (width, height) = (screen.across(seen.width), screen.down(seen.height));
    let narrow = is_short(width, TARGET_MM).then_some(Shortfall::Narrow { mm: width });
    let flat = is_short(height, TARGET_MM).then_some(Shortfall::Flat { mm: height });
    narrow.into_iter().chain(flat)
}

/// One inside the other is one target within another, not two beside each other.
fn spacing(screen: &Screen, control: &Control, other: &Control) -> Option<Shortfall> {
    let (a, b) = (&control.rect, &other.rect);
    if a.holds(b) || b.holds(a) {
        return None;
    }
    let mm = gap(screen, a, b);
    is_short(mm, SPACING_MM).then(|| Shortfall::Close {
        to: other.name.clone(),
        mm,
    })
}

/// The shortest way from one to the other; 0 when they touch.
fn gap(screen: &Screen, a: &Rect, b: &Rect) -> f64 {
    let across = (b.x - a.x - a.width).max(a.x - b.x - b.width).max(0.0);
    let down = (b.y - a.y - a.height).max(a.y - b.y - b.height).max(0.0);
    screen.across(across).hypot(screen.down(down))
}

/// With "Écran bas" every control is within reach; before, what leads there. A control is within
/// reach when as much of it as a target needs is.
fn reach(screen: &Screen, variant: Variant, control: &Control) -> Option<Shortfall> {
    if variant != Variant::LowReach && !control.leads_low {
        return None;
    }
    let top = screen.above_floor(control.rect.y);
    let foot = screen.above_floor(control.rect.y + control.rect.height);
    let (lowest, highest) = (LOWEST_REACH_MM, screen.highest_reach());
    let needed = TARGET_MM.min(top - foot);
    if is_short(highest - foot, needed) {
        return Some(Shortfall::High {
            mm: foot,
            limit: highest,
        });
    }
    is_short(top - lowest, needed).then_some(Shortfall::Deep {
        mm: top,
        limit: lowest,
    })
}

fn size_of_letters(screen: &Screen, variant: Variant, letters: &Letters) -> Option<Finding> {
    let mm = screen.capital(letters.font_px);
    let needed = match variant {
        Variant::LargeText => screen.large_capital(),
        Variant::Usual | Variant::LowReach => CAPITAL_MM,
    };
    is_short(mm, needed).then(|| Finding {
        screen: letters.screen.clone(),
        what: letters.text.clone(),
        shortfall: Shortfall::Small { mm, needed },
    })
}

fn is_short(mm: f64, needed: f64) -> bool {
    mm + ROUNDING_MM < needed
}
