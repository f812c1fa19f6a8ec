//! Pages for staff: rendered here, without scripts and without anything from elsewhere.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};

use crate::app::App;

mod assets;
mod cookie;
mod dashboard;
mod form;
mod login;
mod page;
mod session;

/// Nothing from elsewhere, no script, no frame, no inline style.
const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every page. Pages hold figures for those logged in, so nobody keeps a copy.
const HEADERS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=()",
    ),
    (header::CACHE_CONTROL, "no-store"),
];

/// Two years of https only, once staff come through https.
const HTTPS_ONLY: &str = "max-age=63072000";

/// Routes of the pages.
pub fn router(app: &App) -> Router<App> {
    Router::new()
        .route("/", get(dashboard::show))
        .route("/connexion", get(login::show).post(login::submit))
        .route("/deconnexion", post(login::leave))
        .route("/assets/{name}", get(assets::serve))
        .fallback(page::not_found)
        .layer(middleware::from_fn_with_state(app.clone(), secure))
}

async fn secure(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if app.config.https {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static(HTTPS_ONLY),
        );
    }
    response
}
