use std::{fmt::Write as _, path::Path};

use anyhow::{Context, Result};

use crate::{command, layer::Layer, sound::Sound, svg::Renderer};

/// Frames a second.
const FPS: u32 = 30;

/// How the voice is encoded.
const VOICE: [&str; 8] = ["-c:a", "aac", "-b:a", "128k", "-ar", "48000", "-ac", "2"];

/// From a drawing to the colours of HD video.
const COLOURS: &str = "scale=out_color_matrix=bt709:out_range=limited";

/// A film ready to be made.
pub struct Film<'a> {
    /// The drawing under everything.
    pub ground: String,
    /// What moves over it, back to front.
    pub layers: Vec<Layer>,
    /// The voice.
    pub sound: &'a Sound,
    /// Length, seconds.
    pub length: f64,
}

impl Film<'_> {
    /// Renders and encodes the film.
    ///
    /// # Errors
    /// A tool is missing or fails.
    pub fn make(&self, renderer: &Renderer<'_>, film: &Path) -> Result<()> {
        let mut ffmpeg = command::ffmpeg();
        ffmpeg.args(["-filter_complex_threads", "1"]);
        let drawings = self.layers.iter().map(|layer| &layer.svg);
        for svg in std::iter::once(&self.ground).chain(drawings) {
            ffmpeg.args(["-framerate", &FPS.to_string(), "-i"]);
            ffmpeg.arg(renderer.render(svg)?);
        }
        ffmpeg.arg("-i").arg(&self.sound.file);
        let graph = self.graph().context("composition de l’image")?;
        ffmpeg.args(["-filter_complex", &graph, "-map", "[film]", "-map"]);
        ffmpeg.args([
            &format!("{}:a", self.layers.len() + 1),
            "-af",
            &self.sound.filter,
        ]);
        ffmpeg.args([
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-threads", "2",
        ]);
        ffmpeg.args(["-profile:v", "high", "-g", "60", "-colorspace", "bt709"]);
        ffmpeg.args([
            "-color_primaries",
            "bt709",
            "-color_trc",
            "bt709",
            "-color_range",
            "tv",
        ]);
        ffmpeg.args(VOICE);
        ffmpeg.args([
            "-t",
            &format!("{:.3}", self.length),
            "-movflags",
            "+faststart",
        ]);
        ffmpeg
            .args(["-fflags", "+bitexact", "-map_metadata", "-1"])
            .arg(film);
        command::run(&mut ffmpeg)?;
        Ok(())
    }

    fn graph(&self) -> Result<String, std::fmt::Error> {
        let length = self.length;
        let mut graph = format!(
            "[0:v]{COLOURS},format=yuv444p,loop=loop=-1:size=1,trim=duration={length:.3}[v0]"
        );
        for (index, layer) in self.layers.iter().enumerate() {
            let number = index + 1;
            write!(graph, ";[{number}:v]{COLOURS},format=yuva444p")?;
            let enable = match layer.window {
                None => String::new(),
                Some(window) => {
                    let (start, end, fade) = (window.start, window.end.min(length), window.fade);
                    let stay = end - start;
                    let leave = stay - fade;
                    write!(
                        graph,
                        ",loop=loop=-1:size=1,trim=duration={stay:.3},\
                         fade=in:st=0:d={fade:.3}:alpha=1,fade=out:st={leave:.3}:d={fade:.3}:alpha=1,\
                         setpts=PTS-STARTPTS+{start:.3}/TB"
                    )?;
                    format!(":eof_action=pass:enable='between(t,{start:.3},{end:.3})'")
                }
            };
            write!(
                graph,
                "[l{number}];[v{index}][l{number}]overlay=x='{}':y='{}':format=yuv444{enable}[v{number}]",
                layer.x, layer.y
            )?;
        }
        write!(graph, ";[v{}]format=yuv420p[film]", self.layers.len())?;
        Ok(graph)
    }
}

/// Makes a film again with other sound; its picture stays as it is.
///
/// # Errors
/// The tool is missing or fails.
pub fn with_sound(film: &Path, sound: &Sound, other: &Path) -> Result<()> {
    let mut ffmpeg = command::ffmpeg();
    ffmpeg.arg("-i").arg(film).arg("-i").arg(&sound.file);
    ffmpeg.args(["-map", "0:v", "-c:v", "copy", "-map", "1:a", "-af"]);
    ffmpeg.arg(&sound.filter).args(VOICE);
    ffmpeg.args(["-movflags", "+faststart", "-fflags", "+bitexact"]);
    ffmpeg.args(["-map_metadata", "-1"]).arg(other);
    command::run(&mut ffmpeg)?;
    Ok(())
}

/// Takes a frame of a film as its poster.
///
/// # Errors
/// The tool is missing or fails.
pub fn poster(film: &Path, moment: f64, poster: &Path) -> Result<()> {
    let mut ffmpeg = command::ffmpeg();
    ffmpeg
        .args(["-ss", &format!("{moment:.3}"), "-i"])
        .arg(film);
    ffmpeg
        .args(["-frames:v", "1", "-q:v", "3", "-fflags", "+bitexact"])
        .arg(poster);
    command::run(&mut ffmpeg)?;
    Ok(())
}
