//! Titles of videos, read from the published repository with the same checks as on a borne.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use media_manifest::catalogue::Kind;
use media_manifest::catalogue::merged::{Entry, Merged};
use media_manifest::trust::{Client, Datastore, Directory, Now, TrustError};
use tracing::{info, warn};

use crate::app::App;
use crate::config::Repository;
use crate::limits::CATALOGUE_PERIOD;

/// What pages say of a video.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Title as shown on the bornes.
    pub title: String,
    /// Trade or advice.
    pub kind: Kind,
    /// Name of its univers or rubrique.
    pub group: String,
    /// Colour of its univers or rubrique, `#RRGGBB`.
    pub colour: String,
}

/// Titles as last read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// When they were read; `None` before the first success.
    pub read_at: Option<Timestamp>,
    /// Versions of the partners' catalogues.
    pub version: String,
    /// By key.
    pub videos: BTreeMap<String, Title>,
}

/// The titles, replaced as a whole when they are read again.
#[derive(Clone, Default)]
pub struct Titles(Arc<RwLock<Arc<Shelf>>>);

/// Why titles could not be read.
#[derive(Debug, thiserror::Error)]
pub enum TitlesError {
    /// The trusted root cannot be read.
    #[error("trusted root {path}: {source}")]
    Root {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The repository is refused.
    #[error("repository: {0}")]
    Trust(#[from] TrustError),
}

impl Titles {
    /// The titles at this moment.
    #[must_use]
    pub fn now(&self) -> Arc<Shelf> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Replaces them.
    pub fn set(&self, shelf: Shelf) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(shelf);
    }
}

impl Shelf {
    /// The titles of a catalogue.
    #[must_use]
    pub fn of(merged: &Merged, read_at: Timestamp) -> Self {
        let groups = groups(merged);
        let title = |entry: &Entry| {
            let group = groups.get(entry.video.group());
            let title = Title {
                title: entry.video.title.clone(),
                kind: entry.video.kind,
                group: group
                    .map_or(entry.video.group(), |(name, _)| name)
                    .to_owned(),
                colour: group.map_or("", |(_, colour)| colour).to_owned(),
            };
            (entry.key.clone(), title)
        };
        Self {
            read_at: Some(read_at),
            version: merged.version(),
            videos: merged.videos.iter().map(title).collect(),
        }
    }
}

/// Name and colour of each univers and rubrique.
fn groups(merged: &Merged) -> BTreeMap<&str, (&str, &str)> {
    let classification = &merged.classification;
    let univers = classification.univers.iter().map(|univers| {
        (
            univers.id.as_str(),
            (univers.name.as_str(), univers.colour.as_str()),
        )
    });
    let rubriques = classification.rubriques.iter().map(|rubrique| {
        (
            rubrique.id.as_str(),
            (rubrique.name.as_str(), rubrique.colour.as_str()),
        )
    });
    univers.chain(rubriques).collect()
}

/// Reads the titles again and again; a failure keeps those that were read last.
pub async fn keep_fresh(app: App) {
    let Some(repository) = app.config.catalogue.clone() else {
        return;
    };
    let trust = app.config.data.join("trust");
    let mut previous = None;
    loop {
        match read(&repository, trust.clone(), previous.as_ref(), (app.clock)()).await {
            Ok((merged, shelf)) => {
                if *app.titles.now().version != shelf.version {
                    info!(version = %shelf.version, videos = shelf.videos.len(), "titles read");
                }
                app.titles.set(shelf);
                previous = Some(merged);
            }
            Err(error) => {
                warn!(%error, "titles could not be read: pages show keys or older titles");
            }
        }
        tokio::time::sleep(CATALOGUE_PERIOD).await;
    }
}

/// Reads the titles once. Expiry is not checked: an old catalogue still names its videos rightly.
async fn read(
    repository: &Repository,
    trust: PathBuf,
    previous: Option<&Merged>,
    now: Timestamp,
) -> Result<(Merged, Shelf), TitlesError> {
    let root = std::fs::read(&repository.root).map_err(|source| TitlesError::Root {
        path: repository.root.clone(),
        source,
    })?;
    let datastore = Datastore::init(trust, &root)?;
    let transport = Directory::new(&repository.folder);
    let now_unexpired = Now {
        time: now,
        check_expiry: false,
    };
    let mut client = Client::new(transport, datastore, now_unexpired);
    client.refresh().await?;
    let update = client.catalogue(previous).await?.into_inner();
    for failure in &update.failures {
        warn!(partner = %failure.partner, error = %failure.error, "a partner's titles are not fresh");
    }
    let shelf = Shelf::of(&update.merged, now);
    Ok((update.merged, shelf))
}
