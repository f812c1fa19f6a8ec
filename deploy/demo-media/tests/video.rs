//! One real video, made and probed with the tools a player relies on.

#![allow(
    clippy::unwrap_used,
    reason = "a test stops where it cannot go on, in its helpers too"
)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const COLLECTION: &str = r##"
partner = "essai"
partner_name = "Essai"
added = 2026-01-15

[[video]]
id = "essai"
kind = "conseil"
title = "Un essai !"
rubrique = "chercher"
code = "essai"
pause = 2000
icon = "compass"
decor = "soleil"
second = "#7A4208"
keywords = []
summary = "Un essai."
scenes = [
    { key = "Un", icon = "star", description = "Une étoile.", text = "Voici une première phrase." },
    { key = "Deux", icon = "handshake", text = "En voici une deuxième." },
    { key = "Trois", icon = "eye", text = "Et la dernière." },
]
"##;

const PROGRAMME: &str = r#"
[[session]]
id = "essai"
title = "Un essai"
kind = "cafe"
after_days = 1
at = "12:00"
minutes = 60
place = "Nulle part (démonstration)"
summary = "Un essai."
address = "essai.example"
"#;

fn source(folder: &Path) {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::write(folder.join("videos.toml"), COLLECTION).unwrap();
    fs::write(folder.join("programme.toml"), PROGRAMME).unwrap();
    symlink(own.join("assets"), folder.join("assets")).unwrap();
}

fn make(source: &Path, out: &Path) -> Output {
    make_on("2026-11-20", source, out)
}

fn make_on(today: &str, source: &Path, out: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demo-media"));
    command.arg("--source").arg(source).arg("--out").arg(out);
    command.args(["--today", today]);
    command.output().unwrap()
}

fn run(program: &str, arguments: &[&str], file: &Path) -> Output {
    let mut command = Command::new(program);
    command.args(arguments).arg("-i").arg(file);
    if program == "ffmpeg" {
        command.args(["-af", "volumedetect", "-vn", "-f", "null", "-"]);
    }
    command.output().unwrap()
}

fn probe(film: &Path) -> Value {
    let arguments = [
        "-v",
        "error",
        "-show_streams",
        "-show_format",
        "-of",
        "json",
    ];
    serde_json::from_slice(&run("ffprobe", &arguments, film).stdout).unwrap()
}

fn seconds(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

/// Loudest sample, dB under full scale.
fn loudest(film: &Path) -> f64 {
    let output = run("ffmpeg", &["-hide_banner", "-nostats"], film);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let (_, figure) = said.split_once("max_volume:").unwrap();
    figure.split_whitespace().next().unwrap().parse().unwrap()
}

#[test]
fn a_video_has_a_picture_a_voice_captions_and_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let (from, out) = (folder.path().join("source"), folder.path().join("media"));
    fs::create_dir(&from).unwrap();
    source(&from);
    let made = make(&from, &out);
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let film = out.join("essai/essai.mp4");

    let probed = probe(&film);
    let (picture, voice) = (&probed["streams"][0], &probed["streams"][1]);
    assert_eq!(picture["codec_name"], "h264");
    assert_eq!(picture["pix_fmt"], "yuv420p");
    assert_eq!(
        (picture["width"].as_u64(), picture["height"].as_u64()),
        (Some(1280), Some(720))
    );
    assert_eq!(picture["avg_frame_rate"], "30/1");
    assert_eq!(
        (&voice["codec_name"], voice["channels"].as_u64()),
        (&"aac".into(), Some(2))
    );
    assert!(loudest(&film) > -20.0);

    let bytes = fs::read(&film).unwrap();
    let place = |name: &[u8]| bytes.windows(4).position(|window| window == name);
    assert!(
        place(b"moov") < place(b"mdat"),
        "a player would have to read the whole file first"
    );

    let captions = fs::read_to_string(out.join("essai/essai.vtt")).unwrap();
    assert!(captions.starts_with("WEBVTT\n\n00:00:00.700 --> "));
    assert!(captions.ends_with("Et la dernière.\n"));
    let last: f64 = captions.rsplit(":").next().unwrap()[..6].parse().unwrap();
    assert!(last < seconds(&probed["format"]["duration"]));
    assert_eq!(
        probe(&out.join("essai/essai.jpg"))["streams"][0]["width"],
        1280
    );
    assert!(
        fs::read_to_string(out.join("manifest.toml"))
            .unwrap()
            .contains("essai/essai.mp4")
    );

    let described = out.join("essai/essai.ad.mp4");
    assert_same_picture_other_voice(&film, &described);

    let times = |path: &Path| fs::metadata(path).unwrap().modified().unwrap();
    let when = (times(&film), times(&described));
    assert!(make_on("2026-12-01", &from, &out).status.success());
    assert_eq!((times(&film), times(&described)), when);
    let manifest = fs::read_to_string(out.join("manifest.toml")).unwrap();
    assert!(manifest.contains("starts = 2026-12-02T12:00:00"));
}

/// A rendition is as long as its film and shows the same; only what is heard differs.
fn assert_same_picture_other_voice(film: &Path, described: &Path) {
    let lengths = [film, described].map(|path| seconds(&probe(path)["format"]["duration"]));
    assert!((lengths[0] - lengths[1]).abs() < 0.1, "{lengths:?}");
    let stream = |path: &Path, of: &str| {
        let mut ffmpeg = Command::new("ffmpeg");
        ffmpeg.args(["-v", "error", "-i"]).arg(path);
        ffmpeg.args(["-map", of, "-c", "copy", "-f", "md5", "-"]);
        ffmpeg.output().unwrap().stdout
    };
    assert_eq!(stream(film, "0:v"), stream(described, "0:v"));
    assert_ne!(stream(film, "0:a"), stream(described, "0:a"));
}

#[test]
fn an_unknown_video_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_demo-media"));
    command
        .arg("--out")
        .arg(folder.path())
        .args(["--only", "absente"]);
    let output = command.output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("« absente »"));
}
