//! A decoder that falls ill: a library that stands before libavcodec and looks for a mark in each
//! packet. The file is good; only the mark makes the decoder hang, crash or eat memory.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::film::ffmpeg;
use crate::process;

/// The library, in C: it is loaded before libavcodec, whose function it stands for.
const SOURCE: &str = include_str!("sickness.c");

/// Any identifier: that of a user's data in H.264.
const UUID: &str = "5d7f6e4c-0b1a-4c39-8e2d-71a6c0f3b894";

/// What a decoder falls ill with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sickness {
    /// It never comes back.
    Hangs,
    /// It takes the process with it.
    Crashes,
    /// It takes all the memory it gets.
    Eats,
}

impl Sickness {
    /// The mark that the library looks for.
    const fn mark(self) -> &'static str {
        match self {
            Self::Hangs => "BORNE-HANGS",
            Self::Crashes => "BORNE-CRASHES",
            Self::Eats => "BORNE-EATS",
        }
    }

    /// The same film with the mark in it.
    ///
    /// # Errors
    /// ffmpeg is missing or fails.
    pub fn infect(self, film: &[u8], folder: &Path) -> Result<Vec<u8>> {
        let (from, to) = (folder.join("sain.mp4"), folder.join("malade.mp4"));
        fs::write(&from, film)?;
        let mut command = ffmpeg();
        command.arg("-i").arg(&from).args(["-c", "copy", "-bsf:v"]);
        command.arg(format!(
            "h264_metadata=sei_user_data={UUID}+{}",
            self.mark()
        ));
        command.args(["-movflags", "+faststart"]).arg(&to);
        process::succeed(&mut command)?;
        Ok(fs::read(to)?)
    }
}

/// Builds the library; its path is for `LD_PRELOAD`.
///
/// # Errors
/// There is no C compiler.
pub fn library(folder: &Path) -> Result<PathBuf> {
    let (source, library) = (folder.join("sickness.c"), folder.join("sickness.so"));
    fs::write(&source, SOURCE)?;
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o"]);
    process::succeed(compiler.arg(&library).arg(&source).arg("-ldl"))?;
    Ok(library)
}
