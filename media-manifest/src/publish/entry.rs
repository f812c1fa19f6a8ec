//! From a partner's source to the catalogue it is published as.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::catalogue::{Catalogue, FORMAT, FileRef, Track, Video, VideoFile};
use crate::check::{Problem, named};
use crate::source::{Source, SourceVideo, image_extension};

use super::cache::Cache;
use super::held::Held;
use super::media::{Media, Prober, Refusal, Stored};
use super::{Offer, Publication, PublishError};

/// Reads a source's media. What bornes could not play is a problem of the source.
pub(super) fn offer(
    source: &Source,
    publication: &Publication<'_>,
    held: &Held,
    prober: &impl Prober,
    progress: &mut dyn FnMut(&str),
) -> Result<Result<Offer, Vec<Problem>>, PublishError> {
    let today = day(publication.now);
    let before = held.catalogues.get(&source.partner);
    let mut desk = Desk {
        source,
        cache: Cache::open(&source.folder),
        media: Vec::new(),
    };
    let mut report = source.report();
    let mut videos = Vec::new();
    for (index, described) in source.videos.iter().enumerate() {
        progress(&format!("lecture de {}", described.file));
        report.enter(named(&described.id), Some(index));
        match desk.video(described, prober)? {
            Ok(video) => videos.push(continued(video, described, before, today)),
            Err(refusal) => report.add("file", refusal.problem, refusal.remedy),
        }
    }
    let mut problems = report.into_problems();
    source.lines.locate(&mut problems);
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    Ok(Ok(Offer {
        catalogue: dated(source, videos, before, today),
        media: desk.media,
    }))
}

/// The day in Belgium: partners and bornes are there.
fn day(now: Timestamp) -> Date {
    let zone = TimeZone::get("Europe/Brussels").unwrap_or(TimeZone::UTC);
    now.to_zoned(zone).date()
}

/// A video keeps its first day, and is a new revision when anything in it changed.
fn continued(
    mut video: Video,
    described: &SourceVideo,
    before: Option<&Catalogue>,
    today: Date,
) -> Video {
    let old = before.and_then(|before| before.videos.iter().find(|old| old.id == video.id));
    video.added = described
        .added
        .or_else(|| old.map(|old| old.added))
        .unwrap_or(today);
    if let Some(old) = old {
        video.revision = old.revision;
        if video != *old {
            video.revision = old.revision.saturating_add(1);
        }
    }
    video
}

/// The catalogue, dated today when it says anything new.
fn dated(
    source: &Source,
    videos: Vec<Video>,
    before: Option<&Catalogue>,
    today: Date,
) -> Catalogue {
    let mut catalogue = Catalogue {
        format: FORMAT,
        partner: source.partner.clone(),
        partner_name: source.partner_name.clone(),
        issued: before.map_or(today, |before| before.issued),
        videos,
        sessions: Vec::new(),
        playlists: Vec::new(),
    };
    if before.is_some_and(|before| *before != catalogue) {
        catalogue.issued = today;
    }
    catalogue
}

/// Where one source's files are read.
struct Desk<'a> {
    source: &'a Source,
    cache: Cache,
    media: Vec<Stored>,
}

impl Desk<'_> {
    fn video(
        &mut self,
        described: &SourceVideo,
        prober: &impl Prober,
    ) -> Result<Result<Video, Refusal>, PublishError> {
        let media = match self.cache.media(&described.file, prober)? {
            Ok(media) => media,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let poster = match &described.poster {
            Some(poster) => poster.clone(),
            None => match self.cache.poster(&described.file, &media, prober) {
                Ok(poster) => poster,
                Err(refusal) => return Ok(Err(refusal)),
            },
        };
        self.assemble(described, &media, &poster).map(Ok)
    }

    fn assemble(
        &mut self,
        described: &SourceVideo,
        media: &Media,
        poster: &str,
    ) -> Result<Video, PublishError> {
        let described = described.clone();
        let mut captions = Vec::new();
        for track in described.captions {
            let file = self.file(&track.file, "vtt")?;
            let language = track.language;
            captions.push(Track { language, file });
        }
        let transcript = described.transcript.as_deref();
        Ok(Video {
            revision: 1,
            duration_ms: media.duration_ms,
            added: Date::default(),
            media: VideoFile {
                file: self.file(&described.file, media.extension())?,
                mime: media.mime.clone(),
                width: media.width,
                height: media.height,
                fps: media.fps,
                sound: media.sound,
                gain_centidb: 0,
            },
            audio_description: None,
            sign_language: None,
            poster: self.poster(poster)?,
            captions,
            transcript: transcript.map(|name| self.file(name, "txt")).transpose()?,
            id: described.id,
            kind: described.kind,
            title: described.title,
            aliases: described.aliases,
            keywords: described.keywords,
            summary: described.summary,
            univers: described.univers,
            rubrique: described.rubrique,
            likes: Vec::new(),
            code: None,
            language: described.language,
            priority: described.priority,
            featured: described.featured,
        })
    }

    fn poster(&mut self, name: &str) -> Result<FileRef, PublishError> {
        let path = self.source.folder.join(name);
        let bytes = std::fs::read(&path).map_err(PublishError::io(&path))?;
        self.file(name, image_extension(&bytes).unwrap_or("jpg"))
    }

    fn file(&mut self, name: &str, extension: &str) -> Result<FileRef, PublishError> {
        let (sha256, length) = self.cache.hash(name)?;
        let stored = Stored::new(self.source.folder.join(name), sha256.clone(), extension);
        let urls = vec![stored.url.clone()];
        self.media.push(stored);
        Ok(FileRef {
            sha256,
            length,
            urls,
        })
    }
}
