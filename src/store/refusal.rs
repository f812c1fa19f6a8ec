//! What an administrator went back from: `catalogue/refused.json`. It is refused until its partner
//! publishes something newer, or it is taken again.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use media_manifest::catalogue::Classification;
use media_manifest::catalogue::merged::{Merged, Partner};
use serde::{Deserialize, Serialize};

use super::{Generation, StoreError, files, generation};

const FILE: &str = "refused.json";

/// What is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Number of the generation that was left last.
    pub generation: u64,
    /// When, by the borne's clock.
    pub at: Timestamp,
    /// The newest version refused of each partner concerned.
    pub partners: BTreeMap<String, u64>,
    /// The classification refused.
    pub classification: Classification,
}

impl Refusal {
    /// Reads what is refused; `None` when nothing is. A file that cannot be read refuses nothing: it
    /// must not stop synchronisation for ever.
    #[must_use]
    pub fn load(data: &Path) -> Option<Self> {
        let path = path(data);
        match files::read_json(&path) {
            Ok(refusal) => Some(refusal),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                tracing::error!(path = %path.display(), %error, "refusal cannot be read");
                None
            }
        }
    }

    /// Ends every refusal.
    ///
    /// # Errors
    /// They go on.
    pub fn end(data: &Path) -> Result<(), StoreError> {
        let path = path(data);
        files::remove_durable(&path).map_err(StoreError::io(path))
    }

    /// Refuses what `left` holds and `taken` does not.
    pub(super) fn add(&mut self, left: &Generation, taken: &Generation, at: Timestamp) {
        let kept = |partner: &&Partner| taken.merged.partners.contains(partner);
        for partner in left.merged.partners.iter().filter(|it| !kept(it)) {
            self.partners.insert(partner.id.clone(), partner.version);
        }
        self.generation = left.number;
        self.at = at;
        self.classification = left.merged.classification.clone();
    }

    pub(super) fn write(&self, data: &Path) -> Result<(), StoreError> {
        let path = path(data);
        let bytes = serde_json::to_vec(self).map_err(|source| StoreError::Generation {
            path: path.clone(),
            source,
        })?;
        files::replace_durable(&path, &bytes).map_err(StoreError::io(path))
    }

    /// Whether anything of an offer is refused.
    #[must_use]
    pub fn concerns(&self, offer: &Merged) -> bool {
        offer.partners.iter().any(|partner| self.refuses(partner))
            || (self.partners.is_empty() && self.classification == offer.classification)
    }

    /// An offer without what is refused: those partners stay as they are in `current`. A partner
    /// that the network has withdrawn goes all the same: the network says whom to trust.
    #[must_use]
    pub fn apply(&self, offer: &Merged, current: &Merged) -> Merged {
        let parts = offer.partners.iter().filter_map(|partner| {
            let source = if self.refuses(partner) {
                current
            } else {
                offer
            };
            source.part(&partner.id)
        });
        let merged = Merged::new(offer.classification.clone(), parts);
        let as_before = merged.partners == current.partners;
        if as_before && offer.classification == self.classification {
            return current.clone();
        }
        merged
    }

    fn refuses(&self, partner: &Partner) -> bool {
        let refused = self.partners.get(&partner.id);
        refused.is_some_and(|refused| partner.version <= *refused)
    }
}

fn path(data: &Path) -> PathBuf {
    generation::root(data).join(FILE)
}
