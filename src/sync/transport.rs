//! Metadata and catalogues over HTTP.

use std::sync::{Arc, Mutex, PoisonError};

use media_manifest::trust::{Transport, TransportError};
use url::Url;

use crate::http::{Fault, Http};

/// A repository over HTTP: each prefix of its paths has a base.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    http: Http,
    bases: Vec<(&'static str, Url)>,
    /// The last fault of the server's site as a whole.
    fault: Arc<Mutex<Option<Fault>>>,
}

impl HttpTransport {
    /// A repository below one base, which ends in `/`.
    #[must_use]
    pub fn new(http: Http, base: Url) -> Self {
        Self {
            http,
            bases: vec![("", base)],
            fault: Arc::default(),
        }
    }

    /// A repository whose metadata and targets have a base each; both end in `/`.
    #[must_use]
    pub fn split(http: Http, metadata: Url, targets: Url) -> Self {
        Self {
            http,
            bases: vec![("metadata/", metadata), ("targets/", targets)],
            fault: Arc::default(),
        }
    }

    /// The fault that made the whole site unusable, if one did since the last call.
    #[must_use]
    pub fn take_fault(&self) -> Option<Fault> {
        let mut fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        fault.take()
    }

    fn url(&self, path: &str) -> Option<Url> {
        let (prefix, base) = self
            .bases
            .iter()
            .find(|(prefix, _)| path.starts_with(prefix))?;
        Url::parse(&format!("{base}{}", &path[prefix.len()..])).ok()
    }

    async fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, TransportError> {
        let url = self.url(path).ok_or(TransportError::NotFound)?;
        let read = async {
            let response = self.http.get(url, |request| request).await?;
            self.http.body(response, limit).await
        };
        match read.await {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(TransportError::TooLong { limit }),
            Err(fault) => Err(self.note(fault)),
        }
    }

    fn note(&self, fault: Fault) -> TransportError {
        if fault == Fault::NotFound {
            return TransportError::NotFound;
        }
        let reason = fault.to_string();
        let mut last = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some(fault);
        TransportError::Unreachable {
            reason,
            retryable: true,
        }
    }
}

impl Transport for HttpTransport {
    async fn fetch(&self, path: &str, limit: u64) -> Result<Vec<u8>, TransportError> {
        self.read(path, limit).await
    }
}
