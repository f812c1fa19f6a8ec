//! Catalogue entries as cards and tiles.

use slint::{Color, Model as _, ModelRc, VecModel};

use crate::catalogue::{Catalogue, Group, Item};

use super::markup::{Card, Tile};
use super::{icons, text};

/// Ground of a card whose group has no colour: the slate of the classification.
const SLATE: (u8, u8, u8) = (0x3a, 0x42, 0x56);

/// Close videos offered beside or after one.
const RELATED: usize = 2;

pub fn card(catalogue: &Catalogue, item: &Item) -> Card {
    Card {
        key: item.key.as_str().into(),
        title: text::unbroken(item.title()).into(),
        duration: text::clock(item.duration_ms()).into(),
        colour: group_of(catalogue, item).map_or_else(slate, colour),
        captions: item.has_captions(),
        signed: item.video.sign_language.is_some(),
        fresh: item.is_new,
    }
}

pub fn tile(group: &Group) -> Tile {
    Tile {
        id: group.id.as_str().into(),
        name: group.name.as_str().into(),
        count: number(group.count),
        icon: icons::named(&group.icon),
        colour: colour(group),
    }
}

/// A tile too small for a number.
pub fn small_tile(group: &Group) -> Tile {
    Tile {
        count: -1,
        ..tile(group)
    }
}

/// The group a video counts under.
pub fn group_of<'a>(catalogue: &'a Catalogue, item: &Item) -> Option<&'a Group> {
    let id = item.video.group();
    catalogue
        .univers()
        .iter()
        .chain(catalogue.rubriques())
        .find(|group| group.id == id)
}

pub fn colour(group: &Group) -> Color {
    let [red, green, blue] = group.rgb();
    Color::from_rgb_u8(red, green, blue)
}

pub fn slate() -> Color {
    Color::from_rgb_u8(SLATE.0, SLATE.1, SLATE.2)
}

/// Rows for a repeater.
pub fn rows<T: Clone + 'static>(rows: impl IntoIterator<Item = T>) -> ModelRc<T> {
    ModelRc::new(VecModel::from_iter(rows))
}

/// Changes only the rows that differ: what is under a finger stays what it is, and its touch counts.
pub fn refill<T: Clone + PartialEq + 'static>(
    shown: &ModelRc<T>,
    rows: Vec<T>,
    set: impl FnOnce(ModelRc<T>),
) {
    if shown.row_count() != rows.len() {
        return set(self::rows(rows));
    }
    for (at, row) in rows.into_iter().enumerate() {
        if shown.row_data(at).as_ref() != Some(&row) {
            shown.set_row_data(at, row);
        }
    }
}

/// Videos close to one, as many as are offered beside or after it.
pub fn related(catalogue: &Catalogue, key: &str) -> ModelRc<Card> {
    let near = catalogue.related(key).into_iter().take(RELATED);
    rows(near.map(|item| card(catalogue, item)))
}

/// A count as the markup takes it.
pub fn number(count: impl TryInto<i32>) -> i32 {
    count.try_into().unwrap_or(i32::MAX)
}
