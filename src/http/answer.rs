//! What the status and the headers of an answer say; pure.

use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{self, HeaderMap, HeaderName};

use super::Fault;

/// Longest pause that a server may ask for: it must not silence a borne for days.
const RETRY_AFTER: Duration = Duration::from_secs(6 * 3_600);

/// Whether an answer to a request for a file brings the file.
///
/// # Errors
/// The answer is no success, or a web page: what that means.
pub fn judge(status: StatusCode, headers: &HeaderMap) -> Result<(), Fault> {
    match status {
        StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::GONE => Err(Fault::NotFound),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Err(Fault::Busy {
            pause: retry_after(headers),
        }),
        StatusCode::PROXY_AUTHENTICATION_REQUIRED => Err(Fault::Proxy(status.to_string())),
        StatusCode::NETWORK_AUTHENTICATION_REQUIRED => Err(Fault::Portal),
        // To an address that no client follows: `file:`, `ftp:`, or none at all.
        _ if status.is_redirection() => Err(Fault::Redirected),
        _ if !status.is_success() => Err(Fault::Status(status.as_u16())),
        _ if is_page(headers) => Err(Fault::Portal),
        _ => Ok(()),
    }
}

fn is_page(headers: &HeaderMap) -> bool {
    text(headers, &header::CONTENT_TYPE).is_some_and(|kind| {
        kind.trim_start()
            .to_ascii_lowercase()
            .starts_with("text/html")
    })
}

/// The pause asked for, at most six hours. Seconds only: a date would depend on a clock that may be
/// wrong.
#[must_use]
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = text(headers, &header::RETRY_AFTER)?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(RETRY_AFTER))
}

/// A header as text.
pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
