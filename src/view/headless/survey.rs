//! What stands on the screen, read off the tree that the renderer draws from: what is laid out is
//! what is measured, and a screen that nobody measures pays nothing for it.

use slint::Window;
use slint::private_unstable_api::re_exports::{
    AccessibleRole, AccessibleStringProperty, ComplexText, Flickable, ItemRc, SimpleText,
    TouchArea, WindowInner,
};

use crate::ergonomics::{Control, Letters, Rect};

/// Controls that wake the borne or lead to "Écran bas", by what is spoken of them in French.
const LEADS_LOW: [&str; 3] = ["Commencer", "Confort", "Écran bas"];

/// What is part of the screen and bears on hands and eyes, in the order it is drawn.
enum Part {
    /// It has a name and a role that answers.
    Named { name: String, rect: Rect },
    /// It takes touches.
    Area(Rect),
    /// It can be read.
    Text { text: String, font_px: f64 },
}

/// The controls and texts of a window, on the screen of that name.
pub fn survey(window: &Window, screen: &str) -> (Vec<Control>, Vec<Letters>) {
    let parts = parts(window);
    let controls = parts.iter().enumerate().filter_map(|(at, part)| {
        let Part::Named { name, rect } = part else {
            return None;
        };
        Some(Control {
            name: name.clone(),
            screen: screen.to_owned(),
            rect: answering(rect, parts.get(at + 1..).unwrap_or_default())?,
            leads_low: LEADS_LOW.contains(&name.as_str()),
        })
    });
    let letters = parts.iter().filter_map(|part| match part {
        Part::Text { text, font_px } => Some(Letters {
            text: text.clone(),
            screen: screen.to_owned(),
            font_px: *font_px,
        }),
        Part::Named { .. } | Part::Area(_) => None,
    });
    (controls.collect(), letters.collect())
}

/// The part of a control that answers; `None` for one that does not, or that lies under something
/// drawn `after` it that takes its touches.
fn answering(rect: &Rect, after: &[Part]) -> Option<Rect> {
    let areas = || {
        after.iter().filter_map(|part| match part {
            Part::Area(area) => Some(area),
            Part::Named { .. } | Part::Text { .. } => None,
        })
    };
    let centre = Rect {
        x: rect.x + rect.width / 2.0,
        y: rect.y + rect.height / 2.0,
        ..Rect::default()
    };
    if areas().any(|area| !rect.holds(area) && area.holds(&centre)) {
        return None;
    }
    let own = areas().filter(|area| rect.holds(area));
    let surface = |area: &Rect| area.width * area.height;
    own.max_by(|a, b| surface(a).total_cmp(&surface(b)))
        .copied()
}

fn parts(window: &Window) -> Vec<Part> {
    let inner = WindowInner::from_pub(window);
    inner.ensure_tree_instantiated();
    let root = ItemRc::new_root(inner.component());
    let frame = Frame {
        seen: place(&root),
        list: None,
    };
    let mut parts = Vec::new();
    walk(&root, frame, &mut parts);
    parts
}

/// What its ancestors leave of an item.
#[derive(Clone, Copy)]
struct Frame {
    /// What lies outside is not drawn.
    seen: Rect,
    /// What lies outside comes by scrolling.
    list: Option<Rect>,
}

impl Frame {
    /// No list cuts the item; the edge of the screen is no list.
    fn holds(&self, item: &Rect) -> bool {
        self.list.is_none_or(|list| list.holds(item))
    }
}

/// Goes through an item and what it holds, in the order of drawing. What is cut by a list that
/// scrolls is left out: it comes whole by scrolling.
fn walk(item: &ItemRc, frame: Frame, parts: &mut Vec<Part>) {
    let here = place(item);
    let visible = here.within(&frame.seen);
    if item.is_visible() && frame.holds(&here) {
        parts.extend(named(item, visible));
        parts.extend(area(item, visible));
        parts.extend(text(item));
    }
    let mut inside = frame;
    if item.borrow().as_ref().clips_children() {
        inside.seen = visible;
    }
    if item.downcast::<Flickable>().is_some() {
        inside.list = Some(visible);
    }
    let mut child = item.first_child();
    while let Some(held) = child {
        walk(&held, inside, parts);
        child = held.next_sibling();
    }
}

fn named(item: &ItemRc, rect: Rect) -> Option<Part> {
    let answers = item.is_accessible()
        && matches!(
            item.accessible_role(),
            AccessibleRole::Button
                | AccessibleRole::Checkbox
                | AccessibleRole::Slider
                | AccessibleRole::Switch
                | AccessibleRole::Tab
        );
    let label = item.accessible_string_property(AccessibleStringProperty::Label);
    answers.then(|| Part::Named {
        name: label.unwrap_or_default().to_string(),
        rect,
    })
}

fn area(item: &ItemRc, rect: Rect) -> Option<Part> {
    let area = item.downcast::<TouchArea>()?;
    area.as_pin_ref().enabled().then_some(Part::Area(rect))
}

fn text(item: &ItemRc) -> Option<Part> {
    let (text, font) = if let Some(text) = item.downcast::<ComplexText>() {
        let text = text.as_pin_ref();
        (text.text(), text.font_size())
    } else {
        let text = item.downcast::<SimpleText>()?;
        let text = text.as_pin_ref();
        (text.text(), text.font_size())
    };
    (!text.trim().is_empty()).then(|| Part::Text {
        // As it is read: where an address may fold is not seen.
        text: text.replace('\u{200b}', ""),
        font_px: f64::from(font.get()),
    })
}

fn place(item: &ItemRc) -> Rect {
    let geometry = item.geometry();
    let corner = item.map_to_window(geometry.origin);
    Rect {
        x: f64::from(corner.x),
        y: f64::from(corner.y),
        width: f64::from(geometry.width()),
        height: f64::from(geometry.height()),
    }
}
