//! The part of a look that finds out what the repository offers.

use media_manifest::catalogue::merged::Merged;
use media_manifest::trust::{Client, Datastore, Now, PartnerFailure, Transport, TrustError};
use url::Url;

use super::firmware::Signed;
use super::{Folder, HttpTransport, Round, Source, SyncError};
use crate::clock;
use crate::http::{Fault, Http};
use crate::status::sync::{Failure, Mirror};
use crate::store::{Generation, Refusal};

/// A verified catalogue on its way to a generation.
pub(super) struct Offer {
    /// The catalogue.
    pub merged: Merged,
    /// Catalogues were read: the metadata are new, or not all was had before.
    pub read: bool,
    /// It was read before, and its media wait for their hours.
    pub waits: bool,
    /// What the metadata say of systems, where this borne replaces its own.
    pub firmware: Option<Signed>,
    /// What goes into the status with it.
    pub notes: Notes,
}

/// What is told of an offer.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    /// Partners whose catalogue was refused.
    pub refused: Vec<Failure>,
    /// Expiry of metadata was checked.
    pub expiry_checked: bool,
    /// The mirror that served in place of the repository.
    pub mirror: Option<Mirror>,
    /// Why the repository's own server did not serve.
    pub fault: Option<Fault>,
}

/// A place that metadata come from.
trait Origin: Transport + Sync + Clone {
    /// The fault that made the whole of it unusable, if one did since the last call.
    fn take_trouble(&self) -> Option<SyncError>;
}

impl Origin for HttpTransport {
    fn take_trouble(&self) -> Option<SyncError> {
        self.take_fault().map(SyncError::Fault)
    }
}

impl Origin for Folder {
    fn take_trouble(&self) -> Option<SyncError> {
        self.take_fault()
    }
}

impl Round<'_> {
    /// The verified catalogue that the repository offers now.
    pub(super) async fn offer(&self, current: Option<&Generation>) -> Result<Offer, SyncError> {
        match self.source {
            Source::Web(http) => self.offer_of_web(http, current).await,
            Source::Folder(folder) => self.offer_of(folder.clone(), current).await,
        }
    }

    /// The repository's own server first. When it does not serve, its mirrors: the first that has
    /// something new, so that a mirror that is behind hides no other.
    async fn offer_of_web(
        &self,
        http: &Http,
        current: Option<&Generation>,
    ) -> Result<Offer, SyncError> {
        let sync = &self.settings.sync;
        let origin = |base: &Url| HttpTransport::new(http.clone(), base.clone());
        let error = match self.offer_of(origin(&sync.url), current).await {
            Err(error) if error.is_of_the_source() => error,
            answer => return answer,
        };
        let mut nothing_new = None;
        for base in &sync.mirrors {
            match self.offer_of(origin(base), current).await {
                Ok(mut offer) => {
                    offer.notes.mirror = Some(Mirror {
                        url: base.to_string(),
                        code: error.code().to_owned(),
                    });
                    offer.notes.fault = error.fault().cloned();
                    if offer.read {
                        return Ok(offer);
                    }
                    nothing_new.get_or_insert(offer);
                }
                Err(error) => tracing::warn!(%base, %error, "mirror does not serve"),
            }
        }
        nothing_new.ok_or(error)
    }

    async fn offer_of(
        &self,
        origin: impl Origin,
        current: Option<&Generation>,
    ) -> Result<Offer, SyncError> {
        let now = self.now()?;
        let mut client = Client::new(origin.clone(), self.datastore()?, now);
        let failed = |error: TrustError| match origin.take_trouble() {
            Some(trouble) => trouble,
            None => SyncError::Refused(error),
        };
        let new = client.refresh().await.map_err(&failed)?;
        let notes = Notes {
            expiry_checked: now.check_expiry,
            ..Notes::default()
        };
        if let Some(current) = current.filter(|_| !new)
            && let Some(offer) = self.known(current, &notes)?
        {
            let firmware = self.firmware_beside(&client, &origin).await;
            return Ok(Offer { firmware, ..offer });
        }
        self.cache.note_whole_generation(None)?;
        self.cache.note_waiting_beside(None)?;
        let previous = current.map(|current| &current.merged);
        let update = client.catalogue(previous).await.map_err(&failed)?;
        // A server that went away in between is no partner's fault.
        if let Some(trouble) = origin.take_trouble() {
            return Err(trouble);
        }
        let update = update.into_inner();
        let firmware = self.firmware_beside(&client, &origin).await;
        let failures = update.failures.iter();
        let refused = failures.map(|it| failure(it, now.time)).collect();
        Ok(Offer {
            merged: self.unless_refused(update.merged, previous)?,
            read: true,
            waits: false,
            firmware,
            notes: Notes { refused, ..notes },
        })
    }

    /// What is said of systems; whatever goes wrong with it is no trouble of the catalogue's.
    async fn firmware_beside<O: Origin>(&self, client: &Client<O>, origin: &O) -> Option<Signed> {
        let signed = self.signed_firmware(client).await;
        if let Some(trouble) = origin.take_trouble() {
            tracing::warn!(error = %trouble, "what is said of systems was not had");
        }
        signed
    }

    /// What is known of unchanged metadata without reading a catalogue again.
    fn known(&self, current: &Generation, notes: &Notes) -> Result<Option<Offer>, SyncError> {
        let is_current = |number: Option<u64>| number == Some(current.number);
        let whole = is_current(self.cache.whole_generation()?);
        let waits = !self.is_open() && is_current(self.cache.waiting_beside()?);
        Ok((whole || waits).then(|| Offer {
            merged: current.merged.clone(),
            read: false,
            waits,
            firmware: None,
            notes: notes.clone(),
        }))
    }

    /// Leaves out what an administrator went back from, until something newer comes.
    fn unless_refused(
        &self,
        merged: Merged,
        current: Option<&Merged>,
    ) -> Result<Merged, SyncError> {
        let (Some(refusal), Some(current)) = (Refusal::load(self.data()), current) else {
            return Ok(merged);
        };
        if !refusal.concerns(&merged) {
            Refusal::end(self.data())?;
            return Ok(merged);
        }
        let left = refusal.generation;
        tracing::info!(left, "what was gone back from stays refused");
        Ok(refusal.apply(&merged, current))
    }

    /// The time that metadata are judged by.
    fn now(&self) -> Result<Now, SyncError> {
        let reading = self.clock.read();
        let (time, check_expiry) = clock::for_expiry(&reading, self.cache.last_synced()?);
        if reading.synced {
            self.cache.note_synced(reading.time)?;
        } else {
            tracing::warn!("the clock is not synchronised: expiry of metadata is not checked");
        }
        Ok(Now { time, check_expiry })
    }

    fn datastore(&self) -> Result<Datastore, SyncError> {
        let path = &self.settings.sync.root;
        let root = std::fs::read(path).map_err(|source| SyncError::Root {
            path: path.display().to_string(),
            source,
        })?;
        Ok(Datastore::init(self.data().join("trust"), &root)?)
    }
}

fn failure(failure: &PartnerFailure, at: jiff::Timestamp) -> Failure {
    let code = match &failure.error {
        TrustError::Expired { .. } => "expired",
        TrustError::Transport { .. } => "incomplete",
        _ => "refused",
    };
    Failure {
        code: code.to_owned(),
        partner: failure.partner.clone(),
        detail: failure.error.to_string(),
        at,
    }
}
