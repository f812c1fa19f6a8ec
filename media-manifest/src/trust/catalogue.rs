//! From verified targets to one merged catalogue.

use crate::catalogue::merged::Merged;
use crate::catalogue::{Catalogue, Classification};
use crate::check::{self, Problem};

use super::Verified;
use super::client::{Client, Trusted, no_target};
use super::error::{TrustError, short};
use super::transport::Transport;

/// Name of the target that holds the network's classification.
pub const CLASSIFICATION: &str = "classification.json";

/// Who speaks in what the top-level role lists, as messages call it.
pub(super) const NETWORK: &str = "le réseau";

/// A catalogue of all partners, with what could not be taken over.
#[derive(Debug)]
pub struct Update {
    /// All partners' videos: new where they can be trusted, as before where not.
    pub merged: Merged,
    /// Partners that failed. Their entries are those of the previous catalogue.
    pub failures: Vec<PartnerFailure>,
}

impl Update {
    /// Asking again later, with nothing new published, can bring more. [`Client::refresh`] will
    /// say then that nothing is new.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.failures
            .iter()
            .any(|failure| failure.error.is_retryable())
    }
}

/// Why a partner's catalogue was not taken over.
#[derive(Debug)]
pub struct PartnerFailure {
    /// Identifier of the partner, or [`CLASSIFICATION`] for the network's own file.
    pub partner: String,
    /// What is wrong.
    pub error: TrustError,
}

/// Why a verified file is not a catalogue that can be shown.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// Not the JSON expected.
    #[error("{file} of {partner}: field {field}: {reason}")]
    Malformed {
        /// Identifier of the partner.
        partner: String,
        /// Name of the target.
        file: String,
        /// Path of the field: `videos[3].title`.
        field: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Well-formed, but some content breaks the rules.
    #[error("{} problems in the catalogue of {partner}, the first: {}", .problems.len(), first(.problems))]
    Refused {
        /// Identifier of the partner.
        partner: String,
        /// Everything found.
        problems: Vec<Problem>,
    },
    /// Validly signed, but it offers nothing.
    #[error("the catalogue of {partner} is empty")]
    Empty {
        /// Identifier of the partner.
        partner: String,
    },
}

fn first(problems: &[Problem]) -> String {
    problems
        .first()
        .map_or_else(String::new, |problem| format!("{problem:?}"))
}

/// A partner's catalogue with the version of the role that signed it.
type Versioned = (u64, Catalogue);

impl<T: Transport + Sync> Client<T> {
    /// Reads the classification and every partner's catalogue, checks and merges them.
    ///
    /// A partner that fails keeps its entries of `previous`, whatever the reason; so does one
    /// whose new catalogue is empty. One that the network no longer delegates to goes.
    ///
    /// From its success on [`Client::refresh`] finds nothing new: what the last reading lacked,
    /// the caller keeps account of, from before this call.
    ///
    /// # Errors
    /// [`TrustError::NotRefreshed`], or why the classification cannot be had when there is no
    /// previous one.
    pub async fn catalogue(
        &mut self,
        previous: Option<&Merged>,
    ) -> Result<Verified<Update>, TrustError> {
        let trusted = self.trusted.take().ok_or(TrustError::NotRefreshed)?;
        // The roles are put back before an error can leave.
        let update = self.update(&trusted, previous).await;
        self.trusted = Some(trusted);
        let update = update?;
        self.store.note_read()?;
        Ok(Verified::new(update))
    }

    async fn update(
        &self,
        trusted: &Trusted,
        previous: Option<&Merged>,
    ) -> Result<Update, TrustError> {
        let mut failures = Vec::new();
        let classification = match (self.classification(trusted).await, previous) {
            (Ok(classification), _) => classification,
            (Err(error), None) => return Err(error),
            (Err(error), Some(previous)) => {
                failures.push(failure(CLASSIFICATION, error));
                previous.classification.clone()
            }
        };
        let mut catalogues = Vec::new();
        for partner in partners(trusted) {
            match self.partner(trusted, partner, &classification).await {
                Ok(catalogue) => catalogues.push(catalogue),
                Err(error) => {
                    failures.push(failure(partner, error));
                    catalogues.extend(previous.and_then(|previous| previous.part(partner)));
                }
            }
        }
        Ok(Update {
            merged: Merged::new(classification, catalogues),
            failures,
        })
    }

    /// The network's own file: only the top-level role may list it.
    async fn classification(&self, trusted: &Trusted) -> Result<Classification, TrustError> {
        let target = self.search(trusted, CLASSIFICATION).await?;
        let bytes = self.download_as(trusted, &target).await?;
        let classification: Classification = parse(NETWORK, CLASSIFICATION, &bytes)?;
        refuse(NETWORK, check::classification(&classification))?;
        Ok(classification)
    }

    async fn partner(
        &self,
        trusted: &Trusted,
        partner: &str,
        classification: &Classification,
    ) -> Result<Versioned, TrustError> {
        let file = catalogue_name(partner);
        if !check::is_id(partner) {
            return Err(no_target(&file));
        }
        let target = self.search_from(trusted, partner, &file).await?;
        let bytes = self.download_as(trusted, &target).await?;
        let catalogue = read_catalogue(partner, &bytes, classification)?;
        Ok((target.version, catalogue))
    }
}

/// What the bytes of a partner's catalogue say, once they are verified; pure.
///
/// # Errors
/// They are not JSON of this form, break a rule, or offer nothing.
pub fn read_catalogue(
    partner: &str,
    bytes: &[u8],
    classification: &Classification,
) -> Result<Catalogue, CatalogueError> {
    let catalogue: Catalogue = parse(partner, &catalogue_name(partner), bytes)?;
    refuse(
        partner,
        check::catalogue(partner, &catalogue, classification),
    )?;
    if offers_nothing(&catalogue) {
        let partner = partner.to_owned();
        return Err(CatalogueError::Empty { partner });
    }
    Ok(catalogue)
}

fn catalogue_name(partner: &str) -> String {
    format!("{partner}/catalogue.json")
}

/// An agenda or a playlist of others' videos is an offer too.
const fn offers_nothing(catalogue: &Catalogue) -> bool {
    catalogue.videos.is_empty() && catalogue.sessions.is_empty() && catalogue.playlists.is_empty()
}

fn failure(partner: &str, error: TrustError) -> PartnerFailure {
    tracing::warn!(partner, %error, "catalogue kept as before");
    PartnerFailure {
        partner: partner.to_owned(),
        error,
    }
}

/// The roles that the top-level role delegates to.
fn partners(trusted: &Trusted) -> impl Iterator<Item = &str> {
    let delegations = trusted.targets.delegations.iter();
    delegations
        .flat_map(|delegations| &delegations.roles)
        .map(|role| role.name.as_str())
}

pub(super) fn refuse(partner: &str, problems: Vec<Problem>) -> Result<(), CatalogueError> {
    if problems.is_empty() {
        return Ok(());
    }
    Err(CatalogueError::Refused {
        partner: partner.to_owned(),
        problems,
    })
}

/// Parses verified bytes; an error names the field. Nesting is bounded by the types and by the
/// parser's own limit of 128 levels.
pub(super) fn parse<D: serde::de::DeserializeOwned>(
    partner: &str,
    file: &str,
    bytes: &[u8],
) -> Result<D, CatalogueError> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let malformed = |field: String, reason: String| CatalogueError::Malformed {
        partner: partner.to_owned(),
        file: file.to_owned(),
        field: short(&field),
        reason: short(&reason),
    };
    let value = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| malformed(error.path().to_string(), error.inner().to_string()))?;
    deserializer
        .end()
        .map_err(|error| malformed(".".into(), error.to_string()))?;
    Ok(value)
}
