//! Real media of many kinds, made by ffmpeg: moving pictures and, where wanted, sound.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::process;

/// How pictures and sound are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// H.264 and AAC in MP4.
    Mp4,
    /// VP9 and Opus in `WebM`.
    WebM,
}

/// A short film to make.
#[derive(Clone, Debug)]
pub struct Film {
    /// Its file, without ending.
    pub name: String,
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
    /// Frames a second.
    pub fps: u32,
    /// Length, s.
    pub seconds: u32,
    /// It has sound.
    pub sound: bool,
    /// How it is coded.
    pub coding: Coding,
    /// What is drawn over its moving pictures, as filters of ffmpeg; empty: nothing.
    pub drawn: &'static str,
}

impl Film {
    /// A small film as most are: 16:9, 25 frames a second, four seconds, with sound, MP4.
    #[must_use]
    pub fn usual(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            width: 320,
            height: 180,
            fps: 25,
            seconds: 4,
            sound: true,
            coding: Coding::Mp4,
            drawn: "",
        }
    }

    /// Makes it in a folder and gives its path.
    ///
    /// # Errors
    /// ffmpeg is missing or fails.
    pub fn make(&self, folder: &Path) -> Result<PathBuf> {
        let ending = match self.coding {
            Coding::Mp4 => "mp4",
            Coding::WebM => "webm",
        };
        let path = folder.join(format!("{}.{ending}", self.name));
        let (width, height, fps, seconds) = (self.width, self.height, self.fps, self.seconds);
        let mut ffmpeg = ffmpeg();
        ffmpeg.args(["-f", "lavfi", "-i"]);
        ffmpeg.arg(format!(
            "testsrc2=size={width}x{height}:rate={fps}:duration={seconds}"
        ));
        if self.sound {
            ffmpeg.args(["-f", "lavfi", "-i"]);
            ffmpeg.arg(format!(
                "sine=frequency=440:sample_rate=48000:duration={seconds}"
            ));
        }
        if !self.drawn.is_empty() {
            ffmpeg.args(["-vf", self.drawn]);
        }
        // Two films of one kind still differ in content.
        ffmpeg.arg("-metadata").arg(format!("title={}", self.name));
        ffmpeg.args(self.coders()).arg(&path);
        process::succeed(&mut ffmpeg)?;
        Ok(path)
    }

    fn coders(&self) -> &'static [&'static str] {
        match (self.coding, self.sound) {
            // The index stands in front, as for streaming: a file cut in half still opens.
            (Coding::Mp4, true) => &[
                "-movflags",
                "+faststart",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
            ],
            (Coding::Mp4, false) => &[
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
            ],
            (Coding::WebM, true) => &[
                "-c:v",
                "libvpx-vp9",
                "-deadline",
                "realtime",
                "-cpu-used",
                "8",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "libopus",
            ],
            (Coding::WebM, false) => &[
                "-c:v",
                "libvpx-vp9",
                "-deadline",
                "realtime",
                "-cpu-used",
                "8",
                "-pix_fmt",
                "yuv420p",
            ],
        }
    }
}

/// Cuts a file in half, as an interrupted copy does.
///
/// # Errors
/// It cannot be read or written.
pub fn cut_in_half(whole: &Path, half: &Path) -> Result<()> {
    let bytes = fs::read(whole)?;
    fs::write(half, &bytes[..bytes.len() / 2])?;
    Ok(())
}

/// Takes the first frame of a film as a poster.
///
/// # Errors
/// ffmpeg is missing or fails.
pub fn poster(film: &Path, poster: &Path) -> Result<()> {
    let mut ffmpeg = ffmpeg();
    ffmpeg
        .arg("-i")
        .arg(film)
        .args(["-frames:v", "1"])
        .arg(poster);
    process::succeed(&mut ffmpeg).map(drop)
}

/// ffmpeg, quiet and without questions.
#[must_use]
pub fn ffmpeg() -> Command {
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-v", "error", "-nostdin", "-y"]);
    ffmpeg
}
