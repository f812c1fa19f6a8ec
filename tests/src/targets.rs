//! Where things are on a landscape screen, as fractions of its width and height.
//!
//! One table, so that a change of layout is one change here.

use crate::display::Point;
use crate::picture::Region;

/// The middle of the screen: wakes the borne, and brings the controls of the player back.
pub const MIDDLE: Point = at(0.50, 0.40);

/// Where no control ever is on the player: the upper part of the picture.
pub const PICTURE: Region = Region::new(0.05, 0.15, 0.95, 0.55);

/// Where captions are written, with the controls shown or hidden.
pub const CAPTIONS: Region = Region::new(0.05, 0.50, 0.95, 1.0);

/// Bar: *Accueil*.
pub const HOME: Point = at(0.118, 0.94);

/// Bar: *Retour*.
pub const BACK: Point = at(0.31, 0.94);

/// Bar: *Chercher*.
pub const SEARCH: Point = at(0.508, 0.94);

/// Accueil: the door *Découvrir un métier*.
pub const DOOR_TRADES: Point = at(0.14, 0.24);

/// Accueil: a video of the row that plays at once, from 0.
#[must_use]
pub fn featured(index: u8) -> Point {
    at(0.14 + 0.239 * f32::from(index), 0.60)
}

/// Univers: a tile, from 0, four a row.
#[must_use]
pub fn univers(index: u8) -> Point {
    let (row, column) = (index / 4, index % 4);
    at(
        0.14 + 0.238 * f32::from(column),
        0.285 + 0.229 * f32::from(row),
    )
}

/// Liste: the first tile.
pub const FIRST_OF_LIST: Point = at(0.17, 0.30);

/// Lecteur: *Fin*.
pub const LEAVE: Point = at(0.068, 0.90);

/// Lecteur: a place on the bar, 0 its start and 1 its end.
#[must_use]
pub fn timeline(part: f32) -> Point {
    at(0.074 + 0.852 * part, 0.804)
}

/// Chercher: the field that shows what is typed.
pub const TYPED: Region = Region::new(0.02, 0.09, 0.48, 0.21);

/// Chercher: the first result.
pub const FIRST_RESULT: Point = at(0.35, 0.31);

/// Chercher: where the first result writes its title.
pub const FIRST_RESULT_TEXT: Region = Region::new(0.19, 0.22, 0.48, 0.41);

/// Chercher: rows of the keyboard, with the centre of the first key of each.
const KEYS: [(&str, Point); 3] = [
    ("azertyuiop", at(0.507, 0.573)),
    ("qsdfghjklm", at(0.507, 0.653)),
    ("wxcvbn", at(0.531, 0.733)),
];

/// Distance between two keys of a row.
const KEY_STEP: f32 = 0.0483;

/// Chercher: a letter of the keyboard; `None` when it has no such key.
#[must_use]
pub fn key(letter: char) -> Option<Point> {
    KEYS.iter().find_map(|(row, first)| {
        let index = row.chars().position(|key| key == letter)?;
        let index = u8::try_from(index).ok()?;
        Some(at(first.x + KEY_STEP * f32::from(index), first.y))
    })
}

const fn at(x: f32, y: f32) -> Point {
    Point { x, y }
}
