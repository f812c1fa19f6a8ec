use super::*;

fn collection() -> Collection {
    Collection::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn manifest(today: &str) -> toml::Table {
    let programme = Programme::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let text = text(&collection(), &programme, today.parse().unwrap());
    text.unwrap().parse().unwrap()
}

#[test]
fn every_video_is_described_with_its_files() {
    let read = manifest("2026-11-20");
    assert_eq!(
        read["partner"]["name"].as_str(),
        Some("Catalogue de démonstration")
    );
    let videos = read["video"].as_array().unwrap();
    assert_eq!(videos.len(), 19);
    let first = &videos[0];
    assert_eq!(
        first["title"].as_str(),
        Some("Analyste financière\u{a0}/ Analyste financier")
    );
    assert_eq!(
        first["univers"][0].as_str(),
        Some("bureau-gestion-finances")
    );
    assert_eq!(
        first["file"].as_str(),
        Some("analyste-financier/analyste-financier.mp4")
    );
    assert_eq!(
        first["captions"].as_str(),
        Some("analyste-financier/analyste-financier.vtt")
    );
    assert!(first.get("rubrique").is_none());
}

#[test]
fn only_recent_videos_take_their_day_of_publication() {
    let collection = collection();
    let dated = |video: &&Video| entry(video, collection.added).added.is_some();
    let undated = collection
        .videos
        .iter()
        .filter(|video| !dated(video))
        .count();
    assert_eq!(
        undated,
        collection
            .videos
            .iter()
            .filter(|video| video.recent)
            .count()
    );
    assert!(undated > 0);
}

#[test]
fn every_chapter_of_advice_but_starting_a_business_has_a_video() {
    let collection = collection();
    let mut chapters: Vec<&str> = collection
        .videos
        .iter()
        .filter_map(|video| video.rubrique.as_deref())
        .collect();
    chapters.sort_unstable();
    chapters.dedup();
    assert_eq!(
        chapters,
        [
            "chercher",
            "contacter",
            "cv-profil",
            "demarches",
            "entretien",
            "langues-mobilite"
        ]
    );
}

#[test]
fn sessions_are_counted_from_the_day_of_writing() {
    let read = manifest("2026-11-20");
    let sessions = read["session"].as_array().unwrap();
    let starts = |index: usize| sessions[index]["starts"].to_string();
    // A Friday: tomorrow is moved on to Monday.
    assert_eq!(starts(0), "2026-11-23T14:00:00");
    assert_eq!(sessions[0]["ends"].to_string(), "2026-11-23T15:00:00");
    assert_eq!(starts(4), "2026-11-26T09:30:00");
    assert_ne!(manifest("2026-11-21")["session"], read["session"]);
    assert_eq!(manifest("2026-11-21")["video"], read["video"]);
}

#[test]
fn the_described_film_alone_names_its_rendition() {
    let read = manifest("2026-11-20");
    let videos = read["video"].as_array().unwrap();
    let described: Vec<_> = videos
        .iter()
        .filter_map(|video| video.get("audio_description")?.as_str())
        .collect();
    assert_eq!(described, ["choisir-son-metier/choisir-son-metier.ad.mp4"]);
}

#[test]
fn playlists_ask_questions() {
    let read = manifest("2026-11-20");
    let playlists = read["playlist"].as_array().unwrap();
    assert_eq!(playlists[1]["title"].as_str(), Some("Trois analystes"));
    let last = &playlists[1]["item"][2];
    assert_eq!(last["video"].as_str(), Some("analyste-business"));
    assert_eq!(last["answers"].as_array().map(Vec::len), Some(4));
}
