//! Forms: each carries a token that only the page shown to that browser can have.

use axum::extract::rejection::FormRejection;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use super::page::PageError;
use crate::secret::Secret;

/// The value of the hidden field, from the secret in the browser's cookie.
pub(super) fn token(secret: &Secret) -> String {
    secret.derive("formulaire").to_hex()
}

/// Whether a form came from a page shown to the browser that sends it.
pub(super) fn is_ours(secret: Option<&Secret>, token: &str) -> bool {
    let Ok(bytes) = hex::decode(token) else {
        return false;
    };
    secret.is_some_and(|secret| secret.derive("formulaire").matches(&bytes))
}

/// The fields of a form.
pub(super) struct Form<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        let form: Result<axum::Form<T>, FormRejection> =
            axum::Form::from_request(request, state).await;
        form.map(|axum::Form(fields)| Self(fields))
            .map_err(|_| PageError::Form)
    }
}
