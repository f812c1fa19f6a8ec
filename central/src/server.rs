//! The server: its routes, its start and its graceful stop.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use central_protocol::EVENTS_PATH;
use tokio::net::TcpListener;
use tower_http::timeout::TimeoutLayer;
use tracing::{error, info, warn};

use crate::app::App;
use crate::limits::{PURGE_PERIOD, REQUEST_TIMEOUT, STOP_TIMEOUT};
use crate::store::purge;
use crate::{catalogue, ingest, web};

/// All routes.
pub fn router(app: App) -> Router {
    Router::new()
        .route(EVENTS_PATH, post(ingest::events))
        .route("/healthz", get(health))
        .merge(web::router(&app))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            REQUEST_TIMEOUT,
        ))
        .with_state(app)
}

/// Serves until `stop` resolves, then lets open requests finish for a while.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    info!(address = %listener.local_addr()?, "listening");
    let titles = tokio::spawn(catalogue::keep_fresh(app.clone()));
    let forgetting = tokio::spawn(forget(app.clone()));
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        info!("stopping");
        let _ = stopping.send(());
    });
    let patience = async {
        // An error means that the server ended by itself, which the other branch reports.
        if stopped.await.is_ok() {
            tokio::time::sleep(STOP_TIMEOUT).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    let result = tokio::select! {
        result = served.into_future() => result,
        () = patience => {
            warn!("open requests were cut");
            Ok(())
        }
    };
    titles.abort();
    forgetting.abort();
    result
}

/// Removes what is too old, in steps that let bornes through between them.
async fn forget(app: App) {
    loop {
        let now = (app.clock)();
        match app
            .store
            .write(move |connection| purge::step(connection, now))
            .await
        {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => error!(%error, "old events were not removed"),
        }
        tokio::time::sleep(PURGE_PERIOD).await;
    }
}

async fn health(State(app): State<App>) -> (StatusCode, &'static str) {
    let readable = app
        .store
        .read(|connection| Ok(connection.query_row("SELECT 1", [], |row| row.get::<_, i64>(0))?))
        .await;
    if readable.is_ok() && app.store.is_writable() {
        (StatusCode::OK, "ok\n")
    } else {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database does not answer\n",
        )
    }
}
