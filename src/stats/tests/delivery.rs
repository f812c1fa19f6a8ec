use std::collections::BTreeSet;
use std::io::Read;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use central_protocol::limits::MAX_TEXT_BYTES;
use central_protocol::{Acknowledgement, Batch, EVENTS_PATH, Rejection, RejectionReason};
use tempfile::TempDir;
use uuid::Uuid;

use super::event;
use crate::fixtures::server::{Reply, Request, Server};
use crate::fixtures::{Standing, central, reading};
use crate::http::{Fault, Http};
use crate::settings::Firmware;
use crate::stats::delivery::{Courier, Delivered, DeliveryError, software};
use crate::store::Outbox;

const NOW: &str = "2026-11-21T10:20:30Z";

/// Events that a central endpoint has stored, by key.
type Stored = Arc<Mutex<BTreeSet<(Uuid, u64)>>>;

fn batch(request: &Request) -> Batch {
    let mut json = Vec::new();
    match request.header("content-encoding") {
        Some("gzip") => {
            let mut decoder = flate2::read::GzDecoder::new(&request.body[..]);
            decoder.read_to_end(&mut json).unwrap();
        }
        _ => json.clone_from(&request.body),
    }
    serde_json::from_slice(&json).unwrap()
}

/// Stores a batch as central does and acknowledges all of it.
fn take(stored: &Stored, batch: &Batch) -> Reply {
    let seqs: Vec<u64> = batch.events.iter().map(|event| event.seq).collect();
    let keys = seqs.iter().map(|seq| (batch.epoch, *seq));
    stored.lock().unwrap().extend(keys);
    acknowledge(batch.batch_id, seqs, Vec::new())
}

fn acknowledge(batch_id: Uuid, accepted: Vec<u64>, rejected: Vec<Rejection>) -> Reply {
    let answer = Acknowledgement {
        batch_id,
        accepted,
        rejected,
    };
    Reply::new(200, serde_json::to_vec(&answer).unwrap())
}

fn record(folder: &TempDir, numbers: std::ops::Range<usize>) {
    let (mut outbox, _) = Outbox::open(folder.path()).unwrap();
    let events: Vec<_> = numbers.map(|it| (reading(NOW, true), event(it))).collect();
    outbox.append(&events).unwrap();
}

async fn deliver(folder: &TempDir, server: &Server) -> Result<Delivered, DeliveryError> {
    let courier = Courier {
        http: &Http::new(None).unwrap(),
        central: &central(folder.path(), &server.url),
        borne: "essai",
        data: folder.path(),
        clock: &Standing::synced(NOW),
        catalogue_version: "essai=1".to_owned(),
        software: "0.1.0 (1.1.0)".to_owned(),
    };
    courier.deliver().await
}

#[tokio::test]
async fn all_events_are_delivered_compressed_and_with_the_token() {
    let (folder, stored) = (TempDir::new().unwrap(), Stored::default());
    record(&folder, 0..50);
    let kept = Arc::clone(&stored);
    let server = Server::start(move |request| take(&kept, &batch(request)));
    let delivered = deliver(&folder, &server).await.unwrap();
    assert_eq!(delivered.accepted, 50);
    assert_eq!(delivered.queue.waiting, 0);
    assert_eq!(stored.lock().unwrap().len(), 50);
    let request = &server.requests()[0];
    assert_eq!(request.path, EVENTS_PATH);
    assert_eq!(request.header("authorization"), Some("Bearer secret"));
    assert_eq!(request.header("content-encoding"), Some("gzip"));
    assert_eq!(batch(request).catalogue_version, "essai=1");
    assert_eq!(batch(request).firmware, "0.1.0 (1.1.0)");
}

#[test]
fn two_systems_with_the_same_program_are_told_apart() {
    let folder = TempDir::new().unwrap();
    let program = env!("CARGO_PKG_VERSION");
    let system = Firmware {
        product: "video-borne-amd64".to_owned(),
        version_file: folder.path().join("version"),
        hours: None,
    };
    assert_eq!(software(None), program);
    assert_eq!(software(Some(&system)), program);
    std::fs::write(&system.version_file, "1.1.0\n").unwrap();
    assert_eq!(software(Some(&system)), format!("{program} (1.1.0)"));
    let longest = format!("1.1.0-{}", "r".repeat(58));
    std::fs::write(&system.version_file, &longest).unwrap();
    assert!(software(Some(&system)).ends_with(&format!("({longest})")));
    assert!(software(Some(&system)).len() <= MAX_TEXT_BYTES);
}

#[tokio::test]
async fn a_lost_acknowledgement_delivers_again_with_the_same_keys() {
    let (folder, stored) = (TempDir::new().unwrap(), Stored::default());
    record(&folder, 0..20);
    let (kept, mut first) = (Arc::clone(&stored), true);
    let server = Server::start(move |request| {
        let reply = take(&kept, &batch(request));
        if std::mem::take(&mut first) {
            return reply.cut_after(3);
        }
        reply
    });
    let error = deliver(&folder, &server).await.unwrap_err();
    assert!(
        matches!(error, DeliveryError::Fault(Fault::Interrupted(_))),
        "{error}"
    );
    record(&folder, 20..25);
    assert_eq!(deliver(&folder, &server).await.unwrap().accepted, 25);
    assert_eq!(stored.lock().unwrap().len(), 25);
}

#[tokio::test]
async fn a_rejected_event_is_set_aside_and_the_others_arrive() {
    let folder = TempDir::new().unwrap();
    record(&folder, 0..3);
    let server = Server::start(|request| {
        let batch = batch(request);
        let rejection = Rejection {
            seq: 2,
            reason: RejectionReason::OutOfRange,
            detail: "video".to_owned(),
        };
        acknowledge(batch.batch_id, vec![1, 3], vec![rejection])
    });
    let delivered = deliver(&folder, &server).await.unwrap();
    assert_eq!((delivered.accepted, delivered.rejected), (2, 1));
    assert_eq!((delivered.queue.waiting, delivered.queue.rejected), (0, 1));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_batch_that_is_too_large_is_halved_until_it_fits() {
    let (folder, stored) = (TempDir::new().unwrap(), Stored::default());
    record(&folder, 0..20);
    let kept = Arc::clone(&stored);
    let server = Server::start(move |request| {
        let batch = batch(request);
        if batch.events.len() > 5 {
            return Reply::new(413, "");
        }
        take(&kept, &batch)
    });
    assert_eq!(deliver(&folder, &server).await.unwrap().accepted, 20);
    assert_eq!(stored.lock().unwrap().len(), 20);
}

#[tokio::test]
async fn one_event_that_is_too_large_is_set_aside() {
    let folder = TempDir::new().unwrap();
    record(&folder, 0..1);
    let server = Server::start(|_| Reply::new(413, ""));
    let delivered = deliver(&folder, &server).await.unwrap();
    assert_eq!((delivered.queue.waiting, delivered.queue.rejected), (0, 1));
}

#[tokio::test]
async fn a_revoked_token_keeps_the_queue() {
    let folder = TempDir::new().unwrap();
    record(&folder, 0..3);
    let server = Server::start(|_| Reply::new(401, ""));
    let error = deliver(&folder, &server).await.unwrap_err();
    assert!(matches!(error, DeliveryError::Revoked), "{error}");
    let (outbox, _) = Outbox::open(folder.path()).unwrap();
    assert_eq!(outbox.count().unwrap().waiting, 3);
}

#[tokio::test]
async fn a_busy_central_says_how_long_to_wait() {
    let folder = TempDir::new().unwrap();
    record(&folder, 0..1);
    let server = Server::start(|_| Reply::new(503, "").with("Retry-After", "120"));
    let error = deliver(&folder, &server).await.unwrap_err();
    assert_eq!(error.pause(), Some(Duration::from_secs(120)));
}

#[tokio::test]
async fn an_answer_to_another_batch_settles_nothing() {
    let folder = TempDir::new().unwrap();
    record(&folder, 0..1);
    let server = Server::start(|_| acknowledge(Uuid::nil(), vec![1], Vec::new()));
    let error = deliver(&folder, &server).await.unwrap_err();
    assert!(matches!(error, DeliveryError::Answer(_)), "{error}");
    let (outbox, _) = Outbox::open(folder.path()).unwrap();
    assert_eq!(outbox.count().unwrap().waiting, 1);
}

#[tokio::test]
async fn without_anything_to_say_nobody_is_asked() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(|_| Reply::new(500, ""));
    assert_eq!(
        deliver(&folder, &server).await.unwrap(),
        Delivered::default()
    );
    assert!(server.requests().is_empty());
}
