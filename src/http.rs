//! The only HTTP client constructor, and what can go wrong with a request.

pub mod answer; // what status and headers say; pure
mod fault; // what can go wrong
mod rate; // how slowly metadata may come

use std::error::Error as _;
use std::time::Duration;

use reqwest::redirect::{Attempt, Policy};
use reqwest::{Certificate, Client, Proxy, RequestBuilder, Response};
use url::Url;

use rate::{LEAST, Rate};

use crate::clock::Monotonic;

pub use fault::Fault;

/// Time to reach a server: a mobile link at its worst takes some seconds.
const CONNECT: Duration = Duration::from_secs(20);

/// Silence after which a request is given up. There is no limit in total: a large file over a slow
/// link takes hours.
const IDLE: Duration = Duration::from_secs(30);

/// Time for the head of an answer: a server that sends its headers letter by letter is given up.
const HEAD: Duration = Duration::from_secs(60);

/// Redirections followed, each within the same host: more is a loop.
const REDIRECTS: usize = 5;

/// The client cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("HTTP client: {0}")]
pub struct HttpError(#[from] reqwest::Error);

/// Makes requests.
#[derive(Clone, Debug)]
pub struct Http {
    client: Client,
    proxied: bool,
    least: Rate,
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
            least: LEAST,
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
        let ask = self.ask(|client| detail(client.get(url)));
        let response = tokio::time::timeout(HEAD, ask)
            .await
            .map_err(|_| Fault::Interrupted("no head of an answer".to_owned()))??;
        answer::judge(response.status(), response.headers())?;
        Ok(response)
    }

    /// Reads the rest of an answer; `None` when it is longer than `limit` bytes.
    ///
    /// # Errors
    /// The answer broke off, or comes too slowly.
    pub async fn body(&self, mut response: Response, limit: u64) -> Result<Option<Vec<u8>>, Fault> {
        let mut body = Vec::new();
        let time = Monotonic::start();
        while let Some(chunk) = self.chunk(&mut response).await? {
            body.extend_from_slice(&chunk);
            if self.least.is_missed(body.len() as u64, time.elapsed()) {
                return Err(Fault::Slow);
            }
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
