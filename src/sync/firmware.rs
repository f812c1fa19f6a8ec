//! The part of a look that brings the next system. It comes after the catalogue, takes only room that
//! nothing else needs, and its failures are no failures of the look.

use media_manifest::catalogue::FileRef;
use media_manifest::firmware::Release;
use media_manifest::trust::{Client, FirmwareFile, Transport, TrustError};

use super::copy::copy;
use super::space::free;
use super::{Round, Source};
use crate::http::Fault;
use crate::settings::Firmware;
use crate::status::firmware::{FirmwareState, Note};
use crate::store::firmware::Shelf;
use crate::store::{Media, StoreError};
use crate::update::{running, spent};

/// What the metadata say of systems: nothing, or why it cannot be had.
pub(super) type Signed = Result<Option<FirmwareFile>, TrustError>;

impl Round<'_> {
    /// What a refreshed client reads of systems; `None` where somebody else looks after the system.
    pub(super) async fn signed_firmware<T: Transport + Sync>(
        &self,
        client: &Client<T>,
    ) -> Option<Signed> {
        self.settings.firmware.as_ref()?;
        let held = Shelf::new(self.data()).document();
        let file = client.firmware(held).await;
        Some(file.map(|file| file.map(media_manifest::trust::Verified::into_inner)))
    }

    /// Brings the bundle of what is offered, and tells how far it is.
    pub(super) async fn firmware(&self, signed: Option<Signed>, fault: Option<&Fault>) {
        let (Some(signed), Some(firmware)) = (signed, &self.settings.firmware) else {
            return;
        };
        let told = self.next_system(signed, firmware, fault).await;
        let now = self.clock.read().time;
        let note = told.unwrap_or_else(|error| {
            let code = if error.is_disk_full() {
                "disk_full"
            } else {
                "disk"
            };
            tracing::warn!(%error, "the next system is not brought");
            Note {
                detail: error.to_string(),
                ..note(None, FirmwareState::Unknown, code)
            }
        });
        let note = Note { at: now, ..note };
        self.report
            .update(now, |status| status.firmware = Some(note));
    }

    async fn next_system(
        &self,
        signed: Signed,
        firmware: &Firmware,
        fault: Option<&Fault>,
    ) -> Result<Note, StoreError> {
        let shelf = Shelf::new(self.data());
        let file = match signed {
            Ok(Some(file)) => file,
            Ok(None) => {
                shelf.clear();
                return Ok(note(None, FirmwareState::Current, ""));
            }
            Err(error) => {
                tracing::warn!(%error, "what is said of systems is not used");
                let code = if error.is_retryable() {
                    "incomplete"
                } else {
                    "untrusted"
                };
                return Ok(Note {
                    detail: error.to_string(),
                    ..note(None, FirmwareState::Unknown, code)
                });
            }
        };
        shelf.keep_document(&file.bytes)?;
        let Some(release) = file.firmware.of(&firmware.product) else {
            shelf.keep_only(None);
            return Ok(note(None, FirmwareState::Current, ""));
        };
        self.bring_release(&shelf, release, firmware, fault).await
    }

    async fn bring_release(
        &self,
        shelf: &Shelf,
        release: &Release,
        firmware: &Firmware,
        fault: Option<&Fault>,
    ) -> Result<Note, StoreError> {
        let told = |state, reason| note(Some(release), state, reason);
        match running(&firmware.version_file) {
            Ok(running) if release.version <= running => {
                shelf.keep_only(None);
                return Ok(told(FirmwareState::Current, ""));
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "the version that runs cannot be told");
                return Ok(Note {
                    detail: error.to_string(),
                    ..told(FirmwareState::Unknown, "no_version")
                });
            }
        }
        let tried = shelf.tried().filter(|it| it.version == release.version);
        if let Some(why) = tried.and_then(|tried| spent(&tried, &self.clock.read().boot)) {
            shelf.keep_only(None);
            return Ok(told(FirmwareState::Refused, why.code()));
        }
        shelf.keep_only(Some(release));
        if shelf.bundle(release).is_some() {
            return Ok(told(FirmwareState::Ready, ""));
        }
        if !self.is_open() {
            return Ok(told(FirmwareState::Offered, "closed"));
        }
        match self.bundle(&shelf.coming()?, &release.bundle, fault).await {
            Ok(()) => {
                shelf.put(release)?;
                tracing::info!(version = %release.version, "the next system is here");
                Ok(told(FirmwareState::Ready, ""))
            }
            Err(reason) => Ok(told(FirmwareState::Offered, reason)),
        }
    }

    /// Brings a bundle whole, from where an earlier look came to, or says as a code why not.
    async fn bundle(
        &self,
        coming: &Media,
        bundle: &FileRef,
        fault: Option<&Fault>,
    ) -> Result<(), &'static str> {
        if coming.path(bundle).is_some() {
            return Ok(());
        }
        let wanted = bundle.length.saturating_sub(coming.part_length(bundle));
        if free(coming, self.settings.storage.reserve_mb) < wanted {
            return Err("disk_full");
        }
        match self.source {
            Source::Web(http) => {
                let open = || self.is_open();
                let downloads = self.downloads(http, coming, &open, fault);
                let sources = self.sources(bundle);
                let fetch = async |file: &FileRef| downloads.fetch(file, &sources).await;
                self.file(bundle, fetch).await
            }
            Source::Folder(folder) => {
                let fetch = async |file: &FileRef| copy(coming, self.cache, folder, file).await;
                self.file(bundle, fetch).await
            }
        }
    }
}

fn note(release: Option<&Release>, state: FirmwareState, reason: &str) -> Note {
    Note {
        offered: release.map(|it| it.version.to_string()),
        state,
        reason: reason.to_owned(),
        ..Note::default()
    }
}
