//! Adding to a manifest without touching what its author wrote.

use std::path::Path;

use jiff::civil::Date;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, TomlError, value};

use super::{Source, slug};

/// A video to add. Files lie in the source's folder.
#[derive(Clone, Debug)]
pub struct Addition {
    /// Identifier, free in the source.
    pub id: String,
    /// Title as shown.
    pub title: String,
    /// `metier` or `conseil`.
    pub kind: &'static str,
    /// Univers it belongs to.
    pub univers: Vec<String>,
    /// Rubrique it belongs to.
    pub rubrique: Option<String>,
    /// What somebody may like who likes it.
    pub likes: Vec<String>,
    /// Typed on a phone to find it again.
    pub code: Option<String>,
    /// A few sentences.
    pub summary: Option<String>,
    /// Language spoken.
    pub language: String,
    /// Other forms of the title.
    pub aliases: Vec<String>,
    /// Words that a search must find.
    pub keywords: Vec<String>,
    /// Shown on the home screen.
    pub featured: bool,
    /// First day in the catalogue.
    pub added: Date,
    /// The video file.
    pub file: String,
    /// The same video with what is seen said aloud.
    pub audio_description: Option<String>,
    /// The same video in sign language.
    pub sign_language: Option<String>,
    /// The poster.
    pub poster: String,
    /// Captions in the language spoken.
    pub captions: Option<String>,
    /// The text said.
    pub transcript: Option<String>,
}

/// The identifier asked for, or one made from the title that no video of the source has.
#[must_use]
pub fn free_id(source: &Source, asked: Option<&str>, title: &str) -> String {
    let taken = |id: &str| source.videos.iter().any(|video| video.id == id);
    if let Some(asked) = asked {
        return asked.to_owned();
    }
    let base = slug::of(title);
    if !taken(&base) {
        return base;
    }
    // Room for a number within the length of an identifier.
    let short = base.get(..base.len().min(58)).unwrap_or(&base);
    (2_u32..)
        .map(|number| format!("{short}-{number}"))
        .find(|id| !taken(id))
        .unwrap_or(base)
}

/// The manifest's text with one more `[[video]]` at its end.
///
/// # Errors
/// The text is not TOML.
pub fn append(text: &str, addition: &Addition) -> Result<String, TomlError> {
    let mut document: DocumentMut = text.parse()?;
    let videos = document
        .entry("video")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    if let Some(videos) = videos.as_array_of_tables_mut() {
        videos.push(table(addition));
    }
    Ok(document.to_string())
}

fn table(addition: &Addition) -> Table {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    let mut put = |name: &str, item: Option<Item>| {
        if let Some(item) = item {
            table.insert(name, item);
        }
    };
    put("id", Some(value(&addition.id)));
    put("title", Some(value(&addition.title)));
    put("kind", Some(value(addition.kind)));
    put("univers", list(&addition.univers));
    put("rubrique", addition.rubrique.as_ref().map(value));
    put("likes", list(&addition.likes));
    put("code", addition.code.as_ref().map(value));
    put("summary", addition.summary.as_ref().map(value));
    put("aliases", list(&addition.aliases));
    put("keywords", list(&addition.keywords));
    put("language", Some(value(&addition.language)));
    put("added", date(addition.added));
    put("featured", addition.featured.then(|| value(true)));
    put("file", Some(value(&addition.file)));
    put(
        "audio_description",
        addition.audio_description.as_ref().map(value),
    );
    put("sign_language", addition.sign_language.as_ref().map(value));
    put("poster", Some(value(&addition.poster)));
    put("captions", addition.captions.as_ref().map(value));
    put("transcript", addition.transcript.as_ref().map(value));
    table
}

fn list(texts: &[String]) -> Option<Item> {
    (!texts.is_empty()).then(|| value(texts.iter().collect::<Array>()))
}

fn date(date: Date) -> Option<Item> {
    let date: toml_edit::Datetime = date.to_string().parse().ok()?;
    Some(value(date))
}

/// Replaces a manifest whole.
///
/// # Errors
/// The file cannot be written.
pub fn write(path: &Path, text: &str) -> std::io::Result<()> {
    crate::trust::replace(path, text.as_bytes())
}
