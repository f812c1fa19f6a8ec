//! What the network says of its bornes' systems.

use crate::check;
use crate::firmware::Firmware;

use super::catalogue::{CatalogueError, NETWORK, parse, refuse};
use super::client::Client;
use super::delegation::listed;
use super::error::TrustError;
use super::transport::Transport;
use super::{Verified, policy};

/// Name of the target that says which systems are offered.
pub const FIRMWARE: &str = "firmware.json";

/// `firmware.json` as signed, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirmwareFile {
    /// Byte for byte, to be verified again where it is used.
    pub bytes: Vec<u8>,
    /// What it says.
    pub firmware: Firmware,
}

impl<T: Transport + Sync> Client<T> {
    /// Reads which systems the network offers; `None` when it offers none. What is `held` already is
    /// not fetched again when it is still what was signed.
    ///
    /// The top-level role alone is asked: no delegated role may speak for a system, whatever paths it
    /// was given.
    ///
    /// # Errors
    /// [`TrustError::NotRefreshed`], or why the file cannot be had or used.
    pub async fn firmware(
        &self,
        held: Option<Vec<u8>>,
    ) -> Result<Option<Verified<FirmwareFile>>, TrustError> {
        let trusted = self.trusted.as_ref().ok_or(TrustError::NotRefreshed)?;
        let Some(target) = listed(&trusted.targets, FIRMWARE) else {
            return Ok(None);
        };
        if target.length > policy::FIRMWARE_BYTES {
            return Err(TrustError::Limit {
                what: "bytes of firmware.json",
                limit: policy::FIRMWARE_BYTES,
            });
        }
        let bytes = match held.filter(|held| target.check(held).is_ok()) {
            Some(held) => held,
            None => self.download_as(trusted, &target).await?,
        };
        let firmware = read_firmware(&bytes)?;
        Ok(Some(Verified::new(FirmwareFile { bytes, firmware })))
    }
}

/// What the bytes of `firmware.json` say, once they are verified; pure.
///
/// # Errors
/// They are not JSON of this form, or break a rule.
pub fn read_firmware(bytes: &[u8]) -> Result<Firmware, CatalogueError> {
    let firmware: Firmware = parse(NETWORK, FIRMWARE, bytes)?;
    refuse(NETWORK, check::firmware(&firmware))?;
    Ok(firmware)
}
