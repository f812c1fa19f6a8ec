use std::fs;

use super::{Network, keys};
use crate::check::Problem;
use crate::publish::PublishError;

fn problems(error: PublishError) -> Vec<Problem> {
    let PublishError::Problems(problems) = error else {
        panic!("{error}")
    };
    problems
}

#[test]
fn renditions_are_probed_and_published_with_the_video() {
    let network = Network::new(&["forem"]);
    let file = network.source("forem").join("un.ad.mp4");
    fs::write(file, "film, avec ce qu'on voit").unwrap();
    let line = "audio_description = \"un.ad.mp4\"\nlikes = [\"creer\"]\ncode = \"premier\"\n";
    network.append("forem", line);
    network.publish(&["forem"]).unwrap();
    assert_eq!(network.fake.probed.get(), 2);
    let video = network.seen().merged.videos[0].video.clone();
    let described = video.audio_description.unwrap();
    assert_ne!(described.file.sha256, video.media.file.sha256);
    assert_eq!(
        (described.gain_centidb, video.media.gain_centidb),
        (-150, -150)
    );
    let published = network.repository().join(&described.file.urls[0]);
    assert_eq!(fs::read(published).unwrap(), b"film, avec ce qu'on voit");
    assert_eq!(video.likes, ["creer"]);
    assert_eq!(video.code.as_deref(), Some("premier"));
}

#[test]
fn a_rendition_of_another_length_publishes_nothing() {
    let network = Network::new(&["forem"]);
    let file = network.source("forem").join("un.lsfb.mp4");
    fs::write(&file, "film long").unwrap();
    network.append("forem", "sign_language = \"un.lsfb.mp4\"\n");
    let found = problems(network.publish(&["forem"]).unwrap_err());
    let places: Vec<_> = found
        .iter()
        .map(|it| (it.line, it.field.as_str()))
        .collect();
    assert_eq!(places, [(Some(10), "sign_language")]);
    let sentence = found[0].sentence();
    assert!(
        sentence.contains("22,0 s") && sentence.contains("20,0 s"),
        "{sentence}"
    );
    assert!(!network.repository().join("metadata").exists());
    fs::write(&file, "texte").unwrap();
    let found = problems(network.publish(&["forem"]).unwrap_err());
    assert_eq!(found[0].field, "sign_language");
}

const PLAYLIST: &str = "[[playlist]]\nid = \"ensemble\"\ntitle = \"Ensemble\"\n\
                        [[playlist.item]]\nvideo = \"siep/un\"\n";

#[test]
fn a_playlist_may_name_the_videos_of_another_partner_as_long_as_they_are_offered() {
    let network = Network::new(&["forem", "siep"]);
    network.append("forem", PLAYLIST);
    let found = problems(network.publish(&["forem"]).unwrap_err());
    assert_eq!(
        (found[0].line, found[0].field.as_str()),
        (Some(14), "video")
    );
    network.publish(&["forem", "siep"]).unwrap();
    let merged = network.seen().merged;
    assert_eq!(merged.playlists[0].playlist.items[0].video, "siep/un");
    // What the other partner published before is known as well.
    network.append("forem", "question = \"Et vous ?\"\n");
    network.publish(&["forem"]).unwrap();
    network.offer("siep", &["deux"]);
    let found = problems(network.publish(&["forem", "siep"]).unwrap_err());
    assert!(
        found[0].sentence().contains("siep/un"),
        "{}",
        found[0].sentence()
    );
}

#[test]
fn an_agenda_alone_is_published_and_seen() {
    let network = Network::new(&["forem", "siep"]);
    network.offer("siep", &[]);
    network.append(
        "siep",
        "[[session]]\nid = \"cafe\"\ntitle = \"CDM Café\"\nkind = \"cafe\"\n\
         starts = 2026-07-01T12:00\nplace = \"Mons\"\naddress = \"siep.example\"\n\
         videos = [\"forem/un\"]\n",
    );
    network.publish(&["forem", "siep"]).unwrap();
    let update = network.seen();
    assert!(update.failures.is_empty(), "{:?}", update.failures);
    assert_eq!(keys(&update), ["forem/un"]);
    assert_eq!(update.merged.sessions[0].key, "siep/cafe");
    assert_eq!(update.merged.sessions[0].session.videos, ["forem/un"]);
}

#[test]
fn what_an_older_version_found_is_asked_again() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let cache = network.source("forem").join(".media-manifest.json");
    let text = fs::read_to_string(&cache).unwrap();
    let older = text.replace("\"version\": 2", "\"version\": 1");
    assert_ne!(older, text);
    let older = older.replace("\"gain_centidb\": -150", "\"gain_centidb\": 0");
    fs::write(&cache, older).unwrap();
    network.publish(&["forem"]).unwrap();
    assert_eq!(network.fake.probed.get(), 2);
    assert_eq!(
        network.seen().merged.videos[0].video.media.gain_centidb,
        -150
    );
}
