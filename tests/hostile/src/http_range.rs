//! Status and headers of a server.

use std::time::Duration;

use borne::http::answer;
use borne::sync::range::{self, Brings};
use media_manifest::catalogue::FileRef;
use reqwest::StatusCode;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};

use crate::plain::plain;

/// An answer, and how far the file asked for is there.
struct Case {
    status: StatusCode,
    headers: HeaderMap,
    written: u64,
    length: u64,
    more: Option<u64>,
}

/// Judges an answer, written as `STATUS WRITTEN LENGTH BODY`, `BODY` being `-` where its length is
/// not said, then a header a line.
///
/// # Panics
/// Something does not hold.
pub fn http_range(bytes: &[u8]) {
    let Some(case) = Case::read(bytes) else {
        return;
    };
    judged(&case);
    pause(&case.headers);
    brought(&case);
    fits(&case);
    etag(&case.headers);
}

impl Case {
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut lines = bytes.split(|byte| *byte == b'\n');
        let first = std::str::from_utf8(lines.next()?).ok()?;
        let mut words = first.split(' ');
        let status = StatusCode::from_bytes(words.next()?.as_bytes()).ok()?;
        let (written, length) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        let more = words.next()?.parse().ok();
        // A part is never longer than its file.
        (written <= length).then_some(())?;
        let mut headers = HeaderMap::new();
        for line in lines {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let name = HeaderName::from_bytes(&line[..colon]).ok()?;
            let value = HeaderValue::from_bytes(line[colon + 1..].trim_ascii()).ok()?;
            headers.append(name, value);
        }
        Some(Self {
            status,
            headers,
            written,
            length,
            more,
        })
    }

    fn first(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Only a success that is no web page is taken.
fn judged(case: &Case) {
    match answer::judge(case.status, &case.headers) {
        Ok(()) => {
            assert!(case.status.is_success());
            let kind = case.first(header::CONTENT_TYPE).unwrap_or_default();
            assert!(!kind.trim().to_lowercase().starts_with("text/html"));
        }
        Err(fault) => plain(&fault.to_string()),
    }
}

/// A pause is the one asked for, and at most six hours.
fn pause(headers: &HeaderMap) {
    if let Some(pause) = answer::retry_after(headers) {
        let asked = headers[header::RETRY_AFTER].to_str().expect("digits");
        let asked: u64 = asked.trim().parse().expect("a number");
        assert_eq!(pause, Duration::from_secs(asked.min(6 * 3_600)));
    }
}

/// What is appended continues exactly where the part ends, up to the end of the file.
fn brought(case: &Case) {
    let brings = range::brings(case.status, &case.headers, case.written, case.length);
    let partial = case.status == StatusCode::PARTIAL_CONTENT;
    match brings {
        Brings::Rest if partial => {
            let said = case.first(header::CONTENT_RANGE).and_then(said);
            let last = case
                .length
                .checked_sub(1)
                .expect("an empty file has no range");
            assert_eq!(said, Some((case.written, last, case.length)));
        }
        Brings::Rest => assert_eq!(case.written, 0),
        Brings::Whole => assert!(!partial && case.written > 0),
        Brings::Other => assert!(partial),
    }
}

/// Start, last byte and total of `bytes 7-99/100`, read number by number.
fn said(range: &str) -> Option<(u64, u64, u64)> {
    let (range, total) = range.trim().strip_prefix("bytes ")?.split_once('/')?;
    let (start, last) = range.split_once('-')?;
    Some((start.parse().ok()?, last.parse().ok()?, total.parse().ok()?))
}

/// What is read has the length signed, where a length is said, and is not compressed.
fn fits(case: &Case) {
    let file = FileRef {
        sha256: "00".repeat(32),
        length: case.length,
        urls: Vec::new(),
    };
    match range::refuse_early(&case.headers, case.more, case.written, &file) {
        Ok(()) => {
            let encodings = case.headers.get_all(header::CONTENT_ENCODING);
            for encoding in encodings {
                assert!(encoding.as_bytes().eq_ignore_ascii_case(b"identity"));
            }
            if let Some(more) = case.more {
                assert_eq!(case.length - case.written, more);
            }
        }
        Err(error) => {
            assert!(error.is_wrong_content(), "{error}");
            plain(&error.to_string());
        }
    }
}

/// What is sent back in `If-Range` is a header, and not a weak `ETag`.
fn etag(headers: &HeaderMap) {
    let etag = range::strong_etag(headers);
    assert!(HeaderValue::from_str(etag).is_ok(), "{etag:?}");
    assert!(etag.is_empty() || etag.starts_with('"'), "{etag:?}");
}
