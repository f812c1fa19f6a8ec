//! Why a whole batch is refused, and what the borne is told.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tracing::{error, warn};

use crate::limits::RETRY_AFTER_S;
use crate::store::StoreError;

/// Why a whole batch is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// No token, or one that is unknown or revoked.
    #[error("the token is missing, unknown or revoked")]
    Token,
    /// The batch names another borne than its token.
    #[error("the batch is of borne {0:?}, which is not the token's")]
    OtherBorne(String),
    /// The body, what it inflates to, or the number of its events is over the limit.
    #[error("the {0} is over the limit: send less at once")]
    TooLarge(&'static str),
    /// Neither gzip nor identity.
    #[error("the content encoding is neither gzip nor identity")]
    Encoding,
    /// The batch has another version of the format.
    #[error("the batch has schema {found}, this server takes {known}")]
    Schema {
        /// Version of the batch.
        found: u32,
        /// Version taken here.
        known: u32,
    },
    /// Not a batch.
    #[error("the body is not a batch: {0}")]
    Malformed(String),
    /// No room: the borne comes back later.
    #[error("too many batches at a time: try again later")]
    Busy,
    /// The server is at fault.
    #[error("the server could not store the batch")]
    Failed,
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        error!(%error, "a delivery was not stored");
        if error.is_retryable() {
            Self::Busy
        } else {
            Self::Failed
        }
    }
}

impl Refusal {
    const fn status(&self) -> StatusCode {
        match self {
            Self::Token => StatusCode::UNAUTHORIZED,
            Self::OtherBorne(_) => StatusCode::FORBIDDEN,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Encoding => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Schema { .. } | Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        warn!(reason = %self, "delivery refused");
        let status = self.status();
        let body = Json(json!({ "error": self.to_string() }));
        match self {
            Self::Busy => (
                status,
                [(header::RETRY_AFTER, RETRY_AFTER_S.to_string())],
                body,
            )
                .into_response(),
            Self::Token => (status, [(header::WWW_AUTHENTICATE, "Bearer")], body).into_response(),
            _ => (status, body).into_response(),
        }
    }
}
