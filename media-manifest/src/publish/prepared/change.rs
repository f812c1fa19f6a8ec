//! What would change once a prepared role is published.

use jiff::Timestamp;

use crate::catalogue::Catalogue;
use crate::publish::fingerprint;

/// A key as people know it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct KeyName {
    /// What its holder calls it, or its role when the metadata do not say.
    pub name: String,
    /// Its identifier in metadata.
    pub id: String,
}

impl KeyName {
    pub(in crate::publish) fn new(name: &str, id: &str) -> Self {
        Self {
            name: crate::check::shown(name),
            id: id.to_owned(),
        }
    }

    /// What is compared with paper.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.id)
    }
}

/// One thing that changes, or that stays and should be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A role has a key it had not.
    KeyAdded(&'static str, KeyName),
    /// A role loses a key.
    KeyRemoved(&'static str, KeyName),
    /// A role keeps a key.
    KeyKept(&'static str, KeyName),
    /// How many signatures a role needs, before and after, and of how many keys.
    Threshold {
        /// Which role.
        role: &'static str,
        /// Before; `None` in a first root.
        before: Option<u64>,
        /// After.
        after: u64,
        /// Keys of the role after.
        keys: usize,
    },
    /// The end of validity, before and after.
    Expiry(Option<Timestamp>, Timestamp),
    /// A video that is new, by title.
    VideoAdded(String),
    /// A video that is no longer offered.
    VideoRemoved(String),
    /// A video of which something changed.
    VideoChanged(String),
    /// Videos that stay as they are.
    VideosKept(usize),
    /// The agenda, the playlists or the partner's name changed.
    RestChanged,
}

/// What changes between two catalogues.
pub(super) fn of_catalogues(before: Option<&Catalogue>, after: &Catalogue) -> Vec<Change> {
    let old = before.map_or(&[][..], |before| &before.videos);
    let mut changes = Vec::new();
    let mut kept = 0;
    for video in &after.videos {
        let title = crate::check::shown(&video.title);
        match old.iter().find(|old| old.id == video.id) {
            None => changes.push(Change::VideoAdded(title)),
            Some(old) if old != video => changes.push(Change::VideoChanged(title)),
            Some(_) => kept += 1,
        }
    }
    let gone = old
        .iter()
        .filter(|old| after.videos.iter().all(|video| video.id != old.id));
    changes.extend(gone.map(|video| Change::VideoRemoved(crate::check::shown(&video.title))));
    changes.push(Change::VideosKept(kept));
    let rest = |catalogue: &Catalogue| {
        let mut rest = catalogue.clone();
        rest.videos.clear();
        rest.issued = after.issued;
        rest
    };
    if before.is_none_or(|before| rest(before) != rest(after)) {
        changes.push(Change::RestChanged);
    }
    changes
}
