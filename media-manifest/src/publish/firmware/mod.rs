//! The systems that a repository offers: an update is published at once, as a partner that leaves is.

mod bundle;
mod refusal;

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::held::Held;
use super::media::{self, Stored};
use super::rotation::changed;
use super::{Keys, Outcome, PublishError};
use crate::catalogue::FileRef;
use crate::check::limits;
use crate::firmware::{Firmware, Release, Version};

pub use refusal::FirmwareRefusal;

/// Extension of a bundle in the repository.
const EXTENSION: &str = "raucb";

/// An update to be offered.
#[derive(Clone, Debug)]
pub struct NewFirmware {
    /// The signed bundle.
    pub bundle: PathBuf,
    /// The version that whoever publishes believes it to have.
    pub version: Version,
    /// The product they believe it to be for; without it, what the bundle says.
    pub product: Option<String>,
}

/// Offers an update to the bornes of its product, in place of the one before.
///
/// # Errors
/// The file is no bundle that bornes would take, says another version or product than asked, or is
/// not newer than what is offered.
pub fn offer_firmware(
    new: &NewFirmware,
    repository: &Path,
    keys: &Keys,
    now: Timestamp,
    progress: &mut dyn FnMut(&str),
) -> Result<(Release, Outcome), PublishError> {
    progress(&format!("lecture de {}", new.bundle.display()));
    let (release, stored) = release(new)?;
    let (added, mut outcome) = changed(repository, keys, now, |held, order| {
        let firmware = held.firmware.clone().unwrap_or_default();
        newer(&firmware, &release)?;
        let firmware = firmware.with(release.clone());
        if firmware.releases.len() > limits::RELEASES {
            return Err(FirmwareRefusal::TooMany.into());
        }
        let added = media::store(repository, std::slice::from_ref(&stored), progress)?;
        order.firmware = Some(firmware);
        Ok(added)
    })?;
    outcome.media_added = added;
    Ok((release, outcome))
}

/// Offers nothing more to the bornes of a product. What is installed stays.
///
/// # Errors
/// Nothing is offered to it, or a key is missing.
pub fn withdraw_firmware(
    product: &str,
    repository: &Path,
    keys: &Keys,
    now: Timestamp,
) -> Result<Outcome, PublishError> {
    let ((), outcome) = changed(repository, keys, now, |held, order| {
        let firmware = held.firmware.clone().unwrap_or_default();
        if firmware.of(product).is_none() {
            let product = product.to_owned();
            return Err(FirmwareRefusal::NotOffered { product }.into());
        }
        order.firmware = Some(firmware.without(product));
        Ok(())
    })?;
    Ok(outcome)
}

/// What a bundle is offered as, once it is what it is said to be.
fn release(new: &NewFirmware) -> Result<(Release, Stored), PublishError> {
    let said = bundle::read(&new.bundle)?;
    let asked = new.version.to_string();
    if said.version != asked {
        let found = said.version;
        return Err(FirmwareRefusal::OtherVersion { asked, found }.into());
    }
    if let Some(asked) = new.product.clone().filter(|asked| *asked != said.product) {
        let found = said.product;
        return Err(FirmwareRefusal::OtherProduct { asked, found }.into());
    }
    let stored = Stored::new(new.bundle.clone(), media::hash(&new.bundle)?, EXTENSION);
    let release = Release {
        product: said.product,
        version: new.version.clone(),
        bundle: FileRef {
            sha256: stored.sha256.clone(),
            length: said.length,
            urls: vec![stored.url.clone()],
        },
    };
    Ok((release, stored))
}

/// Bornes only go forward: what is not newer would reach none of them.
fn newer(firmware: &Firmware, release: &Release) -> Result<(), FirmwareRefusal> {
    let Some(held) = firmware.of(&release.product) else {
        return Ok(());
    };
    if release.version > held.version || release == held {
        return Ok(());
    }
    Err(FirmwareRefusal::NotNewer {
        product: release.product.clone(),
        version: release.version.clone(),
        offered: held.version.clone(),
    })
}

impl Held {
    /// What the repository offers, when the list of targets and the file agree.
    pub(super) fn releases(&self) -> &[Release] {
        self.firmware.as_ref().map_or(&[], |it| &it.releases)
    }
}
