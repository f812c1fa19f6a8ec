//! Publishing: from partners' sources to a signed repository in a folder that any web server can
//! serve. Only compiled with the feature `sign`: a borne cannot sign.

mod cache;
mod desk;
mod entry;
mod error;
mod files;
mod held;
mod key;
mod media;
pub mod policy;
mod references;
mod roles;
mod root;
mod sign;

use std::path::Path;

use jiff::Timestamp;

use crate::catalogue::Classification;
use crate::check::{self, Problem};
use crate::source::Source;

pub use error::PublishError;
pub use files::file_url;
pub use key::{Keys, NewKeys, SigningKey};
pub use media::{Media, Prober, Refusal};
pub use sign::document;

/// What a publication changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Outcome {
    /// Roles signed anew with their versions, in the order signed.
    pub signed: Vec<(String, u64)>,
    /// Media files added to the repository.
    pub media_added: usize,
    /// Videos offered, by partner.
    pub videos: Vec<(String, usize)>,
    /// Roles that should be signed anew soon and whose key is not at hand.
    pub expiring: Vec<String>,
}

/// What is published.
#[derive(Clone, Copy, Debug)]
pub struct Publication<'a> {
    /// Partners' folders, read and checked. Partners of the repository that are not among them
    /// stay as they are.
    pub sources: &'a [Source],
    /// The network's classification.
    pub classification: &'a Classification,
    /// Keys at hand.
    pub keys: &'a Keys,
    /// The time taken as present.
    pub now: Timestamp,
}

/// Brings a repository up to date with its sources. With nothing changed and nothing about to
/// expire, nothing is written.
///
/// Media come first, then catalogues, then metadata, `timestamp.json` last: a reader sees either
/// the repository as it was or as it is.
///
/// # Errors
/// [`PublishError::Problems`] with all that must be put right: nothing is published then.
pub fn publish(
    publication: &Publication<'_>,
    repository: &Path,
    prober: &impl Prober,
    progress: &mut dyn FnMut(&str),
) -> Result<Outcome, PublishError> {
    let _lock = files::lock(repository)?;
    let held = held::read(repository)?;
    let prepared = prepare(publication, &held, prober, progress)?;
    let mut outcome = Outcome::default();
    for offer in &prepared {
        outcome.media_added += media::store(repository, &offer.media, progress)?;
        let count = offer.catalogue.videos.len();
        outcome
            .videos
            .push((offer.catalogue.partner.clone(), count));
    }
    let catalogues = prepared.into_iter().map(|offer| offer.catalogue).collect();
    let staged = roles::stage(publication, catalogues, &held, &mut outcome)?;
    staged.write(repository)?;
    Ok(outcome)
}

/// A partner's catalogue with the files it names.
struct Offer {
    catalogue: crate::catalogue::Catalogue,
    media: Vec<media::Stored>,
}

/// Reads all media of all sources. Every problem of every source is found before anything is
/// written to the repository.
fn prepare(
    publication: &Publication<'_>,
    held: &held::Held,
    prober: &impl Prober,
    progress: &mut dyn FnMut(&str),
) -> Result<Vec<Offer>, PublishError> {
    let mut problems = same_partner_twice(publication.sources);
    let mut offers = Vec::new();
    for source in publication.sources {
        match entry::offer(source, publication, held, prober, progress)? {
            Ok(offer) => {
                let id = &source.partner;
                let found = check::catalogue(id, &offer.catalogue, publication.classification);
                problems.extend(found);
                offers.push(offer);
            }
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() {
        problems = references::check(publication.sources, &offers, held);
    }
    if problems.is_empty() {
        Ok(offers)
    } else {
        Err(PublishError::Problems(problems))
    }
}

fn same_partner_twice(sources: &[Source]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        if sources[..index]
            .iter()
            .any(|other| other.partner == source.partner)
        {
            let mut report = source.report();
            let problem = format!("« {} » a déjà un autre dossier", source.partner);
            report.add("partner.id", problem, "donnez un dossier par partenaire");
            problems.extend(report.into_problems());
        }
    }
    problems
}

#[cfg(test)]
mod tests;
