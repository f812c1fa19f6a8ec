//! What is refused whole, and that nothing of it is stored.

use central_protocol::EVENTS_PATH;
use central_protocol::limits::{MAX_BODY_BYTES, MAX_INFLATED_BYTES};
use reqwest::StatusCode;
use serde_json::json;

use crate::common::{Server, batch, client, gzip, play, plays};

async fn status(server: &Server, token: &str, body: Vec<u8>, gzipped: bool) -> StatusCode {
    let mut request = client()
        .post(server.url(EVENTS_PATH))
        .bearer_auth(token)
        .body(body);
    if gzipped {
        request = request.header("content-encoding", "gzip");
    }
    let status = request.send().await.unwrap().status();
    assert_eq!(server.totals().await, [0; 4]);
    status
}

#[tokio::test]
async fn a_gzip_bomb_is_refused_while_it_inflates() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    let bomb = gzip(&vec![b' '; 50 * MAX_INFLATED_BYTES]);
    assert!(bomb.len() < MAX_BODY_BYTES);
    assert_eq!(
        status(&server, &token, bomb, true).await,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    let body = vec![b' '; MAX_BODY_BYTES + 1];
    assert_eq!(
        status(&server, &token, body, false).await,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test]
async fn what_is_not_gzip_is_refused() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    let body = batch("mons", &[play(1)]).to_string().into_bytes();
    assert_eq!(
        status(&server, &token, body, true).await,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn a_token_that_is_unknown_or_no_token_is_refused() {
    let server = Server::start().await;
    server.borne("mons").await;
    let body = batch("mons", &[play(1)]).to_string().into_bytes();
    for token in ["", "none", &"0".repeat(64)] {
        assert_eq!(
            status(&server, token, body.clone(), false).await,
            StatusCode::UNAUTHORIZED
        );
    }
    let without = client()
        .post(server.url(EVENTS_PATH))
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(without.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_revoked_token_is_refused_at_once_and_a_new_one_is_taken() {
    let server = Server::start().await;
    let old = server.borne("mons").await;
    server
        .write(|connection, now| central::store::bornes::revoke(connection, "mons", now))
        .await;
    let body = batch("mons", &[play(1)]).to_string().into_bytes();
    assert_eq!(
        status(&server, &old, body, false).await,
        StatusCode::UNAUTHORIZED
    );
    let new = server.borne("mons").await;
    server.deliver(&new, &batch("mons", &plays(1..=2))).await;
    assert_eq!(server.totals().await[0], 2);
}

#[tokio::test]
async fn a_batch_of_another_borne_is_refused() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    server.borne("couvin").await;
    let body = batch("couvin", &[play(1)]).to_string().into_bytes();
    assert_eq!(
        status(&server, &token, body, false).await,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn another_schema_is_refused() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    let mut other = batch("mons", &[play(1)]);
    other["schema"] = json!(2);
    let body = other.to_string().into_bytes();
    assert_eq!(
        status(&server, &token, body, false).await,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn when_there_is_no_room_the_borne_is_told_when_to_come_back() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    let all = u32::try_from(central::limits::BATCHES_IN_FLIGHT).unwrap();
    let room = server.app.batches.acquire_many(all).await.unwrap();
    let body = batch("mons", &[play(1)]).to_string().into_bytes();
    let response = server.send(&token, body.clone()).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()["retry-after"], "30");
    drop(room);
    assert_eq!(server.send(&token, body).await.status(), StatusCode::OK);
}
