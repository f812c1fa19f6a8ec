//! The format of `firmware.json`: the systems that the network offers its bornes.
//!
//! The top-level role lists it, so no partner can speak for it. What a borne may use has passed
//! [`crate::trust`].

mod version;

use serde::{Deserialize, Serialize};

use crate::catalogue::FileRef;

pub use version::{Version, VersionError};

/// Version of the form of `firmware.json`; one of another version is refused whole.
pub const FORMAT: u32 = 1;

/// The systems offered, one for each product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Firmware {
    /// [`FORMAT`].
    pub format: u32,
    /// In the order of their products.
    pub releases: Vec<Release>,
}

/// A system as an update.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// What it is made for, `[a-z0-9-]{1,64}`: `compatible` of RAUC.
    pub product: String,
    /// Its version.
    pub version: Version,
    /// The signed bundle.
    pub bundle: FileRef,
}

impl Firmware {
    /// The system offered to a product.
    #[must_use]
    pub fn of(&self, product: &str) -> Option<&Release> {
        self.releases.iter().find(|it| it.product == product)
    }

    /// The same with a release in place of its product's.
    #[must_use]
    pub fn with(mut self, release: Release) -> Self {
        self = self.without(&release.product);
        self.releases.push(release);
        self.releases.sort_by(|a, b| a.product.cmp(&b.product));
        self
    }

    /// The same without anything for a product.
    #[must_use]
    pub fn without(mut self, product: &str) -> Self {
        self.releases.retain(|it| it.product != product);
        self
    }
}

impl Default for Firmware {
    fn default() -> Self {
        Self {
            format: FORMAT,
            releases: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
