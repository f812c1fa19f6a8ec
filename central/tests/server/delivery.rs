//! A delivery has its effect exactly once, however it arrives.

use reqwest::StatusCode;
use serde_json::json;

use crate::common::{
    EPOCH, OTHER_EPOCH, Server, batch, batch_in, client, gzip, play, play_of, plays,
};

#[tokio::test]
async fn a_batch_whose_answer_was_lost_is_answered_again_and_counted_once() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    let sent = batch("mons", &plays(1..=20));
    let first = server.deliver(&token, &sent).await;
    let totals = server.totals().await;
    assert_eq!(totals, [20, 20, 20, 600_000]);
    assert_eq!(server.deliver(&token, &sent).await, first);
    assert_eq!(first.accepted.len(), 20);
    assert_eq!(server.totals().await, totals);
}

#[tokio::test]
async fn reordered_split_and_overlapping_batches_give_the_same_totals() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    for seqs in [
        vec![9, 10],
        vec![4, 3, 5],
        (1..=6).collect(),
        vec![7, 8, 9, 7],
        (1..=10).collect(),
    ] {
        server.deliver(&token, &batch("mons", &plays(seqs))).await;
    }
    assert_eq!(server.totals().await, [10, 10, 10, 300_000]);
}

#[tokio::test]
async fn bornes_that_deliver_at_the_same_time_lose_nothing() {
    let server = Server::start().await;
    let tokens = [
        ("mons", server.borne("mons").await),
        ("couvin", server.borne("couvin").await),
    ];
    let server = &server;
    let deliveries = tokens.iter().flat_map(|(borne, token)| {
        (0..10).map(move |part| {
            let sent = batch(borne, &plays(part * 5..part * 5 + 10));
            async move { server.deliver(token, &sent).await }
        })
    });
    futures_util::future::join_all(deliveries).await;
    assert_eq!(server.totals().await[..3], [110, 110, 110]);
}

#[tokio::test]
async fn a_new_epoch_is_another_numbering() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    server
        .deliver(&token, &batch_in("mons", EPOCH, &plays(1..=3)))
        .await;
    server
        .deliver(&token, &batch_in("mons", OTHER_EPOCH, &plays(1..=3)))
        .await;
    assert_eq!(server.totals().await[0], 6);
}

#[tokio::test]
async fn two_bornes_may_use_the_same_numbers() {
    let server = Server::start().await;
    for id in ["mons", "couvin"] {
        let token = server.borne(id).await;
        server.deliver(&token, &batch(id, &plays(1..=3))).await;
    }
    assert_eq!(server.totals().await[0], 6);
}

#[tokio::test]
async fn a_bad_event_is_rejected_alone() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    let mut impossible = play(2);
    impossible["unique_ms"] = json!(31_000);
    let mut visitor = play(3);
    visitor["visitor"] = json!("someone");
    let answer = server
        .deliver(
            &token,
            &batch("mons", &[play(1), impossible, visitor, play(4)]),
        )
        .await;
    assert_eq!(answer.accepted, [1, 4]);
    let seqs: Vec<u64> = answer
        .rejected
        .iter()
        .map(|rejection| rejection.seq)
        .collect();
    assert_eq!(seqs, [2, 3]);
    assert!(
        answer.rejected[0].detail.contains("unique_ms"),
        "{:?}",
        answer.rejected[0]
    );
    assert_eq!(server.totals().await[0], 2);
    assert_eq!(
        server
            .number("SELECT count(*) FROM event WHERE body LIKE '%visitor%'")
            .await,
        0
    );
}

#[tokio::test]
async fn a_compressed_batch_is_taken() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    let response = client()
        .post(server.url(central_protocol::EVENTS_PATH))
        .bearer_auth(&token)
        .header("content-encoding", "gzip")
        .body(gzip(batch("mons", &plays(1..=500)).to_string().as_bytes()))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(server.totals().await[0], 500);
}

#[tokio::test]
async fn an_empty_batch_is_a_sign_of_life() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    server.deliver(&token, &batch("mons", &[])).await;
    assert_eq!(
        server
            .number("SELECT count(*) FROM contact WHERE firmware = '0.1.0'")
            .await,
        1
    );
    assert_eq!(server.totals().await[0], 0);
}

#[tokio::test]
async fn arrival_is_kept_no_finer_than_the_day() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    server.deliver(&token, &batch("mons", &[play(1)])).await;
    assert_eq!(
        server.number("SELECT received_day FROM event").await,
        20_778
    );
}

#[tokio::test]
async fn an_hour_around_the_change_of_clocks_counts_on_its_local_day() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    // 25 October 2026 lasts from 22:00 UTC the day before until 23:00 UTC: 25 hours.
    let hours = [
        "2026-10-24T21:00:00Z",
        "2026-10-24T22:00:00Z",
        "2026-10-25T22:00:00Z",
        "2026-10-25T23:00:00Z",
    ];
    let events: Vec<_> = (1..)
        .zip(hours)
        .map(|(seq, hour)| play_of(seq, "forem/cv", hour))
        .collect();
    server.deliver(&token, &batch("mons", &events)).await;
    let on_the_day = "SELECT plays FROM borne_count WHERE span = 0 AND start = 20751";
    assert_eq!(server.number(on_the_day).await, 2);
}

#[tokio::test]
async fn old_events_are_forgotten_and_their_counts_stay() {
    let server = Server::start().await;
    let token = server.borne("mons").await;
    server.deliver(&token, &batch("mons", &plays(1..=3))).await;
    server.later(398 * 86_400);
    server.deliver(&token, &batch("mons", &[play(4)])).await;
    let more = server.write(central::store::purge::step).await;
    assert!(!more);
    assert_eq!(server.totals().await[..2], [1, 4]);
}
