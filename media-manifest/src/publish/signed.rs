//! Roles that are signed elsewhere: prepared here, and taken over once signed.

use std::path::Path;

use jiff::Timestamp;
use serde_json::json;

use super::authority::Authority;
use super::bench::{Contents, body, header, is_old};
use super::held::{self, Held};
use super::partners::{self, catalogue_file, key_name};
use super::roles::{Order, listed, target_bytes};
use super::{
    Keys, Outcome, Prepared, PreparedError, PublicKey, Publication, PublishError, carry_out, files,
    policy,
};
use crate::catalogue::{Catalogue, Classification};
use crate::check;

/// Catalogues that are signed here, and those that must be signed elsewhere with who must.
pub(super) fn split(
    publication: &Publication<'_>,
    catalogues: Vec<Catalogue>,
    held: &Held,
) -> (Vec<Catalogue>, Vec<(Catalogue, Authority)>) {
    let mut here = Vec::new();
    let mut elsewhere = Vec::new();
    for catalogue in catalogues {
        let id = &catalogue.partner;
        let given = publication.elsewhere.and_then(|keys| keys.keys.get(id));
        let signers = match given {
            Some(key) => Some(Authority::one(&key.key)),
            None => partners::signers(held, id),
        };
        match signers {
            Some(signers)
                if publication.elsewhere.is_some() && !signers.can_sign(publication.keys) =>
            {
                elsewhere.push((catalogue, signers));
            }
            _ => here.push(catalogue),
        }
    }
    (here, elsewhere)
}

/// A partner's role that waits for its signature; nothing when it is published so already.
pub(super) fn prepared(
    catalogue: &Catalogue,
    signers: &Authority,
    repository: &Path,
    held: &Held,
    now: Timestamp,
) -> Result<Option<Prepared>, PublishError> {
    let id = &catalogue.partner;
    let bytes = target_bytes(&catalogue_file(id), catalogue)?;
    let contents = Contents {
        name: id,
        kind: "targets",
        life: policy::TARGETS,
        body: json!({ "targets": { catalogue_file(id): listed(&bytes) } }),
    };
    let published = held.partners.get(id).is_some_and(|role| {
        body(&role.signed) == contents.body
            && signers.has_signed(&role.bytes)
            && !is_old(role, contents.life, now)
    });
    if published {
        return Ok(None);
    }
    waiting(&contents, &bytes, signers, repository, held, now).map(Some)
}

/// A partner's role of the next version, without a signature.
pub(super) fn waiting(
    contents: &Contents<'_>,
    catalogue: &[u8],
    signers: &Authority,
    repository: &Path,
    held: &Held,
    now: Timestamp,
) -> Result<Prepared, PublishError> {
    let id = contents.name;
    let before = held.partner(id);
    let old = before.map(|role| held::catalogue(repository, id, role));
    let old = old.transpose()?.flatten();
    let old = old.map(|text| String::from_utf8_lossy(&text).into_owned());
    let mut version = before.map_or(0, held::Published::version);
    if version >= policy::VERSION_CEILING {
        version = held::highest(repository, id)?;
    }
    let signed = header(contents, version.saturating_add(1), now);
    Prepared::partner(id, before, old, &signed, catalogue, signers)
}

/// Publishes a role that was prepared and signed: the next root, or a partner's role. `key` is
/// given when a partner joins or its key changes: what the file says of it is not believed.
///
/// # Errors
/// Signatures are missing, or what is published has moved on since it was prepared.
pub fn publish_signed(
    role: &Prepared,
    key: Option<&PublicKey>,
    keys: &Keys,
    repository: &Path,
    now: Timestamp,
    progress: &mut dyn FnMut(&str),
) -> Result<Outcome, PublishError> {
    let _lock = files::lock(repository)?;
    let held = held::read(repository)?;
    let mut outcome = Outcome::default();
    let mut order = Order::renewal(keys, now);
    if role.role() == "root" {
        enough(role)?;
        order.root = Some(role.published());
        let new = held.root.as_ref().map(|root| &root.bytes) != Some(&role.published().bytes);
        outcome
            .signed
            .extend(new.then(|| ("root".to_owned(), role.version())));
    } else {
        let signers = match key {
            Some(key) => Authority::one(&key.key),
            None => partners::signers(&held, role.role())
                .ok_or_else(|| super::key::missing(&key_name(role.role())))?,
        };
        accept(role, &signers, repository, &held, now)?;
        order.prepared.push((role.clone(), signers));
    }
    carry_out(&order, repository, &held, &mut outcome, progress)?;
    Ok(outcome)
}

fn enough(role: &Prepared) -> Result<(), PreparedError> {
    let standings = role.standings();
    let short = standings.iter().map(|standing| {
        let signed = standing.signed.len() as u64;
        standing.threshold.saturating_sub(signed)
    });
    match short.max().unwrap_or_default() {
        0 => Ok(()),
        missing => Err(PreparedError::Unsigned { missing }),
    }
}

/// A partner's role is the next one, understood whole, signed, and all it names is there.
fn accept(
    role: &Prepared,
    signers: &Authority,
    repository: &Path,
    held: &Held,
    now: Timestamp,
) -> Result<(), PublishError> {
    role.examine(now)?;
    let published = role.published();
    let id = role.role();
    let version = held.partner(id).map_or(0, held::Published::version);
    let expected = if version < policy::VERSION_CEILING {
        version.saturating_add(1)
    } else {
        held::highest(repository, id)?.saturating_add(1)
    };
    if published.version() != expected {
        let found = published.version();
        return Err(PreparedError::NotNext { expected, found }.into());
    }
    if !signers.has_signed(&published.bytes) {
        let signed = signers.signed(&published.bytes).len() as u64;
        let missing = signers.threshold.saturating_sub(signed);
        return Err(PreparedError::Unsigned { missing }.into());
    }
    let text = role.catalogue().unwrap_or_default();
    let catalogue: Catalogue = parse(id, text)?;
    let classification = classification(repository, held)?;
    let problems = check::catalogue(id, &catalogue, &classification);
    if !problems.is_empty() {
        return Err(PublishError::Problems(problems));
    }
    Ok(media_are_there(&catalogue, repository)?)
}

/// The classification that is published.
fn classification(repository: &Path, held: &Held) -> Result<Classification, PublishError> {
    let unpublished = || PublishError::Unpublished {
        path: repository.to_owned(),
    };
    let targets = held.targets.as_ref().ok_or_else(unpublished)?;
    let listed = &targets.signed["targets"]["classification.json"];
    let hash = listed["hashes"]["sha256"]
        .as_str()
        .ok_or_else(unpublished)?;
    let path = repository.join(format!("targets/{hash}.classification.json"));
    let text = std::fs::read_to_string(&path).map_err(PublishError::io(&path))?;
    parse("classification", &text)
}

fn parse<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T, PublishError> {
    serde_json::from_str(text).map_err(|error| PublishError::Repository {
        path: name.into(),
        reason: error.to_string(),
    })
}

fn media_are_there(catalogue: &Catalogue, repository: &Path) -> Result<(), PreparedError> {
    for file in catalogue
        .videos
        .iter()
        .flat_map(crate::catalogue::Video::files)
    {
        let ours = file.urls.iter().filter(|url| !url.contains("://"));
        for url in ours {
            let length = std::fs::metadata(repository.join(url)).map(|file| file.len());
            if !length.is_ok_and(|length| length == file.length) {
                return Err(PreparedError::NoMedia { url: url.clone() });
            }
        }
    }
    Ok(())
}
