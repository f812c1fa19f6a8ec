use media_manifest::catalogue::FileRef;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_ENCODING, CONTENT_RANGE, ETAG, HeaderMap, HeaderName};

use crate::store::PartError;
use crate::sync::DownloadError;
use crate::sync::range::{Brings, brings, refuse_early, strong_etag};

fn headers(name: &HeaderName, values: &[&'static str]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for value in values {
        headers.append(name, value.parse().unwrap());
    }
    headers
}

fn file(length: u64) -> FileRef {
    FileRef {
        sha256: "00".repeat(32),
        length,
        urls: Vec::new(),
    }
}

#[test]
fn only_a_range_from_where_the_part_ends_to_the_end_of_the_file_is_the_rest() {
    for (range, written, length, expected) in [
        ("bytes 7-9/10", 7, 10, Brings::Rest),
        (" bytes 7-9/10 ", 7, 10, Brings::Rest),
        ("bytes 0-9/10", 0, 10, Brings::Rest),
        ("bytes 6-9/10", 7, 10, Brings::Other),
        ("bytes 7-8/10", 7, 10, Brings::Other),
        ("bytes 7-9/11", 7, 10, Brings::Other),
        ("bytes 7-9/*", 7, 10, Brings::Other),
        ("bytes */10", 7, 10, Brings::Other),
        ("", 0, 0, Brings::Other),
    ] {
        let headers = headers(&CONTENT_RANGE, &[range]);
        let found = brings(StatusCode::PARTIAL_CONTENT, &headers, written, length);
        assert_eq!(found, expected, "{range:?} after {written} of {length}");
    }
}

#[test]
fn a_part_of_an_empty_file_that_says_no_range_is_none() {
    let found = brings(StatusCode::PARTIAL_CONTENT, &HeaderMap::new(), 0, 0);
    assert_eq!(found, Brings::Other);
}

#[test]
fn any_other_success_is_the_file_from_its_start() {
    let headers = headers(&CONTENT_RANGE, &["bytes 7-9/10"]);
    assert_eq!(brings(StatusCode::OK, &headers, 0, 10), Brings::Rest);
    assert_eq!(brings(StatusCode::OK, &headers, 7, 10), Brings::Whole);
}

#[test]
fn a_length_beyond_all_numbers_is_too_long() {
    let error = refuse_early(&HeaderMap::new(), Some(u64::MAX - 2), 7, &file(10)).unwrap_err();
    assert!(
        matches!(error, DownloadError::Part(PartError::TooLong { .. })),
        "{error}"
    );
}

#[test]
fn compression_is_refused_also_when_it_is_said_second() {
    for encodings in [&["gzip"][..], &["identity", "br"], &["identity, gzip"]] {
        let headers = headers(&CONTENT_ENCODING, encodings);
        let error = refuse_early(&headers, None, 0, &file(10)).unwrap_err();
        assert!(matches!(error, DownloadError::Encoded(_)), "{error}");
    }
    let plain = headers(&CONTENT_ENCODING, &["Identity"]);
    assert!(refuse_early(&plain, Some(10), 0, &file(10)).is_ok());
}

#[test]
fn a_weak_etag_promises_nothing() {
    for (etag, strong) in [("\"a\"", "\"a\""), ("W/\"a\"", ""), ("a", "")] {
        assert_eq!(strong_etag(&headers(&ETAG, &[etag])), strong);
    }
}
