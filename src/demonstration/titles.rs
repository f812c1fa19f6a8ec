//! The demonstration's own sources, read for what a screen shows of them.

use jiff::civil::Date;
use media_manifest::catalogue::{
    Catalogue, Classification, FORMAT, FileRef, Kind, Video, VideoFile,
};
use serde::Deserialize;

use super::meetings;

const VIDEOS: &str = include_str!("../../deploy/demo-media/videos.toml");
const CLASSIFICATION: &str = include_str!("../../media-manifest/classification.toml");

/// Videos with this mark came in lately, the others long ago.
const LONG_AGO_DAYS: i64 = 200;

#[derive(Deserialize)]
struct Titles {
    partner: String,
    partner_name: String,
    video: Vec<Title>,
}

#[derive(Deserialize)]
struct Title {
    id: String,
    kind: Kind,
    title: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    keywords: Vec<String>,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    univers: Vec<String>,
    rubrique: Option<String>,
    #[serde(default)]
    likes: Vec<String>,
    code: Option<String>,
    #[serde(default)]
    featured: bool,
    #[serde(default)]
    recent: bool,
}

/// How the network's videos are classified.
///
/// # Errors
/// Never with the file that was compiled in: a test reads it.
pub fn classification() -> Result<Classification, toml::de::Error> {
    toml::from_str(CLASSIFICATION)
}

/// The demonstration's videos, without files, and meetings in the weeks after `today`.
///
/// # Errors
/// Never with the file that was compiled in: a test reads it.
pub fn catalogue(today: Date) -> Result<Catalogue, toml::de::Error> {
    let titles: Titles = toml::from_str(VIDEOS)?;
    Ok(Catalogue {
        format: FORMAT,
        partner: titles.partner,
        partner_name: titles.partner_name,
        issued: today,
        videos: (0..)
            .zip(titles.video)
            .map(|(priority, title)| title.video(priority, today))
            .collect(),
        sessions: meetings::sessions(today),
        playlists: meetings::playlists(),
    })
}

impl Title {
    fn video(self, priority: u16, today: Date) -> Video {
        let age = if self.recent { 0 } else { LONG_AGO_DAYS };
        let age = jiff::Span::new().days(age);
        Video {
            id: self.id,
            revision: 1,
            kind: self.kind,
            title: self.title,
            aliases: self.aliases,
            keywords: self.keywords,
            summary: self.summary,
            univers: self.univers,
            rubrique: self.rubrique,
            likes: self.likes,
            code: self.code,
            language: "fr".to_owned(),
            duration_ms: 0,
            priority,
            featured: self.featured,
            added: today.saturating_sub(age),
            media: VideoFile {
                file: nothing(),
                mime: "video/mp4".to_owned(),
                width: 1920,
                height: 1080,
                fps: 25,
                sound: true,
                gain_centidb: 0,
            },
            audio_description: None,
            sign_language: None,
            poster: nothing(),
            captions: Vec::new(),
            transcript: None,
        }
    }
}

/// A file that is in no store.
const fn nothing() -> FileRef {
    FileRef {
        sha256: String::new(),
        length: 0,
        urls: Vec::new(),
    }
}
