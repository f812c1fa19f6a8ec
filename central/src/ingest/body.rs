//! The body of a delivery, within its limits while it is read and while it is inflated.

use std::io::Read as _;

use axum::body::Body;
use axum::http::{HeaderMap, header};
use central_protocol::limits::{MAX_BODY_BYTES, MAX_INFLATED_BYTES};
use flate2::read::GzDecoder;
use futures_util::StreamExt as _;

use super::refusal::Refusal;

/// A body as it was sent.
#[derive(Clone, Debug)]
pub struct Received {
    /// What came.
    pub bytes: Vec<u8>,
    /// It is compressed.
    pub gzip: bool,
}

/// Reads the body, and stops at the first byte too many.
pub(super) async fn read(headers: &HeaderMap, body: Body) -> Result<Received, Refusal> {
    let gzip = match headers
        .get(header::CONTENT_ENCODING)
        .map(|value| value.as_bytes())
    {
        None | Some(b"identity") => false,
        Some(b"gzip") => true,
        Some(_) => return Err(Refusal::Encoding),
    };
    let mut bytes = Vec::new();
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|error| Refusal::Malformed(error.to_string()))?;
        if bytes.len() + chunk.len() > MAX_BODY_BYTES {
            return Err(Refusal::TooLarge("body"));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Received { bytes, gzip })
}

/// The JSON text; inflating stops at the first byte too many.
///
/// # Errors
/// The body is not gzip although it says so, or inflates to too much.
pub fn inflate(received: Received) -> Result<Vec<u8>, Refusal> {
    if !received.gzip {
        return Ok(received.bytes);
    }
    let mut text = Vec::new();
    GzDecoder::new(received.bytes.as_slice())
        .take(MAX_INFLATED_BYTES as u64 + 1)
        .read_to_end(&mut text)
        .map_err(|error| Refusal::Malformed(format!("gzip: {error}")))?;
    if text.len() > MAX_INFLATED_BYTES {
        return Err(Refusal::TooLarge("inflated body"));
    }
    Ok(text)
}
