//! The only HTTP client constructor, and what can go wrong with a request.

use std::error::Error as _;
use std::time::Duration;

use reqwest::redirect::{Attempt, Policy};
use reqwest::{Certificate, Client, Proxy, RequestBuilder, Response, StatusCode, header};
use url::Url;

/// Time to reach a server: a mobile link at its worst takes some seconds.
const CONNECT: Duration = Duration::from_secs(20);

/// Silence after which a request is given up. There is no limit in total: a large file over a slow
/// link takes hours.
const IDLE: Duration = Duration::from_secs(30);

/// Redirections followed, each within the same host: more is a loop.
const REDIRECTS: usize = 5;

/// Longest pause that a server may ask for: it must not silence a borne for days.
const RETRY_AFTER: Duration = Duration::from_secs(6 * 3_600);

/// The client cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("HTTP client: {0}")]
pub struct HttpError(#[from] reqwest::Error);

/// What went wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No connection: no network, no name, nobody there.
    #[error("no connection: {0}")]
    Offline(String),
    /// The server went silent or broke off.
    #[error("interrupted: {0}")]
    Interrupted(String),
    /// The server's certificate is not accepted.
    #[error("certificate not accepted: {0}")]
    Certificate(String),
    /// The proxy refuses or is not there.
    #[error("proxy: {0}")]
    Proxy(String),
    /// A page came instead of data: a captive portal, as in a hotel.
    #[error("a web page came instead of data")]
    Portal,
    /// The server sends us to another host or scheme, or in circles.
    #[error("redirected elsewhere")]
    Redirected,
    /// The server asks for a pause.
    #[error("the server asks for a pause")]
    Busy {
        /// How long, when it says so.
        pause: Option<Duration>,
    },
    /// There is no such file.
    #[error("not found")]
    NotFound,
    /// Any other answer than success.
    #[error("status {0}")]
    Status(u16),
}

impl Fault {
    /// A short code for status files.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Offline(_) | Self::Interrupted(_) => "offline",
            Self::Certificate(_) => "certificate",
            Self::Proxy(_) => "proxy",
            Self::Portal => "portal",
            Self::Redirected => "redirected",
            Self::Busy { .. } => "busy",
            Self::NotFound => "not_found",
            Self::Status(_) => "server",
        }
    }

    /// The server's site as a whole cannot be used now: no need to ask it for another file.
    #[must_use]
    pub const fn is_site_wide(&self) -> bool {
        matches!(
            self,
            Self::Offline(_)
                | Self::Certificate(_)
                | Self::Proxy(_)
                | Self::Portal
                | Self::Busy { .. }
        )
    }
}

/// Makes requests.
#[derive(Clone, Debug)]
pub struct Http {
    client: Client,
    proxied: bool,
}

impl Http {
    /// A client; the environment's proxy settings are not looked at.
    ///
    /// # Errors
    /// The TLS library cannot start, or the proxy's address is not usable.
    pub fn new(proxy: Option<&Url>) -> Result<Self, HttpError> {
        let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS
            .iter()
            .filter_map(|root| Certificate::from_der(root).ok());
        let mut builder = Client::builder()
            .user_agent(concat!("borne/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .read_timeout(IDLE)
            .redirect(Policy::custom(stay))
            .tls_certs_merge(roots)
            .no_proxy();
        if let Some(proxy) = proxy {
            builder = builder.proxy(Proxy::all(proxy.clone())?);
        }
        Ok(Self {
            client: builder.build()?,
            proxied: proxy.is_some(),
        })
    }

    /// Sends a request and takes any answer.
    ///
    /// # Errors
    /// There is no answer.
    pub async fn ask(
        &self,
        request: impl FnOnce(&Client) -> RequestBuilder,
    ) -> Result<Response, Fault> {
        let answer = request(&self.client).send().await;
        answer.map_err(|error| self.fault(&error))
    }

    /// Asks for a file; an answer that is no success is a fault. A web page is one too.
    ///
    /// # Errors
    /// What went wrong.
    pub async fn get(
        &self,
        url: Url,
        detail: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<Response, Fault> {
        check(self.ask(|client| detail(client.get(url))).await?)
    }

    /// Reads the rest of an answer; `None` when it is longer than `limit` bytes.
    ///
    /// # Errors
    /// The answer broke off.
    pub async fn body(&self, mut response: Response, limit: u64) -> Result<Option<Vec<u8>>, Fault> {
        let mut body = Vec::new();
        while let Some(chunk) = self.chunk(&mut response).await? {
            body.extend_from_slice(&chunk);
            if body.len() as u64 > limit {
                return Ok(None);
            }
        }
        Ok(Some(body))
    }

    /// The next bytes of an answer; `None` at its end.
    ///
    /// # Errors
    /// The answer broke off.
    pub async fn chunk(&self, response: &mut Response) -> Result<Option<bytes::Bytes>, Fault> {
        response.chunk().await.map_err(|error| self.fault(&error))
    }

    fn fault(&self, error: &reqwest::Error) -> Fault {
        let reason = innermost(error);
        if error.is_redirect() {
            Fault::Redirected
        } else if !error.is_connect() {
            Fault::Interrupted(reason)
        } else if is_certificate(error) {
            Fault::Certificate(reason)
        } else if self.proxied {
            Fault::Proxy(reason)
        } else {
            Fault::Offline(reason)
        }
    }
}

/// Follows redirections within the scheme and host asked.
fn stay(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let same = attempt.previous().first().is_some_and(|first| {
        let next = attempt.url();
        first.origin() == next.origin()
    });
    if same && attempt.previous().len() <= REDIRECTS {
        attempt.follow()
    } else {
        attempt.error(Fault::Redirected)
    }
}

fn check(response: Response) -> Result<Response, Fault> {
    let status = response.status();
    match status {
        StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::GONE => Err(Fault::NotFound),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Err(Fault::Busy {
            pause: retry_after(&response),
        }),
        StatusCode::PROXY_AUTHENTICATION_REQUIRED => Err(Fault::Proxy(status.to_string())),
        StatusCode::NETWORK_AUTHENTICATION_REQUIRED => Err(Fault::Portal),
        // To an address that no client follows: `file:`, `ftp:`, or none at all.
        _ if status.is_redirection() => Err(Fault::Redirected),
        _ if !status.is_success() => Err(Fault::Status(status.as_u16())),
        _ if is_page(&response) => Err(Fault::Portal),
        _ => Ok(response),
    }
}

fn is_page(response: &Response) -> bool {
    header_text(response, &header::CONTENT_TYPE).is_some_and(|kind| {
        kind.trim_start()
            .to_ascii_lowercase()
            .starts_with("text/html")
    })
}

/// Seconds only: a date would depend on a clock that may be wrong.
pub(crate) fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = header_text(response, &header::RETRY_AFTER)?
        .trim()
        .parse()
        .ok()?;
    Some(Duration::from_secs(seconds).min(RETRY_AFTER))
}

/// A header as text.
pub(crate) fn header_text<'a>(
    response: &'a Response,
    name: &header::HeaderName,
) -> Option<&'a str> {
    response.headers().get(name)?.to_str().ok()
}

/// TLS errors travel as invalid data within an input or output error.
fn is_certificate(error: &reqwest::Error) -> bool {
    causes(error).any(is_invalid_data)
}

/// An input or output error within another is no source of it: it has to be looked for.
fn is_invalid_data(cause: &(dyn std::error::Error + 'static)) -> bool {
    cause.downcast_ref::<std::io::Error>().is_some_and(|cause| {
        let within = cause.get_ref();
        cause.kind() == std::io::ErrorKind::InvalidData
            || within.is_some_and(|within| is_invalid_data(within))
    })
}

fn innermost(error: &reqwest::Error) -> String {
    causes(error)
        .last()
        .map_or_else(|| error.to_string(), ToString::to_string)
}

fn causes<'a>(
    error: &'a reqwest::Error,
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    let mut next = error.source();
    std::iter::from_fn(move || {
        let cause = next?;
        next = cause.source();
        Some(cause)
    })
}
