//! Loudness, and renditions.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::{TempDir, tempdir};

use super::media::Depot;
use super::{H264, PICTURE, add, film, source};

/// A tone of 1 kHz on two channels, its peak given: at −23 dBFS it measures −23 LUFS
/// (EBU Tech 3341, case 1).
fn tone(dbfs: i32) -> String {
    let peak = 10_f64.powf(f64::from(dbfs) / 20.0);
    let wave = format!("{peak:.6}*sin(2*PI*1000*t)");
    format!("-f lavfi -i aevalsrc={wave}|{wave}:s=48000:d=4")
}

/// The same on one channel.
fn mono(dbfs: i32) -> String {
    let tone = tone(dbfs);
    let (one, _) = tone.split_once('|').unwrap();
    format!("{one}:s=48000:d=4")
}

/// Adds a film to a source and gives the name it has there.
fn added(folder: &TempDir, source: &str, name: &str, sound: &str) -> String {
    let path = film(
        folder.path(),
        &format!("{name}.mp4"),
        &format!("{PICTURE} {sound} {H264} -c:a aac -b:a 192k"),
    );
    add(0, &path, source);
    format!("video-{name}.mp4")
}

#[test]
fn every_video_gets_the_gain_that_makes_it_as_loud_as_the_others() {
    let folder = tempdir().unwrap();
    let source = source(&folder);
    let silence = "-f lavfi -i anullsrc=r=48000:cl=stereo -t 4";
    let cases = [
        ("juste", tone(-23), 0),
        ("faible", tone(-33), 1_000),
        ("forte", tone(-11), -1_200),
        ("mono", mono(-33), 1_000),
        ("silence", silence.to_owned(), 0),
    ];
    for (name, sound, _) in &cases {
        added(&folder, &source, name, sound);
    }
    add(
        0,
        &film(folder.path(), "muet.mp4", &format!("{PICTURE} {H264}")),
        &source,
    );
    let depot = Depot::new(&folder, "essai");
    depot.publish(&source);
    let videos = depot.videos("essai");
    for ((name, _, expected), video) in cases.iter().zip(&videos) {
        let gain = gain(&video["media"]);
        assert!((gain - expected).abs() <= 30, "{name}: {gain}");
    }
    assert!(videos[5]["media"].get("gain_centidb").is_none());
}

fn gain(file: &Value) -> i64 {
    file["gain_centidb"].as_i64().unwrap_or_default()
}

#[test]
fn a_rendition_is_decoded_measured_and_as_long_as_its_video() {
    let folder = tempdir().unwrap();
    let source = source(&folder);
    added(&folder, &source, "film", &tone(-23));
    let described = format!("{PICTURE} {} {H264} -c:a aac", tone(-33));
    film(Path::new(&source), "film.ad.mp4", &described);
    let manifest = Path::new(&source).join("manifest.toml");
    let before = fs::read_to_string(&manifest).unwrap();
    fs::write(
        &manifest,
        format!("{before}audio_description = \"film.ad.mp4\"\n"),
    )
    .unwrap();
    let depot = Depot::new(&folder, "essai");
    depot.publish(&source);
    depot.verify(0);
    let video = &depot.videos("essai")[0];
    let gain = gain(&video["audio_description"]);
    assert!((gain - 1_000).abs() <= 30, "{gain}");

    let long = format!("-f lavfi -i testsrc2=s=320x180:r=25:d=7 {H264}");
    film(Path::new(&source), "film.lsfb.mp4", &long);
    fs::write(
        &manifest,
        format!("{before}sign_language = \"film.lsfb.mp4\"\n"),
    )
    .unwrap();
    let said = depot.publish(&source);
    assert_eq!(said["ok"], false);
    assert_eq!(said["problems"][0]["field"], "sign_language");
    let problem = said["problems"][0]["problem"].as_str().unwrap();
    assert!(
        problem.contains("7,0 s") && problem.contains("4,0 s"),
        "{problem}"
    );
}
