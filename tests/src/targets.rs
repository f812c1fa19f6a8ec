//! Where things are on a screen 16:9, as fractions of its width and height; `portrait` for 9:16.
//!
//! One table, so that a change of layout is one change here.

use crate::display::Point;
use crate::picture::Region;

/// The picture: wakes the borne, and brings the controls of the player back.
pub const MIDDLE: Point = at(0.35, 0.40);

/// Veille: the invitation.
pub const INVITATION: Region = Region::new(0.60, 0.10, 1.0, 0.95);

/// Player: the picture, where no control ever is.
pub const PICTURE: Region = Region::new(0.05, 0.15, 0.95, 0.55);

/// Player: where captions are written, with the controls shown or hidden.
pub const CAPTIONS: Region = Region::new(0.05, 0.50, 0.95, 1.0);

/// Player: the buttons.
pub const CONTROLS: Region = Region::new(0.0, 0.84, 1.0, 1.0);

/// Heading of a screen with header and bar.
pub const HEADING: Region = Region::new(0.0, 0.09, 1.0, 0.22);

/// Accueil: the heading above the videos.
pub const NOW: Region = Region::new(0.0, 0.37, 0.6, 0.48);

/// The question whether somebody is still there.
pub const QUESTION: Region = Region::new(0.21, 0.20, 0.79, 0.80);

/// Bar: *Accueil*.
pub const HOME: Point = at(0.11, 0.94);

/// Bar: *Retour*.
pub const BACK: Point = at(0.30, 0.94);

/// Bar: *Chercher*.
pub const SEARCH: Point = at(0.50, 0.94);

/// Accueil: the door *Découvrir un métier*.
pub const DOOR_TRADES: Point = at(0.141, 0.238);

/// Accueil: a video of the row that plays at once, from 0.
#[must_use]
pub fn featured(index: u8) -> Point {
    at(0.141 + 0.239 * f32::from(index), 0.590)
}

/// Univers: a tile, from 0, four a row, with all twelve shown.
#[must_use]
pub fn univers(index: u8) -> Point {
    let (row, column) = (index / 4, index % 4);
    at(
        0.141 + 0.238 * f32::from(column),
        0.289 + 0.229 * f32::from(row),
    )
}

/// Liste: the first tile, with one row or two.
pub const FIRST_OF_LIST: Point = at(0.181, 0.31);

/// Liste: tiles of a page, three a row.
pub const PER_PAGE: usize = 6;

/// Liste: a tile of a shelf of several pages, from 0.
#[must_use]
pub fn card(index: usize) -> Point {
    let columns = [0.224, 0.5, 0.776];
    let rows = [0.36, 0.70];
    at(columns[index % 3], rows[index / 3 % 2])
}

/// Liste: the next page.
pub const NEXT_PAGE: Point = at(0.946, 0.53);

/// Player: *Fin*.
pub const LEAVE: Point = at(0.065, 0.922);

/// Player: a place on the bar, 0 its start and 1 its end.
#[must_use]
pub fn timeline(part: f32) -> Point {
    at(0.085 + 0.83 * part, 0.818)
}

/// Et maintenant ?: *Continuer sur mon téléphone*, the second of four.
pub const PHONE: Point = at(0.77, 0.436);

/// Et maintenant ?: *Parler à un conseiller*, the third of four.
pub const ADVISER: Point = at(0.77, 0.605);

/// Accueil: *Agenda*, at the right of the heading above the videos.
pub const AGENDA: Point = at(0.70, 0.427);

/// Player: *Texte*, beside the last button.
pub const TEXT: Point = at(0.82, 0.93);

/// Fiche: *Reprendre la vidéo*.
pub const RESUME: Point = at(0.19, 0.668);

/// Chercher: the field that shows what is typed.
pub const TYPED: Region = Region::new(0.07, 0.105, 0.42, 0.203);

/// Chercher: the first result.
pub const FIRST_RESULT: Point = at(0.35, 0.315);

/// Chercher: where the first result writes its title.
pub const FIRST_RESULT_TEXT: Region = Region::new(0.186, 0.23, 0.487, 0.40);

/// Chercher: rows of the keyboard, with the centre of the first key of each.
const KEYS: [(&str, Point); 3] = [
    ("azertyuiop", at(0.523, 0.484)),
    ("qsdfghjklm", at(0.523, 0.590)),
    ("wxcvbn", at(0.523, 0.696)),
];

/// Distance between two keys of a row.
const KEY_STEP: f32 = 0.0474;

/// Chercher: a letter of the keyboard; `None` when it has no such key.
#[must_use]
pub fn key(letter: char) -> Option<Point> {
    KEYS.iter().find_map(|(row, first)| {
        let index = row.chars().position(|key| key == letter)?;
        let index = u8::try_from(index).ok()?;
        Some(at(first.x + KEY_STEP * f32::from(index), first.y))
    })
}

/// The same on a screen 9:16.
pub mod portrait {
    use super::{Point, at};

    /// Bar: *Chercher*.
    pub const SEARCH: Point = at(0.50, 0.966);

    /// Bar: *Accueil*.
    pub const HOME: Point = at(0.11, 0.966);

    /// Accueil: the door *Découvrir un métier*.
    pub const DOOR_TRADES: Point = at(0.27, 0.20);

    /// Accueil: the first video of the rows that play at once.
    pub const FEATURED: Point = at(0.27, 0.543);

    /// Univers: the tile *Informatique*, eleventh of twelve, two a row.
    pub const COMPUTING: Point = at(0.27, 0.84);

    /// Liste: the first tile.
    pub const FIRST_OF_LIST: Point = at(0.27, 0.18);
}

const fn at(x: f32, y: f32) -> Point {
    Point { x, y }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_where_an_azerty_keyboard_has_them() {
        let (a, z, q) = (key('a').unwrap(), key('z').unwrap(), key('q').unwrap());
        assert!(z.x > a.x && (z.y - a.y).abs() < 0.001);
        assert!(q.y > a.y && (q.x - a.x).abs() < 0.001);
        assert_eq!(key('é'), None);
    }
}
