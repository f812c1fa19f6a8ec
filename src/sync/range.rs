//! What an answer brings of a file that is there in part; pure.

use media_manifest::catalogue::FileRef;
use media_manifest::check::shown;
use reqwest::StatusCode;
use reqwest::header::{self, HeaderMap};

use super::DownloadError;
use crate::http::answer;
use crate::store::PartError;

/// What of a file an answer brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brings {
    /// What lacks: it is appended.
    Rest,
    /// The file from its start, although a part of it is there.
    Whole,
    /// Another range, or one that is not said.
    Other,
}

/// What an answer brings of a file of `length` bytes of which `written` are there. A 206 brings the
/// rest when its start, its end and its total are right.
#[must_use]
pub fn brings(status: StatusCode, headers: &HeaderMap, written: u64, length: u64) -> Brings {
    if status != StatusCode::PARTIAL_CONTENT {
        return match written {
            0 => Brings::Rest,
            _ => Brings::Whole,
        };
    }
    let rest = length
        .checked_sub(1)
        .map(|last| format!("bytes {written}-{last}/{length}"));
    let range = answer::text(headers, &header::CONTENT_RANGE).map(str::trim);
    if range.is_some() && range == rest.as_deref() {
        Brings::Rest
    } else {
        Brings::Other
    }
}

/// Refuses what cannot be the rest of a file before it is read; `more` is the length of the answer's
/// body in bytes, where it is said.
///
/// # Errors
/// The answer is compressed, too long or too short.
pub fn refuse_early(
    headers: &HeaderMap,
    more: Option<u64>,
    written: u64,
    file: &FileRef,
) -> Result<(), DownloadError> {
    let mut encodings = headers.get_all(header::CONTENT_ENCODING).iter();
    let other = encodings.find(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"));
    if let Some(encoding) = other {
        let encoding = String::from_utf8_lossy(encoding.as_bytes());
        return Err(DownloadError::Encoded(shown(&encoding)));
    }
    let expected = file.length;
    match more.map(|more| written.saturating_add(more)) {
        Some(found) if found > expected => Err(PartError::TooLong { expected }.into()),
        Some(found) if found < expected => Err(PartError::TooShort { expected, found }.into()),
        _ => Ok(()),
    }
}

/// A strong `ETag`, or nothing: a weak one does not promise the same bytes.
#[must_use]
pub fn strong_etag(headers: &HeaderMap) -> &str {
    answer::text(headers, &header::ETAG)
        .filter(|etag| etag.starts_with('"'))
        .unwrap_or_default()
}
