//! Waiting events to central: at least once, with an effect of exactly once.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use central_protocol::limits::{MAX_BODY_BYTES, MAX_EVENTS, MAX_INFLATED_BYTES};
use central_protocol::{
    Acknowledgement, Batch, EVENTS_PATH, Envelope, Rejection, RejectionReason, SCHEMA,
};
use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::{StatusCode, header};
use uuid::Uuid;

use super::policy::{ANSWER_BYTES, COMPRESS_FROM, HOLD_UNSYNCED_MS, RETENTION};
use super::recorder::reset_event;
use crate::clock::{Clock, Reading};
use crate::http::answer::retry_after;
use crate::http::{Fault, Http};
use crate::settings::{Central, Firmware};
use crate::store::outbox::{Count, Delivery};
use crate::store::{Outbox, StoreError};
use crate::update;

/// Why events still wait.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// There is no token that could be read: the borne is not enrolled.
    #[error("token file {path}: {source}")]
    NoToken {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// Central does not accept the token any more.
    #[error("central refuses the token")]
    Revoked,
    /// Central cannot be reached, or is not well.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// Central's answer is none to this batch.
    #[error("central's answer is of no use: {0}")]
    Answer(String),
    /// The outbox refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A batch cannot be written as JSON.
    #[error("batch: {0}")]
    Batch(#[from] std::io::Error),
}

impl DeliveryError {
    /// A short code for status files.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoToken { .. } => "no_token",
            Self::Revoked => "revoked",
            Self::Fault(fault) => fault.code(),
            Self::Answer(_) => "answer",
            Self::Store(_) => "disk",
            Self::Batch(_) => "batch",
        }
    }

    /// How long central asks to be left alone.
    #[must_use]
    pub const fn pause(&self) -> Option<Duration> {
        match self {
            Self::Fault(Fault::Busy { pause }) => *pause,
            _ => None,
        }
    }
}

/// What a delivery did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Events acknowledged.
    pub accepted: u64,
    /// Events rejected.
    pub rejected: u64,
    /// What is in the outbox now.
    pub queue: Count,
}

/// Everything a delivery needs.
pub struct Courier<'a> {
    /// Makes requests.
    pub http: &'a Http,
    /// Where to.
    pub central: &'a Central,
    /// Identifier of the borne.
    pub borne: &'a str,
    /// The data folder.
    pub data: &'a Path,
    /// The time.
    pub clock: &'a dyn Clock,
    /// What the borne shows, `partner=version`.
    pub catalogue_version: String,
    /// What runs on the borne, see [`software`].
    pub software: String,
}

/// This program, and the system around it where that one says its version: `0.1.0 (1.1.0)`. Two systems may
/// hold the same program.
#[must_use]
pub fn software(system: Option<&Firmware>) -> String {
    const PROGRAM: &str = env!("CARGO_PKG_VERSION");
    match system.map(|system| update::running(&system.version_file)) {
        Some(Ok(version)) => format!("{PROGRAM} ({version})"),
        Some(Err(_)) | None => PROGRAM.to_owned(),
    }
}

/// Central's answer to one batch.
enum Answer {
    Acknowledged(Acknowledgement),
    TooLarge,
}

impl Courier<'_> {
    /// Delivers all that waits.
    ///
    /// # Errors
    /// What was acknowledged so far is noted; the rest waits.
    pub async fn deliver(&self) -> Result<Delivered, DeliveryError> {
        let (mut outbox, reset) = Outbox::open(self.data)?;
        let now = self.clock.read();
        if let Some(reset) = reset {
            outbox.append(&[(now.clone(), reset_event(&reset))])?;
        }
        outbox.correct_hours(&now)?;
        outbox.prune(&now, RETENTION)?;
        let mut delivered = Delivered::default();
        let mut most = MAX_EVENTS;
        while let Some(delivery) = outbox.next_delivery(&now, most, HOLD_UNSYNCED_MS)? {
            let token = self.token()?;
            match self.send(&delivery, &token).await? {
                Answer::Acknowledged(answer) => {
                    let (accepted, rejected) = settle(&mut outbox, &delivery, &answer, &now)?;
                    delivered.accepted += accepted;
                    delivered.rejected += rejected;
                }
                Answer::TooLarge if delivery.events.len() > 1 => most = delivery.events.len() / 2,
                Answer::TooLarge => delivered.rejected += refuse(&mut outbox, &delivery, &now)?,
            }
        }
        delivered.queue = outbox.count()?;
        Ok(delivered)
    }

    fn token(&self) -> Result<String, DeliveryError> {
        let path = &self.central.token_file;
        let text = std::fs::read_to_string(path).map_err(|source| DeliveryError::NoToken {
            path: path.display().to_string(),
            source,
        })?;
        Ok(text.trim().to_owned())
    }

    async fn send(&self, delivery: &Delivery, token: &str) -> Result<Answer, DeliveryError> {
        let batch = self.batch(delivery);
        let json = serde_json::to_vec(&batch).map_err(std::io::Error::from)?;
        let (body, encoding) = encode(&json)?;
        if json.len() > MAX_INFLATED_BYTES || body.len() > MAX_BODY_BYTES {
            return Ok(Answer::TooLarge);
        }
        let path = EVENTS_PATH.trim_start_matches('/');
        let url =
            self.central.url.join(path).map_err(|error| {
                DeliveryError::Answer(format!("address of the endpoint: {error}"))
            })?;
        let request = |client: &reqwest::Client| {
            let request = client
                .post(url)
                .bearer_auth(token)
                .header(header::CONTENT_TYPE, "application/json");
            match encoding {
                Some(encoding) => request.header(header::CONTENT_ENCODING, encoding),
                None => request,
            }
            .body(body)
        };
        let response = self.http.ask(request).await?;
        match response.status() {
            StatusCode::OK => self.acknowledgement(&batch, response).await,
            StatusCode::PAYLOAD_TOO_LARGE => Ok(Answer::TooLarge),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(DeliveryError::Revoked),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Err(Fault::Busy {
                pause: retry_after(response.headers()),
            }
            .into()),
            status => Err(Fault::Status(status.as_u16()).into()),
        }
    }

    fn batch(&self, delivery: &Delivery) -> Batch<Envelope> {
        let now = self.clock.read();
        let seqs = delivery.events.iter().map(|event| event.seq);
        Batch {
            schema: SCHEMA,
            batch_id: Uuid::now_v7(),
            borne: self.borne.to_owned(),
            epoch: delivery.epoch,
            seq_first: seqs.clone().min().unwrap_or(0),
            seq_last: seqs.max().unwrap_or(0),
            sent_at: now.time,
            clock: now.trust(),
            uptime_ms: now.uptime_ms,
            firmware: self.software.clone(),
            catalogue_version: self.catalogue_version.clone(),
            events: delivery.events.clone(),
        }
    }

    async fn acknowledgement(
        &self,
        batch: &Batch,
        response: reqwest::Response,
    ) -> Result<Answer, DeliveryError> {
        let body = self.http.body(response, ANSWER_BYTES).await?;
        let body = body.ok_or_else(|| DeliveryError::Answer("it is too long".to_owned()))?;
        let answer: Acknowledgement = serde_json::from_slice(&body)
            .map_err(|error| DeliveryError::Answer(error.to_string()))?;
        if answer.batch_id != batch.batch_id {
            return Err(DeliveryError::Answer("it answers another batch".to_owned()));
        }
        Ok(Answer::Acknowledged(answer))
    }
}

/// Compresses a body when that is worth it.
fn encode(json: &[u8]) -> std::io::Result<(Vec<u8>, Option<&'static str>)> {
    if json.len() < COMPRESS_FROM {
        return Ok((json.to_vec(), None));
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(json)?;
    Ok((encoder.finish()?, Some("gzip")))
}

/// Notes what central took and what it will never take; how many of each.
fn settle(
    outbox: &mut Outbox,
    delivery: &Delivery,
    answer: &Acknowledgement,
    now: &Reading,
) -> Result<(u64, u64), DeliveryError> {
    let sent = |seq: u64| delivery.events.iter().any(|event| event.seq == seq);
    let known = answer.accepted.iter().filter(|seq| sent(**seq)).count()
        + answer.rejected.iter().filter(|it| sent(it.seq)).count();
    if known == 0 {
        return Err(DeliveryError::Answer(
            "it names no event of the batch".to_owned(),
        ));
    }
    for rejection in &answer.rejected {
        tracing::warn!(
            seq = rejection.seq,
            detail = rejection.detail,
            "event rejected"
        );
    }
    outbox.settle(delivery.epoch, &answer.accepted, &answer.rejected, now.time)?;
    Ok((answer.accepted.len() as u64, answer.rejected.len() as u64))
}

/// Sets a single event aside that is larger than central takes.
fn refuse(outbox: &mut Outbox, delivery: &Delivery, now: &Reading) -> Result<u64, DeliveryError> {
    let rejections: Vec<Rejection> = delivery
        .events
        .iter()
        .map(|event| Rejection {
            seq: event.seq,
            reason: RejectionReason::OutOfRange,
            detail: "larger than central takes".to_owned(),
        })
        .collect();
    outbox.settle(delivery.epoch, &[], &rejections, now.time)?;
    Ok(rejections.len() as u64)
}
