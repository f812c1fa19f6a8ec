//! Logging in and out.

use std::net::SocketAddr;

use askama::Template;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::cookie::Cookie;
use super::form::{self, Form};
use super::page::PageError;
use super::session::Session;
use crate::accounts::{self, LoginError};
use crate::app::App;
use crate::report::words;
use crate::secret::Secret;
use crate::store::sessions;

#[derive(Template)]
#[template(path = "connexion.html")]
struct LoginPage<'a> {
    site: &'a str,
    form: &'a str,
    name: &'a str,
    error: &'a str,
}

#[derive(Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    form: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
}

#[derive(Deserialize)]
pub(super) struct LeaveFields {
    #[serde(default)]
    form: String,
}

/// `GET /connexion`.
pub(super) async fn show(State(app): State<App>) -> Result<Response, PageError> {
    page(&app, StatusCode::OK, "", "")
}

/// `POST /connexion`.
pub(super) async fn submit(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    let https = app.config.https;
    if !form::is_ours(Cookie::Form.read(&headers, https).as_ref(), &fields.form) {
        return Err(PageError::Form);
    }
    let address = address(&app, peer, &headers);
    let name = fields.name.trim();
    match accounts::login(&app, &address, name, &fields.password).await {
        Ok(session) => {
            let mut response = Redirect::to("/").into_response();
            set(&mut response, Cookie::Session.give(&session, https));
            set(&mut response, Cookie::Form.take(https));
            Ok(response)
        }
        Err(error) => refused(&app, name, error),
    }
}

fn refused(app: &App, name: &str, error: LoginError) -> Result<Response, PageError> {
    match error {
        LoginError::Wrong => {
            let words =
                "Le nom ou le mot de passe n'est pas juste. Vérifiez les majuscules et réessayez.";
            page(app, StatusCode::UNAUTHORIZED, name, words)
        }
        LoginError::Wait { minutes } => {
            let wait = words::count(minutes, "minute", "minutes");
            let words = format!("Trop d'essais manqués. Attendez {wait} avant de réessayer.");
            page(app, StatusCode::TOO_MANY_REQUESTS, name, &words)
        }
        LoginError::Stopping => page(
            app,
            StatusCode::SERVICE_UNAVAILABLE,
            name,
            "Le serveur redémarre. Réessayez dans une minute.",
        ),
        LoginError::Store(error) => Err(error.into()),
        LoginError::Entropy(error) => Err(error.into()),
    }
}

/// `POST /deconnexion`.
pub(super) async fn leave(
    State(app): State<App>,
    session: Session,
    Form(fields): Form<LeaveFields>,
) -> Result<Response, PageError> {
    if !form::is_ours(Some(&session.secret), &fields.form) {
        return Err(PageError::Form);
    }
    let (digest, now) = (session.secret.digest(), (app.clock)());
    let name = session.member.name;
    app.store
        .write(move |connection| sessions::close(connection, &digest, &name, now))
        .await?;
    let mut response = Redirect::to("/connexion").into_response();
    set(&mut response, Cookie::Session.take(app.config.https));
    Ok(response)
}

fn page(app: &App, status: StatusCode, name: &str, error: &str) -> Result<Response, PageError> {
    let secret = Secret::generate(&app.entropy)?;
    let page = LoginPage {
        site: &app.config.name,
        form: &form::token(&secret),
        name,
        error,
    };
    let mut response = (status, Html(page.render()?)).into_response();
    set(&mut response, Cookie::Form.give(&secret, app.config.https));
    Ok(response)
}

fn set(response: &mut Response, cookie: Option<axum::http::HeaderValue>) {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// Who asks: the peer, or what the proxy in front says, its last entry being its own.
fn address(app: &App, peer: SocketAddr, headers: &HeaderMap) -> String {
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .map(str::trim)
        .filter(|value| value.len() <= 45 && app.config.behind_proxy);
    forwarded.map_or_else(|| peer.ip().to_string(), str::to_owned)
}
