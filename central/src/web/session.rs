//! Who asks for a page: nobody gets past this without a session.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};

use super::cookie::Cookie;
use super::page::PageError;
use crate::app::App;
use crate::secret::Secret;
use crate::store::sessions;
use crate::store::staff::Member;

/// A person who is logged in.
pub(super) struct Session {
    pub(super) member: Member,
    pub(super) secret: Secret,
}

/// Why there is no session.
pub(super) enum NoSession {
    LoginFirst,
    Page(PageError),
}

impl IntoResponse for NoSession {
    fn into_response(self) -> Response {
        match self {
            Self::LoginFirst => Redirect::to("/connexion").into_response(),
            Self::Page(error) => error.into_response(),
        }
    }
}

impl FromRequestParts<App> for Session {
    type Rejection = NoSession;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, NoSession> {
        let secret = Cookie::Session
            .read(&parts.headers, app.config.https)
            .ok_or(NoSession::LoginFirst)?;
        let (digest, now) = (secret.digest(), (app.clock)());
        let member = app
            .store
            .read(move |connection| sessions::holder(connection, &digest, now))
            .await
            .map_err(|error| NoSession::Page(error.into()))?
            .ok_or(NoSession::LoginFirst)?;
        Ok(Self { member, secret })
    }
}
