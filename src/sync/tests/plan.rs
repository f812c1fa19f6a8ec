use std::collections::HashMap;

use media_manifest::catalogue::merged::Merged;

use crate::sync::plan;

fn merged() -> Merged {
    let file = |sha: &str| serde_json::json!({"sha256": sha, "length": 1, "urls": [sha]});
    let video = |id: &str, priority: u16, poster: &str| {
        serde_json::json!({
            "key": format!("p/{id}"), "id": id, "revision": 1, "kind": "conseil", "title": id,
            "rubrique": "cv", "language": "fr", "duration_ms": 1, "priority": priority,
            "added": "2026-01-01", "poster": file(poster),
            "media": {"file": file(&format!("{id}.mp4")), "mime": "video/mp4", "width": 1,
                "height": 1, "fps": 1, "sound": true},
            "audio_description": {"file": file(&format!("{id}.ad.mp4")), "mime": "video/mp4",
                "width": 1, "height": 1, "fps": 1, "sound": true},
            "captions": [{"language": "fr", "file": file(&format!("{id}.vtt"))}],
        })
    };
    serde_json::from_value(serde_json::json!({
        "classification": {"format": 1, "univers": [], "rubriques": []},
        "partners": [],
        "videos": [video("late", 9, "shared.jpg"), video("soon", 1, "shared.jpg")],
    }))
    .unwrap()
}

#[test]
fn small_files_come_first_then_videos_by_priority_then_renditions_each_once() {
    let merged = merged();
    let order: Vec<&str> = plan::files(&merged)
        .iter()
        .map(|file| file.sha256.as_str())
        .collect();
    assert_eq!(
        order,
        [
            "shared.jpg",
            "soon.vtt",
            "late.vtt",
            "soon.mp4",
            "late.mp4",
            "soon.ad.mp4",
            "late.ad.mp4",
        ]
    );
}

#[test]
fn a_video_is_missing_when_any_of_its_files_is_and_no_other_is() {
    let reasons = HashMap::from([("late.vtt".to_owned(), "not_found")]);
    let missing = plan::missing(&merged(), &reasons);
    assert_eq!(missing.len(), 1);
    assert_eq!(
        (missing[0].key.as_str(), missing[0].reason.as_str()),
        ("p/late", "not_found")
    );
}

#[test]
fn a_missing_rendition_is_told_and_the_reason_of_the_main_file_counts_first() {
    let mut reasons = HashMap::from([("late.ad.mp4".to_owned(), "disk_full")]);
    let missing = plan::missing(&merged(), &reasons);
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].reason, "disk_full");
    reasons.insert("late.mp4".to_owned(), "not_found");
    assert_eq!(plan::missing(&merged(), &reasons)[0].reason, "not_found");
}
