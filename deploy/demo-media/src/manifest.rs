use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde::Serialize;

use crate::collection::{Collection, Video};

/// Name of the file that describes a partner's videos.
const NAME: &str = "manifest.toml";

const HEAD: &str = "# Vidéos de démonstration, fabriquées à partir de deploy/demo-media/videos.toml.\n\
                    # Corrigez les textes là-bas : ce fichier-ci est réécrit.\n\n";

#[derive(Serialize)]
struct Manifest<'a> {
    partner: Partner<'a>,
    video: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Partner<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    kind: &'a str,
    title: &'a str,
    aliases: &'a [String],
    keywords: &'a [String],
    summary: &'a str,
    univers: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    rubrique: Option<&'a str>,
    language: &'a str,
    priority: u16,
    featured: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<toml::value::Datetime>,
    file: String,
    poster: String,
    captions: String,
    transcript: String,
}

/// Writes the partner's source for `media-manifest publish`; an unchanged one is left alone.
///
/// # Errors
/// The file cannot be written.
pub fn write(out: &Path, collection: &Collection) -> Result<()> {
    let path = out.join(NAME);
    let text = text(collection)?;
    if fs::read_to_string(&path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    fs::write(&path, text).with_context(|| format!("écriture de {}", path.display()))
}

fn text(collection: &Collection) -> Result<String> {
    let manifest = Manifest {
        partner: Partner {
            id: &collection.partner,
            name: &collection.partner_name,
        },
        video: collection
            .videos
            .iter()
            .map(|video| entry(video, collection.added))
            .collect(),
    };
    let body = toml::to_string(&manifest).context("écriture du manifeste")?;
    Ok(format!("{HEAD}{body}"))
}

fn entry(video: &Video, added: toml::value::Datetime) -> Entry<'_> {
    let file = |ending: &str| format!("{0}/{0}.{ending}", video.id);
    Entry {
        id: &video.id,
        kind: &video.kind,
        title: &video.title,
        aliases: &video.aliases,
        keywords: &video.keywords,
        summary: &video.summary,
        univers: &video.univers,
        rubrique: video.rubrique.as_deref(),
        language: "fr",
        priority: if video.featured { 0 } else { 10 },
        featured: video.featured,
        added: (!video.recent).then_some(added),
        file: file("mp4"),
        poster: file("jpg"),
        captions: file("vtt"),
        transcript: file("txt"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collection() -> Collection {
        Collection::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    #[test]
    fn every_video_is_described_with_its_files() {
        let read: toml::Table = text(&collection()).unwrap().parse().unwrap();
        assert_eq!(
            read["partner"]["name"].as_str(),
            Some("Catalogue de démonstration")
        );
        let videos = read["video"].as_array().unwrap();
        assert_eq!(videos.len(), 19);
        let first = &videos[0];
        assert_eq!(
            first["title"].as_str(),
            Some("Analyste financière\u{a0}/ Analyste financier")
        );
        assert_eq!(
            first["univers"][0].as_str(),
            Some("bureau-gestion-finances")
        );
        assert_eq!(
            first["file"].as_str(),
            Some("analyste-financier/analyste-financier.mp4")
        );
        assert_eq!(
            first["captions"].as_str(),
            Some("analyste-financier/analyste-financier.vtt")
        );
        assert!(first.get("rubrique").is_none());
    }

    #[test]
    fn only_recent_videos_take_their_day_of_publication() {
        let collection = collection();
        let dated = |video: &&Video| entry(video, collection.added).added.is_some();
        let undated = collection
            .videos
            .iter()
            .filter(|video| !dated(video))
            .count();
        assert_eq!(
            undated,
            collection
                .videos
                .iter()
                .filter(|video| video.recent)
                .count()
        );
        assert!(undated > 0);
    }

    #[test]
    fn every_chapter_of_advice_but_starting_a_business_has_a_video() {
        let collection = collection();
        let mut chapters: Vec<&str> = collection
            .videos
            .iter()
            .filter_map(|video| video.rubrique.as_deref())
            .collect();
        chapters.sort_unstable();
        chapters.dedup();
        assert_eq!(
            chapters,
            [
                "chercher",
                "contacter",
                "cv-profil",
                "demarches",
                "entretien",
                "langues-mobilite"
            ]
        );
    }
}
