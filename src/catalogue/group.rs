use media_manifest::catalogue::{Like, Rubrique, Univers};

/// A family of trades, a chapter of advice or something that is liked, as a tile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Identifier.
    pub id: String,
    /// French name.
    pub name: String,
    /// Name of an icon of the interface's set.
    pub icon: String,
    /// Ground of the tile, `#RRGGBB`.
    pub colour: String,
    /// Videos in it that can play now; 0 shows an honest empty state.
    pub count: usize,
}

/// Ground of a tile whose colour cannot be read: a slate that white text stands out on.
const DEFAULT_GROUND: [u8; 3] = [0x37, 0x47, 0x4f];

impl Group {
    /// The ground as red, green, blue; a neutral one when `colour` cannot be read.
    #[must_use]
    pub fn rgb(&self) -> [u8; 3] {
        self.colour
            .strip_prefix('#')
            .filter(|hex| hex.len() == 6)
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .map_or(DEFAULT_GROUND, |rgb| {
                let [_, red, green, blue] = rgb.to_be_bytes();
                [red, green, blue]
            })
    }
}

impl From<&Univers> for Group {
    fn from(univers: &Univers) -> Self {
        Self {
            id: univers.id.clone(),
            name: univers.name.clone(),
            icon: univers.icon.clone(),
            colour: univers.colour.clone(),
            count: 0,
        }
    }
}

impl From<&Rubrique> for Group {
    fn from(rubrique: &Rubrique) -> Self {
        Self {
            id: rubrique.id.clone(),
            name: rubrique.name.clone(),
            icon: rubrique.icon.clone(),
            colour: rubrique.colour.clone(),
            count: 0,
        }
    }
}

impl From<&Like> for Group {
    fn from(like: &Like) -> Self {
        Self {
            id: like.id.clone(),
            name: like.name.clone(),
            icon: like.icon.clone(),
            colour: like.colour.clone(),
            count: 0,
        }
    }
}
