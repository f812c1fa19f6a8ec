//! A delivery of a borne.

use central::ingest::{Judged, Received, Refusal, inflate, judge};
use central::store::bornes::Identity;
use central_protocol::Envelope;
use central_protocol::limits::{MAX_EVENTS, MAX_INFLATED_BYTES, MAX_TEXT_BYTES};

use crate::plain::plain;

/// Judges the body of a delivery, compressed when it begins as gzip does: each event is taken or
/// refused, and the answer is short.
///
/// # Panics
/// Something does not hold.
pub fn central_batch(bytes: &[u8]) {
    let text = match inflate(Received {
        bytes: bytes.to_vec(),
        gzip: bytes.starts_with(&[0x1f, 0x8b]),
    }) {
        Ok(text) => text,
        Err(refusal) => return plain(&refusal.to_string()),
    };
    assert!(text.len() <= MAX_INFLATED_BYTES.max(bytes.len()));
    match (read(&text), read(&text)) {
        (Ok(judged), again) => {
            let again = again.expect("accepted once, accepted twice");
            assert_eq!(again.acknowledgement, judged.acknowledgement);
            answered(&judged);
        }
        (Err(refusal), _) => plain(&refusal.to_string()),
    }
}

fn read(text: &[u8]) -> Result<Judged, Refusal> {
    let borne = Identity {
        number: 1,
        id: "mons".to_owned(),
    };
    judge(text, borne)
}

fn answered(judged: &Judged) {
    let (answer, delivery) = (&judged.acknowledgement, &judged.delivery);
    assert!(answer.accepted.len() + answer.rejected.len() <= MAX_EVENTS);
    let recorded: Vec<u64> = delivery.events.iter().map(|it| it.envelope.seq).collect();
    assert_eq!(recorded, answer.accepted);
    for event in &delivery.events {
        event
            .envelope
            .check()
            .expect("only what is possible is stored");
        let body: Envelope = serde_json::from_str(&event.body).expect("what is stored can be read");
        assert_eq!(body, event.envelope);
    }
    for rejection in &answer.rejected {
        plain(&rejection.detail);
        assert!(rejection.detail.len() <= MAX_TEXT_BYTES, "{rejection:?}");
    }
    plain(&delivery.firmware);
    assert!(!delivery.catalogue_version.chars().any(char::is_control));
}
