//! Publishing: from partners' sources to a signed repository in a folder that any web server can
//! serve. Only compiled with the feature `sign`: a borne cannot sign.

mod authority;
mod bench;
mod cache;
mod desk;
mod entry;
mod error;
mod files;
mod firmware;
mod held;
mod key;
mod media;
mod partners;
pub mod policy;
mod prepared;
mod prune;
mod public;
mod references;
mod rehearsal;
mod roles;
mod root;
mod rotation;
mod sign;
mod signed;
mod status;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;

use crate::catalogue::Classification;
use crate::check::{self, Problem};
use crate::source::Source;

use roles::Order;

pub use desk::as_long;
pub use error::PublishError;
pub use files::file_url;
pub use firmware::{FirmwareRefusal, NewFirmware, offer_firmware, withdraw_firmware};
pub use key::{Keys, NewKeys, SigningKey};
pub use media::{Media, Prober, Refusal};
pub use prepared::{Change, KeyName, Prepared, PreparedError, Standing};
pub use prune::{Pruned, prune};
pub use public::{PublicKey, fingerprint};
pub use rotation::{Replacement, first_root, next_root, partner_again, renew, retire};
pub use sign::document;
pub use signed::publish_signed;
pub use status::{RoleStatus, State, Status, status};

/// What a publication changed.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Outcome {
    /// Roles signed anew with their versions, in the order signed.
    pub signed: Vec<(String, u64)>,
    /// Media files added to the repository.
    pub media_added: usize,
    /// Videos offered, by partner.
    pub videos: Vec<(String, usize)>,
    /// Roles that should be signed anew soon and whose key is not at hand.
    pub expiring: Vec<String>,
    /// Roles of partners that wait for a signature made elsewhere.
    #[serde(skip)]
    pub prepared: Vec<Prepared>,
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
    /// Where roles of partners that sign elsewhere are prepared. Without it their keys must be at
    /// hand.
    pub elsewhere: Option<&'a Elsewhere>,
    /// The time taken as present.
    pub now: Timestamp,
}

/// Partners that keep their keys to themselves.
#[derive(Clone, Debug, Default)]
pub struct Elsewhere {
    /// Keys of partners that are new, or whose key changes, by partner.
    pub keys: BTreeMap<String, PublicKey>,
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
    let (here, elsewhere) = signed::split(publication, catalogues, &held);
    for (catalogue, signers) in elsewhere {
        let role = signed::prepared(&catalogue, &signers, repository, &held, publication.now)?;
        outcome.prepared.extend(role);
    }
    let order = Order {
        classification: Some(publication.classification),
        catalogues: here,
        ..Order::renewal(publication.keys, publication.now)
    };
    carry_out(&order, repository, &held, &mut outcome, progress)?;
    Ok(outcome)
}

/// Signs, tries as a borne does what would then be there, and writes it.
fn carry_out(
    order: &Order<'_>,
    repository: &Path,
    held: &held::Held,
    outcome: &mut Outcome,
    progress: &mut dyn FnMut(&str),
) -> Result<(), PublishError> {
    let staged = roles::stage(order, repository, held, outcome)?;
    rehearsal::rehearse(repository, &staged, outcome, order.now)?;
    staged.write(repository, progress)
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
