//! The catalogues of all partners as one, with keys that cannot collide.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Catalogue, Classification, Video};

/// What a borne shows: independent of the order in which partners were read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// How videos are classified.
    pub classification: Classification,
    /// Partners in the order of their identifiers.
    pub partners: Vec<Partner>,
    /// Videos in the order of their keys.
    pub videos: Vec<Entry>,
}

/// A partner whose catalogue is part of the whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Identifier.
    pub id: String,
    /// Name as shown.
    pub name: String,
    /// Version of the role that signed the catalogue.
    pub version: u64,
    /// Day of issue.
    pub issued: Date,
}

/// A video with its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// `partner/id`: unique across partners, used in statistics and everywhere on the borne.
    pub key: String,
    /// The video.
    #[serde(flatten)]
    pub video: Video,
}

impl Merged {
    /// Merges catalogues, each with the version of the role that signed it.
    #[must_use]
    pub fn new(
        classification: Classification,
        catalogues: impl IntoIterator<Item = (u64, Catalogue)>,
    ) -> Self {
        let by_partner: BTreeMap<String, (u64, Catalogue)> = catalogues
            .into_iter()
            .map(|(version, catalogue)| (catalogue.partner.clone(), (version, catalogue)))
            .collect();
        let mut merged = Self {
            classification,
            ..Self::default()
        };
        for (id, (version, catalogue)) in by_partner {
            merged.partners.push(Partner {
                id: id.clone(),
                name: catalogue.partner_name,
                version,
                issued: catalogue.issued,
            });
            merged
                .videos
                .extend(catalogue.videos.into_iter().map(|video| Entry {
                    key: format!("{id}/{}", video.id),
                    video,
                }));
        }
        merged.videos.sort_by(|a, b| a.key.cmp(&b.key));
        merged
    }

    /// `partner=version` pairs, comma-separated.
    #[must_use]
    pub fn version(&self) -> String {
        self.partners
            .iter()
            .map(|partner| format!("{}={}", partner.id, partner.version))
            .collect::<Vec<_>>()
            .join(",")
    }
}
