use serde_json::{Value, json};

use super::*;

fn play() -> Value {
    json!({
        "seq": 4, "hour": "2026-11-21T10:00:00Z", "clock": "synced", "type": "play",
        "video": "forem/cv", "revision": 1, "univers": "cv-et-profil", "language": "fr",
        "captions": true, "audio_description": false, "entry": "home", "duration_ms": 30_000,
        "watched_ms": 29_000, "unique_ms": 28_000, "coverage": 1_048_575, "completed": true,
        "pauses": 0, "seeks": 0, "stall_ms": 0, "first_frame_ms": 120, "end": "ended"
    })
}

fn with(field: &str, value: Value) -> Value {
    let mut event = play();
    event[field] = value;
    event
}

#[test]
fn an_event_survives_being_sent_and_read() {
    let envelope: Envelope = serde_json::from_value(play()).unwrap();
    envelope.check().unwrap();
    assert_eq!(serde_json::to_value(&envelope).unwrap(), play());
}

#[test]
fn a_field_that_is_not_part_of_an_event_is_refused() {
    for field in ["visitor", "address", "term"] {
        assert!(
            serde_json::from_value::<Envelope>(with(field, json!("x"))).is_err(),
            "{field}"
        );
    }
}

#[test]
fn a_value_that_cannot_be_names_its_field() {
    for (field, value) in [
        ("seq", json!(u64::MAX)),
        ("hour", json!("2026-11-21T10:00:01Z")),
        ("unique_ms", json!(30_001)),
        ("watched_ms", json!(limits::MAX_DURATION_MS + 1)),
        ("coverage", json!(1 << 20)),
        ("video", json!("x".repeat(limits::MAX_TEXT_BYTES + 1))),
        ("univers", json!("a\u{0}b")),
    ] {
        let envelope: Envelope = serde_json::from_value(with(field, value)).unwrap();
        assert_eq!(envelope.check().unwrap_err().field, field);
    }
}

#[test]
fn a_handover_and_a_group_survive_being_sent_and_read() {
    for event in [
        json!({"type": "handover", "to": "phone", "about": "forem/cv"}),
        json!({"type": "handover", "to": "adviser"}),
        json!({"type": "group", "playlist": "forem/entretien", "videos": 3, "headcount": 14}),
    ] {
        let read: Event = serde_json::from_value(event.clone()).unwrap();
        read.check().unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), event);
    }
}

#[test]
fn a_group_larger_than_a_room_is_refused() {
    let crowd = json!({"type": "group", "playlist": "forem/x", "videos": 3, "headcount": 5_000});
    let read: Event = serde_json::from_value(crowd).unwrap();
    assert_eq!(read.check().unwrap_err().field, "headcount");
}
