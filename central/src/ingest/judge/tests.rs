use serde_json::{Value, json};

use super::*;

fn borne() -> Identity {
    Identity {
        number: 1,
        id: "mons".to_owned(),
    }
}

fn batch(events: &[Value]) -> Value {
    json!({
        "schema": SCHEMA, "batch_id": "01900000-0000-7000-8000-000000000000", "borne": "mons",
        "epoch": "01900000-0000-7000-8000-000000000001", "seq_first": 10,
        "seq_last": 9 + events.len(), "sent_at": "2026-11-21T10:20:30Z", "clock": "synced",
        "uptime_ms": 5, "firmware": "0.1.0", "catalogue_version": "forem=3", "events": events
    })
}

fn visit(seq: u64) -> Value {
    json!({
        "seq": seq, "hour": "2026-11-21T10:00:00Z", "clock": "synced", "type": "visit",
        "duration": "1-3min", "plays": 1, "languages": ["fr"], "comfort": [], "end": "idle"
    })
}

fn judged(value: &Value) -> Result<Judged, Refusal> {
    judge(value.to_string().as_bytes(), borne())
}

#[test]
fn a_bad_event_rejects_only_itself() {
    let mut unknown = visit(11);
    unknown["type"] = json!("photo");
    let mut fine_clock = visit(12);
    fine_clock["hour"] = json!("2026-11-21T10:20:00Z");
    let judged = judged(&batch(&[visit(10), unknown, fine_clock, visit(13)])).unwrap();
    assert_eq!(judged.acknowledgement.accepted, [10, 13]);
    let rejected: Vec<_> = judged
        .acknowledgement
        .rejected
        .iter()
        .map(|rejection| (rejection.seq, rejection.reason))
        .collect();
    assert_eq!(
        rejected,
        [
            (11, RejectionReason::Malformed),
            (12, RejectionReason::OutOfRange)
        ]
    );
    assert_eq!(judged.delivery.events.len(), 2);
}

#[test]
fn an_event_without_a_seq_is_found_by_its_position() {
    let judged = judged(&batch(&[visit(10), json!("nonsense"), visit(12)])).unwrap();
    assert_eq!(judged.acknowledgement.rejected[0].seq, 11);
}

#[test]
fn an_event_without_a_seq_among_gaps_refuses_the_batch() {
    let mut gaps = batch(&[visit(10), json!({})]);
    gaps["seq_last"] = json!(99);
    assert!(matches!(judged(&gaps), Err(Refusal::Malformed(_))));
}

#[test]
fn another_schema_is_told_apart_from_a_malformed_batch() {
    let other = json!({ "schema": SCHEMA + 1, "something": "else" });
    assert!(matches!(judged(&other), Err(Refusal::Schema { found, .. }) if found == SCHEMA + 1));
    assert!(matches!(judged(&json!([])), Err(Refusal::Malformed(_))));
}

#[test]
fn what_is_said_of_a_malformed_batch_is_short_and_can_be_printed() {
    let mut long = batch(&[]);
    long["clock"] = json!(format!("\u{1b}[2J{}", "x".repeat(1_000_000)));
    let Err(Refusal::Malformed(said)) = judged(&long) else {
        panic!("such a clock cannot be");
    };
    assert!(
        said.len() <= MAX_TEXT_BYTES && !said.contains('\u{1b}'),
        "{said:?}"
    );
}

#[test]
fn another_borne_is_refused() {
    let mut other = batch(&[]);
    other["borne"] = json!("tournai");
    assert!(matches!(judged(&other), Err(Refusal::OtherBorne(name)) if name == "tournai"));
}

#[test]
fn too_many_events_ask_for_a_smaller_batch() {
    let events: Vec<Value> = (0..=MAX_EVENTS).map(|_| json!(0)).collect();
    assert!(matches!(judged(&batch(&events)), Err(Refusal::TooLarge(_))));
}

#[test]
fn long_texts_are_cut_at_a_character_and_lose_their_control_characters() {
    assert_eq!(clean("é\u{7}é", 4), "é");
    assert_eq!(clean("a\u{7}é", 4), "aé");
}
