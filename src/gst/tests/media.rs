//! Small real files.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A folder of media, gone with the test.
pub(super) struct Folder(TempDir);

impl Folder {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// H.264 and AAC, with a moving picture.
    pub(super) fn mp4(&self, seconds: u32) -> PathBuf {
        let path = self.path("video.mp4");
        ffmpeg(&[&moving(seconds), &tone(seconds)], H264_AAC, &path);
        path
    }

    /// VP9 and Opus.
    pub(super) fn webm(&self, seconds: u32) -> PathBuf {
        let path = self.path("video.webm");
        let codecs = "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus";
        ffmpeg(&[&moving(seconds), &tone(seconds)], codecs, &path);
        path
    }

    /// H.264 alone.
    pub(super) fn silent(&self, seconds: u32) -> PathBuf {
        let path = self.path("silent.mp4");
        ffmpeg(&[&moving(seconds)], H264_AAC, &path);
        path
    }

    /// Sound alone, in an MP4 file.
    pub(super) fn sound_only(&self) -> PathBuf {
        let path = self.path("sound.mp4");
        ffmpeg(&[&tone(1)], "-c:a aac", &path);
        path
    }

    /// A format that the catalogue does not allow: MPEG-2 in MP4.
    pub(super) fn mpeg2(&self) -> PathBuf {
        let path = self.path("old.mp4");
        ffmpeg(&[&moving(1)], "-c:v mpeg2video", &path);
        path
    }

    /// Stored 320 × 180, red left and blue right, to be turned by a quarter.
    pub(super) fn turned(&self) -> PathBuf {
        let (flat, path) = (self.path("flat.mp4"), self.path("turned.mp4"));
        let halves = "color=red:size=160x180:rate=25:duration=1[l];\
             color=blue:size=160x180:rate=25:duration=1[r];[l][r]hstack";
        ffmpeg(&[halves], H264_AAC, &flat);
        let mut command = Command::new("ffmpeg");
        command.args(["-v", "error", "-i"]).arg(&flat);
        command.args(["-c", "copy", "-metadata:s:v:0", "rotate=90"]);
        run(command.arg(&path));
        path
    }

    /// Stored square, 180 × 180, with pixels twice as wide as high; white.
    pub(super) fn anamorphic(&self) -> PathBuf {
        let path = self.path("wide.mp4");
        ffmpeg(
            &["color=white:size=180x180:rate=25:duration=1,setsar=2/1"],
            H264_AAC,
            &path,
        );
        path
    }

    /// These pictures with a tone, coded like this.
    pub(super) fn of(&self, name: &str, source: &str, coding: &str) -> PathBuf {
        let path = self.path(name);
        ffmpeg(&[source, &tone(1)], coding, &path);
        path
    }

    /// The same without its first 0.7 s, which an edit list hides.
    pub(super) fn cut_by_edit_list(&self, whole: &Path) -> PathBuf {
        let path = self.path("edited.mp4");
        let mut command = Command::new("ffmpeg");
        command.args(["-v", "error", "-ss", "0.7", "-i"]).arg(whole);
        run(command.args(["-c", "copy"]).arg(&path));
        path
    }

    /// The same with one bit turned every 10 kB, from a place on.
    pub(super) fn flipped(&self, whole: &Path, from: usize) -> PathBuf {
        let mut bytes = std::fs::read(whole).expect("the file");
        for at in (from..bytes.len()).step_by(10_000) {
            bytes[at] ^= 0x10;
        }
        let path = self.path("flipped.mp4");
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    /// The first half of a file.
    pub(super) fn half(&self, path: &Path) -> PathBuf {
        self.start(path, |bytes| bytes.len() / 2)
    }

    /// The index of a file, torn.
    pub(super) fn torn(&self, path: &Path) -> PathBuf {
        self.start(path, |bytes| body(bytes) / 2)
    }

    /// The index of a file, whole, and nothing after it.
    pub(super) fn bodiless(&self, path: &Path) -> PathBuf {
        self.start(path, body)
    }

    fn start(&self, path: &Path, length: impl Fn(&[u8]) -> usize) -> PathBuf {
        let bytes = std::fs::read(path).expect("the file");
        let start = self.path("start.mp4");
        std::fs::write(&start, &bytes[..length(&bytes)]).expect("a shorter file");
        start
    }
}

// Where the pictures begin, after the index.
fn body(bytes: &[u8]) -> usize {
    let name = bytes.windows(4).position(|name| name == b"mdat");
    name.expect("an MP4 file") + 4
}

const H264_AAC: &str = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 25 -c:a aac";

fn moving(seconds: u32) -> String {
    format!("testsrc2=size=320x180:rate=25:duration={seconds}")
}

fn tone(seconds: u32) -> String {
    format!("sine=frequency=440:sample_rate=48000:duration={seconds}")
}

fn ffmpeg(sources: &[&str], codecs: &str, path: &Path) {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error"]);
    for source in sources {
        command.args(["-f", "lavfi", "-i", source]);
    }
    // What the codecs say of flags wins.
    command.args(["-movflags", "+faststart"]);
    command.args(codecs.split_whitespace());
    run(command.arg(path));
}

fn run(command: &mut Command) {
    let status = command.status().expect("ffmpeg is installed");
    assert!(status.success(), "{command:?}");
}
