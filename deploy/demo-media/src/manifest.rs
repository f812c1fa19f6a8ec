use std::{fs, path::Path};

use anyhow::{Context, Result};
use jiff::civil::{Date, DateTime};
use serde::Serialize;

use crate::collection::{Collection, Video};
use crate::programme::{Playlist, Programme, Session};
use crate::recipe;

/// Name of the file that describes a partner's videos.
const NAME: &str = "manifest.toml";

const HEAD: &str = "# Vidéos de démonstration, fabriquées à partir de deploy/demo-media/videos.toml.\n\
                    # L’agenda et les playlists viennent de programme.toml, à côté ; rien de l’agenda n’a lieu.\n\
                    # Corrigez les textes là-bas : ce fichier-ci est réécrit.\n\
                    #\n\
                    # Aucune vidéo n’a de version en langue des signes (LSFB) : personne n’y signe.\n\n";

#[derive(Serialize)]
struct Manifest<'a> {
    partner: Partner<'a>,
    video: Vec<Entry<'a>>,
    session: Vec<Dated<'a>>,
    playlist: &'a [Playlist],
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
    likes: &'a [String],
    code: &'a str,
    language: &'a str,
    priority: u16,
    featured: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<toml::value::Datetime>,
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    audio_description: Option<String>,
    poster: String,
    captions: String,
    transcript: String,
}

/// A session on its day.
#[derive(Serialize)]
struct Dated<'a> {
    id: &'a str,
    title: &'a str,
    kind: &'a str,
    starts: toml::value::Datetime,
    ends: toml::value::Datetime,
    place: &'a str,
    summary: &'a str,
    audiences: &'a [String],
    univers: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    rubrique: Option<&'a str>,
    videos: &'a [String],
    address: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

/// Writes the partner's source for `media-manifest publish`, its agenda counted from `today`; an
/// unchanged one is left alone.
///
/// # Errors
/// The file cannot be written, or a date is impossible.
pub fn write(
    out: &Path,
    collection: &Collection,
    programme: &Programme,
    today: Date,
) -> Result<()> {
    let path = out.join(NAME);
    let text = text(collection, programme, today)?;
    if fs::read_to_string(&path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    fs::write(&path, text).with_context(|| format!("écriture de {}", path.display()))
}

fn text(collection: &Collection, programme: &Programme, today: Date) -> Result<String> {
    let sessions = programme.sessions.iter();
    let sessions: Result<Vec<_>> = sessions.map(|session| dated(session, today)).collect();
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
        session: sessions?,
        playlist: &programme.playlists,
    };
    let body = toml::to_string(&manifest).context("écriture du manifeste")?;
    Ok(format!("{HEAD}{body}"))
}

fn entry(video: &Video, added: toml::value::Datetime) -> Entry<'_> {
    let file = |ending: &str| format!("{0}/{0}.{ending}", video.id);
    let described = video.descriptions().next().is_some();
    Entry {
        id: &video.id,
        kind: &video.kind,
        title: &video.title,
        aliases: &video.aliases,
        keywords: &video.keywords,
        summary: &video.summary,
        univers: &video.univers,
        rubrique: video.rubrique.as_deref(),
        likes: &video.likes,
        code: &video.code,
        language: "fr",
        priority: if video.featured { 0 } else { 10 },
        featured: video.featured,
        added: (!video.recent).then_some(added),
        file: file("mp4"),
        audio_description: described.then(|| file(recipe::DESCRIBED)),
        poster: file("jpg"),
        captions: file("vtt"),
        transcript: file("txt"),
    }
}

fn dated(session: &Session, today: Date) -> Result<Dated<'_>> {
    let (starts, ends) = session.span(today)?;
    Ok(Dated {
        id: &session.id,
        title: &session.title,
        kind: &session.kind,
        starts: moment(starts)?,
        ends: moment(ends)?,
        place: &session.place,
        summary: &session.summary,
        audiences: &session.audiences,
        univers: &session.univers,
        rubrique: session.rubrique.as_deref(),
        videos: &session.videos,
        address: &session.address,
        url: session.url.as_deref(),
    })
}

fn moment(at: DateTime) -> Result<toml::value::Datetime> {
    at.to_string().parse().context("écriture d’une date")
}

#[cfg(test)]
mod tests;
