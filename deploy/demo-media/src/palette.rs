use std::{collections::HashMap, path::Path};

use anyhow::{Context, Result};
use serde::Deserialize;

/// A colour, red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// White: type and icons.
pub const WHITE: Colour = Colour([255, 255, 255]);
/// Ink: the deep end of every ground.
pub const INK: Colour = Colour([0x1C, 0x1A, 0x2B]);
/// The one warm accent.
pub const ACCENT: Colour = Colour([0xFF, 0xB8, 0x4D]);

impl Colour {
    /// Reads `#RRGGBB`.
    ///
    /// # Errors
    /// The text has another form.
    pub fn parse(text: &str) -> Result<Self> {
        let mut bytes = [0; 3];
        hex::decode_to_slice(text.trim_start_matches('#'), &mut bytes)
            .with_context(|| format!("« {text} » n’est pas une couleur #RRGGBB"))?;
        Ok(Self(bytes))
    }

    /// This colour with a share of another, in percent.
    pub fn mix(self, other: Self, percent: u16) -> Self {
        let part = |own: u8, other: u8| {
            let mixed = u16::from(own) * (100 - percent) + u16::from(other) * percent;
            u8::try_from(mixed / 100).unwrap_or(u8::MAX)
        };
        Self(std::array::from_fn(|channel| {
            part(self.0[channel], other.0[channel])
        }))
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{}", hex::encode_upper(self.0))
    }
}

/// A univers or rubrique as the title card shows it.
#[derive(Debug, Clone, Deserialize)]
pub struct Group {
    /// Identifier.
    pub id: String,
    /// French name.
    pub name: String,
    /// Colour, `#RRGGBB`.
    pub colour: String,
}

#[derive(Deserialize)]
struct Classification {
    univers: Vec<Group>,
    rubriques: Vec<Group>,
}

/// Reads the univers and rubriques of the network's classification by identifier.
///
/// # Errors
/// The file cannot be read or has another form.
pub fn groups(path: &Path) -> Result<HashMap<String, Group>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("lecture de {}", path.display()))?;
    let read: Classification =
        toml::from_str(&text).with_context(|| format!("dans {}", path.display()))?;
    let groups = read.univers.into_iter().chain(read.rubriques);
    Ok(groups.map(|group| (group.id.clone(), group)).collect())
}
