//! The catalogues of all partners as one, with keys that cannot collide.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Catalogue, Classification, Playlist, Session, Video};

/// What a borne shows: independent of the order in which partners were read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// How videos are classified.
    pub classification: Classification,
    /// Partners in the order of their identifiers.
    pub partners: Vec<Partner>,
    /// Videos in the order of their keys.
    pub videos: Vec<Entry>,
    /// Sessions as they begin, then in the order of their keys.
    #[serde(default)]
    pub sessions: Vec<MergedSession>,
    /// Playlists in the order of their keys.
    #[serde(default)]
    pub playlists: Vec<MergedPlaylist>,
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

/// A session with its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedSession {
    /// `partner/id`: unique across partners.
    pub key: String,
    /// The session; its videos are keys, `partner/id`.
    #[serde(flatten)]
    pub session: Session,
}

/// A playlist with its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedPlaylist {
    /// `partner/id`: unique across partners.
    pub key: String,
    /// Identifier of the partner.
    pub partner: String,
    /// The playlist; its videos are keys, `partner/id`.
    #[serde(flatten)]
    pub playlist: Playlist,
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
        let mut codes = HashSet::new();
        for (version, catalogue) in by_partner.into_values() {
            merged.partners.push(Partner {
                id: catalogue.partner.clone(),
                name: catalogue.partner_name.clone(),
                version,
                issued: catalogue.issued,
            });
            merged.take(catalogue, &mut codes);
        }
        merged.videos.sort_by(|a, b| a.key.cmp(&b.key));
        let when = |it: &MergedSession| (it.session.starts, it.key.clone());
        merged.sessions.sort_by_cached_key(when);
        merged.playlists.sort_by(|a, b| a.key.cmp(&b.key));
        merged
    }

    /// Takes over what a partner offers, after all partners before it in the order of identifiers.
    fn take(&mut self, catalogue: Catalogue, codes: &mut HashSet<String>) {
        let partner = catalogue.partner;
        for mut video in catalogue.videos {
            // Two partners chose one code: it goes on leading where it led first.
            video.code = video.code.filter(|code| codes.insert(code.clone()));
            let key = key(&partner, &video.id);
            self.videos.push(Entry { key, video });
        }
        for mut session in catalogue.sessions {
            for video in &mut session.videos {
                *video = key(&partner, video);
            }
            let key = key(&partner, &session.id);
            self.sessions.push(MergedSession { key, session });
        }
        for mut playlist in catalogue.playlists {
            for item in &mut playlist.items {
                item.video = key(&partner, &item.video);
            }
            self.playlists.push(MergedPlaylist {
                key: key(&partner, &playlist.id),
                partner: partner.clone(),
                playlist,
            });
        }
    }

    /// A partner's part with the version of the role that signed it, to be merged again.
    #[must_use]
    pub fn part(&self, id: &str) -> Option<(u64, Catalogue)> {
        let partner = self.partners.iter().find(|partner| partner.id == id)?;
        let prefix = format!("{id}/");
        let entries = self.videos.iter();
        let (sessions, playlists) = (self.sessions.iter(), self.playlists.iter());
        let catalogue = Catalogue {
            format: super::FORMAT,
            partner: partner.id.clone(),
            partner_name: partner.name.clone(),
            issued: partner.issued,
            videos: entries
                .filter(|entry| entry.key.starts_with(&prefix))
                .map(|entry| entry.video.clone())
                .collect(),
            sessions: sessions
                .filter(|entry| entry.key.starts_with(&prefix))
                .map(|entry| entry.session.clone())
                .collect(),
            playlists: playlists
                .filter(|entry| entry.partner == id)
                .map(|entry| entry.playlist.clone())
                .collect(),
        };
        Some((partner.version, catalogue))
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

/// The key of what a partner calls `reference`: another partner's comes with its key.
fn key(partner: &str, reference: &str) -> String {
    if reference.contains('/') {
        reference.to_owned()
    } else {
        format!("{partner}/{reference}")
    }
}
