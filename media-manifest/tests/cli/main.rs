//! The command as partners run it, on real media.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod media;
mod sound;
mod trust;
mod usage;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/demonstration");

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_media-manifest"))
        .args(arguments)
        .output()
        .unwrap()
}

/// Runs and expects an exit code; gives all that was said.
fn expect(code: i32, arguments: &[&str]) -> String {
    let output = run(arguments);
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    said.into_owned()
}

/// Makes a video with ffmpeg.
fn film(folder: &Path, name: &str, arguments: &str) -> PathBuf {
    let path = folder.join(name);
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-y"])
        .args(arguments.split(' '))
        .arg(&path)
        .status()
        .unwrap();
    assert!(made.success(), "{name}");
    path
}

const PICTURE: &str = "-f lavfi -i testsrc2=s=320x180:r=25:d=4";
const SOUND: &str = "-f lavfi -i sine=d=4";
const VP9: &str = "-c:v libvpx-vp9 -deadline realtime -cpu-used 8";
const H264: &str = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -movflags +faststart";

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A source of one partner, still empty.
fn source(folder: &TempDir) -> String {
    let source = folder.path().join("source");
    let source = text(&source).to_owned();
    expect(
        0,
        &[
            "new",
            "--source",
            &source,
            "--partner",
            "essai",
            "--name",
            "Un essai",
        ],
    );
    source
}

fn add(code: i32, file: &Path, source: &str) -> String {
    let title = format!("Vidéo {}", file.file_stem().unwrap().to_string_lossy());
    let kind = ["--kind", "metier", "--univers", "construire"];
    let mut arguments = vec!["add", text(file), "--source", source, "--title", &title];
    arguments.extend(kind);
    expect(code, &arguments)
}
