//! What is known of a source's files, so that unchanged ones are not read and decoded again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::PublishError;
use super::media::{self, Media, Prober, Refusal};
use crate::trust::replace;

/// Name of the cache in a source's folder. It can be deleted at any time.
const FILE: &str = ".media-manifest.json";

/// Raised when probing finds more or judges otherwise: older answers are then asked again.
/// 2: loudness is measured.
const VERSION: u32 = 2;

/// The cache of one source.
pub(super) struct Cache {
    folder: PathBuf,
    known: Known,
    changed: bool,
}

#[derive(Default, Serialize, Deserialize)]
struct Known {
    version: u32,
    files: BTreeMap<String, Fact>,
}

/// What is known of a file as long as its length and time of change stay.
#[derive(Clone, Serialize, Deserialize)]
struct Fact {
    length: u64,
    modified_ns: u128,
    sha256: String,
    #[serde(default)]
    media: Option<Media>,
}

impl Cache {
    /// Reads the cache of a source; one that cannot be read is an empty one.
    pub(super) fn open(folder: &Path) -> Self {
        let known = fs::read(folder.join(FILE))
            .ok()
            .and_then(|bytes| serde_json::from_slice::<Known>(&bytes).ok())
            .filter(|known| known.version == VERSION)
            .unwrap_or_default();
        Self {
            folder: folder.to_owned(),
            known,
            changed: false,
        }
    }

    /// Hash and length of a file.
    pub(super) fn hash(&mut self, name: &str) -> Result<(String, u64), PublishError> {
        let fact = self.fact(name)?;
        Ok((fact.sha256, fact.length))
    }

    /// What decoding a video finds.
    pub(super) fn media(
        &mut self,
        name: &str,
        prober: &impl Prober,
    ) -> Result<Result<Media, Refusal>, PublishError> {
        let fact = self.fact(name)?;
        if let Some(media) = fact.media {
            return Ok(Ok(media));
        }
        let probed = prober.probe(&self.folder.join(name));
        if let Ok(media) = &probed {
            let media = Some(media.clone());
            self.remember(name, Fact { media, ..fact });
        }
        Ok(probed)
    }

    /// A frame of a video as its poster, beside it: made once.
    pub(super) fn poster(
        &self,
        name: &str,
        media: &Media,
        prober: &impl Prober,
    ) -> Result<String, Refusal> {
        let poster = poster_name(name);
        let path = self.folder.join(&poster);
        if !path.exists() {
            prober.frame(&self.folder.join(name), media.poster_at_ms(), &path)?;
        }
        Ok(poster)
    }

    fn fact(&mut self, name: &str) -> Result<Fact, PublishError> {
        let path = self.folder.join(name);
        let metadata = fs::metadata(&path).map_err(PublishError::io(&path))?;
        let modified = metadata.modified().map_err(PublishError::io(&path))?;
        let modified_ns = modified
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_nanos());
        let length = metadata.len();
        if let Some(fact) = self.known.files.get(name)
            && fact.length == length
            && fact.modified_ns == modified_ns
        {
            return Ok(fact.clone());
        }
        let fact = Fact {
            length,
            modified_ns,
            sha256: media::hash(&path)?,
            media: None,
        };
        self.remember(name, fact.clone());
        Ok(fact)
    }

    fn remember(&mut self, name: &str, fact: Fact) {
        self.known.version = VERSION;
        self.known.files.insert(name.to_owned(), fact);
        self.changed = true;
    }
}

/// Written on leaving, also when a later video is refused: what was decoded need not be again.
impl Drop for Cache {
    fn drop(&mut self) {
        if !self.changed {
            return;
        }
        let path = self.folder.join(FILE);
        let written = serde_json::to_vec_pretty(&self.known)
            .map_err(std::io::Error::from)
            .and_then(|bytes| replace(&path, &bytes));
        if let Err(error) = written {
            tracing::warn!(path = %path.display(), %error, "the cache cannot be written");
        }
    }
}

fn poster_name(video: &str) -> String {
    let path = Path::new(video).with_extension("poster.jpg");
    path.to_string_lossy().into_owned()
}
