use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command;

/// Loudness of the collection, LUFS (EBU R 128).
const TARGET: f64 = -23.0;

/// Makes a synthetic voice rounder, and stereo; measured and encoded alike.
const ROUND: &str = "highpass=f=90,equalizer=f=220:t=q:w=1:g=2,equalizer=f=3200:t=q:w=1.2:g=-3,\
                     aresample=48000,pan=stereo|c0=c0|c1=c0";

/// A track with the filter that brings it to the loudness of the collection.
pub struct Sound {
    /// The track.
    pub file: PathBuf,
    /// The filter.
    pub filter: String,
}

impl Sound {
    /// Measures a track.
    ///
    /// # Errors
    /// The tool is missing or fails, or says no loudness.
    pub fn level(file: PathBuf) -> Result<Self> {
        let mut ffmpeg = command::ffmpeg();
        ffmpeg
            .args(["-loglevel", "info", "-nostats", "-i"])
            .arg(&file);
        ffmpeg.args([
            "-af",
            &format!("{ROUND},ebur128=framelog=verbose"),
            "-f",
            "null",
            "-",
        ]);
        let (_, said) = command::run(&mut ffmpeg)?;
        let loudness = integrated(&said).context("la mesure du niveau sonore n’a rien donné")?;
        let gain = TARGET - loudness;
        let filter = format!("{ROUND},volume={gain:.2}dB,alimiter=limit=0.89:level=false");
        Ok(Self { file, filter })
    }
}

/// Integrated loudness from the summary of the measuring tool, LUFS.
fn integrated(said: &str) -> Option<f64> {
    let (_, summary) = said.rsplit_once("Integrated loudness:")?;
    let (_, figure) = summary.split_once("I:")?;
    figure.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_comes_from_the_summary() {
        let said =
            "x\n  Integrated loudness:\n    I:         -20.4 LUFS\n    Threshold: -31.0 LUFS\n";
        assert_eq!(integrated(said), Some(-20.4));
        assert_eq!(integrated("nothing"), None);
    }
}
