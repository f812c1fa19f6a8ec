//! A partner's source: a folder with `manifest.toml` and the media files it names.
//!
//! Reading reports every problem at once, each with its line. Nothing here decodes media.

mod agenda;
mod edit;
mod fields;
mod files;
mod lines;
mod manifest;
mod network;
mod playlist;
pub mod slug;
mod video;

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::catalogue::{Classification, Kind, Playlist, Session};
use crate::check::{Problem, Report};

pub use edit::{Addition, append, free_id, write};
pub(crate) use files::image_extension;
pub use lines::Lines;
pub use network::{default_classification, read_classification};

/// Name of the file that describes a partner's videos.
pub const MANIFEST: &str = "manifest.toml";

/// A partner's source, read and checked.
#[derive(Clone, Debug)]
pub struct Source {
    /// The folder; paths of media are relative to it.
    pub folder: PathBuf,
    /// Identifier of the partner.
    pub partner: String,
    /// Name of the partner, as shown.
    pub partner_name: String,
    /// The videos, in the order written.
    pub videos: Vec<SourceVideo>,
    /// Sessions, in the order written.
    pub sessions: Vec<Session>,
    /// Playlists, in the order written.
    pub playlists: Vec<Playlist>,
    /// Where everything is written, for messages.
    pub lines: Lines,
}

/// A video as a partner describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceVideo {
    /// Identifier within the partner.
    pub id: String,
    /// Trade or advice.
    pub kind: Kind,
    /// Title as shown.
    pub title: String,
    /// Other forms of the title.
    pub aliases: Vec<String>,
    /// Words that a search must find.
    pub keywords: Vec<String>,
    /// A few sentences.
    pub summary: String,
    /// Univers it belongs to.
    pub univers: Vec<String>,
    /// Rubrique it belongs to.
    pub rubrique: Option<String>,
    /// What somebody may like who likes it.
    pub likes: Vec<String>,
    /// Typed on a phone to find it again.
    pub code: Option<String>,
    /// Language spoken.
    pub language: String,
    /// Lower is fetched first.
    pub priority: u16,
    /// Shown on the home screen.
    pub featured: bool,
    /// First day in the catalogue; the day of first publication when not given.
    pub added: Option<Date>,
    /// The video file.
    pub file: String,
    /// The same video with what is seen said aloud.
    pub audio_description: Option<String>,
    /// The same video with what is said signed.
    pub sign_language: Option<String>,
    /// The poster; taken from the video when not given.
    pub poster: Option<String>,
    /// Captions by language.
    pub captions: Vec<SourceTrack>,
    /// The text said.
    pub transcript: Option<String>,
}

impl SourceVideo {
    /// Files of the video in other forms, each with its field.
    pub fn renditions(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let described = self.audio_description.as_deref();
        let signed = self.sign_language.as_deref();
        let renditions = [("audio_description", described), ("sign_language", signed)];
        renditions
            .into_iter()
            .filter_map(|(field, file)| Some((field, file?)))
    }
}

/// Captions in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceTrack {
    /// Language of the text.
    pub language: String,
    /// The file.
    pub file: String,
}

impl Source {
    /// Reads and checks a partner's folder.
    ///
    /// # Errors
    /// Everything that must be put right, in the order found.
    pub fn read(folder: &Path, classification: &Classification) -> Result<Self, Vec<Problem>> {
        let path = folder.join(MANIFEST);
        let mut report = Report::new(path.display().to_string());
        let Some(text) = files::read_text(&mut report, &path) else {
            return Err(report.into_problems());
        };
        let (found, lines) = manifest::read(&mut report, &text);
        if let Some(found) = &found {
            found.check(&mut report, classification);
            files::check(&mut report, folder, &found.videos);
        }
        let mut problems = report.into_problems();
        lines.locate(&mut problems);
        match found {
            Some(found) if problems.is_empty() => Ok(Self {
                folder: folder.to_owned(),
                partner: found.partner.id,
                partner_name: found.partner.name,
                videos: without_place(found.videos),
                sessions: without_place(found.sessions),
                playlists: without_place(found.playlists),
                lines,
            }),
            _ => Err(problems),
        }
    }

    /// A report about the manifest, for problems found later on.
    #[must_use]
    pub fn report(&self) -> Report {
        Report::new(self.folder.join(MANIFEST).display().to_string())
    }
}

fn without_place<T>(entries: Vec<(String, T)>) -> Vec<T> {
    entries.into_iter().map(|(_, entry)| entry).collect()
}

#[cfg(test)]
mod tests;
