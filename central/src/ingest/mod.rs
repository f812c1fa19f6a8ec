//! Taking deliveries: who sends, how much, what is in it, store, answer.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use central_protocol::Acknowledgement;
use tracing::info;

use crate::app::App;
use crate::secret::Secret;
use crate::store::bornes::{Identity, identify};
use crate::store::delivery::record;

mod body;
mod judge;
mod refusal;

pub use body::{Received, inflate};
pub use judge::{Judged, judge};
pub use refusal::Refusal;

/// `POST /api/v1/events`: acknowledged only after the commit.
///
/// # Errors
/// A [`Refusal`] of the whole batch; nothing of it is stored then.
pub async fn events(
    State(app): State<App>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Acknowledgement>, Refusal> {
    let borne = authenticate(&app, &headers).await?;
    let _room = app.batches.try_acquire().map_err(|_| Refusal::Busy)?;
    let bytes = body::read(&headers, body).await?;
    let _inflated = app.inflated.acquire().await.map_err(|_| Refusal::Busy)?;
    let judged = tokio::task::spawn_blocking(move || {
        let text = inflate(bytes)?;
        judge(&text, borne)
    })
    .await
    .map_err(|_| Refusal::Failed)??;

    let acknowledgement = judged.acknowledgement;
    let (delivery, now) = (judged.delivery, (app.clock)());
    let borne = delivery.borne.id.clone();
    let new = app
        .store
        .write(move |connection| record(connection, &delivery, now))
        .await?;
    info!(
        %borne,
        batch = %acknowledgement.batch_id,
        accepted = acknowledgement.accepted.len(),
        rejected = acknowledgement.rejected.len(),
        new,
        "delivery stored"
    );
    Ok(Json(acknowledgement))
}

async fn authenticate(app: &App, headers: &HeaderMap) -> Result<Identity, Refusal> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .and_then(|token| Secret::parse(token.trim()))
        .ok_or(Refusal::Token)?
        .digest();
    let known = app
        .store
        .read(move |connection| identify(connection, &token))
        .await?;
    known.ok_or(Refusal::Token)
}
