//! Where the files of one source are read.

use jiff::civil::Date;

use crate::catalogue::{FileRef, Track, Video, VideoFile};
use crate::check::limits;
use crate::source::{Source, SourceVideo, image_extension};

use super::PublishError;
use super::cache::Cache;
use super::media::{Media, Prober, Refusal, Stored};

/// Reads a source's files, and keeps account of them.
pub(super) struct Desk<'a> {
    source: &'a Source,
    cache: Cache,
    /// All files named so far.
    pub(super) media: Vec<Stored>,
}

/// What stops the reading of a video.
pub(super) enum Stop {
    /// Bornes could not play what a field names.
    Refused(&'static str, Refusal),
    /// Nothing can be said of it.
    Failed(PublishError),
}

impl From<PublishError> for Stop {
    fn from(error: PublishError) -> Self {
        Self::Failed(error)
    }
}

impl<'a> Desk<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self {
            source,
            cache: Cache::open(&source.folder),
            media: Vec::new(),
        }
    }

    /// A video as it is published; its day and its revision are still to be given.
    pub(super) fn video(
        &mut self,
        described: &SourceVideo,
        prober: &impl Prober,
        progress: &mut dyn FnMut(&str),
    ) -> Result<Video, Stop> {
        let media = self.media("file", &described.file, prober, progress)?;
        let mut renditions = [None, None];
        let fields = [
            ("audio_description", &described.audio_description),
            ("sign_language", &described.sign_language),
        ];
        for ((field, name), rendition) in fields.into_iter().zip(&mut renditions) {
            if let Some(name) = name {
                let other = self.media(field, name, prober, progress)?;
                as_long(&media, &other).map_err(|refusal| Stop::Refused(field, refusal))?;
                *rendition = Some(self.video_file(name, &other)?);
            }
        }
        let poster = match &described.poster {
            Some(poster) => poster.clone(),
            None => self
                .cache
                .poster(&described.file, &media, prober)
                .map_err(|refusal| Stop::Refused("file", refusal))?,
        };
        let video = self.assemble(described, &media, &poster, renditions)?;
        Ok(video)
    }

    fn media(
        &mut self,
        field: &'static str,
        name: &str,
        prober: &impl Prober,
        progress: &mut dyn FnMut(&str),
    ) -> Result<Media, Stop> {
        progress(&format!("lecture de {name}"));
        let probed = self.cache.media(name, prober)?;
        probed.map_err(|refusal| Stop::Refused(field, refusal))
    }

    fn assemble(
        &mut self,
        described: &SourceVideo,
        media: &Media,
        poster: &str,
        [audio_description, sign_language]: [Option<VideoFile>; 2],
    ) -> Result<Video, PublishError> {
        let described = described.clone();
        let transcript = described.transcript.as_deref();
        Ok(Video {
            revision: 1,
            duration_ms: media.duration_ms,
            added: Date::default(),
            media: self.video_file(&described.file, media)?,
            audio_description,
            sign_language,
            poster: self.poster(poster)?,
            captions: self.captions(&described)?,
            transcript: transcript.map(|name| self.file(name, "txt")).transpose()?,
            id: described.id,
            kind: described.kind,
            title: described.title,
            aliases: described.aliases,
            keywords: described.keywords,
            summary: described.summary,
            univers: described.univers,
            rubrique: described.rubrique,
            likes: described.likes,
            code: described.code,
            language: described.language,
            priority: described.priority,
            featured: described.featured,
        })
    }

    fn video_file(&mut self, name: &str, media: &Media) -> Result<VideoFile, PublishError> {
        Ok(VideoFile {
            file: self.file(name, media.extension())?,
            mime: media.mime.clone(),
            width: media.width,
            height: media.height,
            fps: media.fps,
            sound: media.sound,
            gain_centidb: media.gain_centidb,
        })
    }

    fn captions(&mut self, described: &SourceVideo) -> Result<Vec<Track>, PublishError> {
        let tracks = described.captions.iter();
        tracks
            .map(|track| {
                let file = self.file(&track.file, "vtt")?;
                let language = track.language.clone();
                Ok(Track { language, file })
            })
            .collect()
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

/// A visitor changes between a video and its renditions at a moment: both must know it.
///
/// # Errors
/// Their lengths are further apart than [`limits::RENDITION_MS`].
pub fn as_long(main: &Media, rendition: &Media) -> Result<(), Refusal> {
    if main.duration_ms.abs_diff(rendition.duration_ms) <= limits::RENDITION_MS {
        return Ok(());
    }
    Err(Refusal {
        problem: format!(
            "elle dure {} et la vidéo {} : les visiteurs passent de l'une à l'autre au même moment",
            seconds(rendition.duration_ms),
            seconds(main.duration_ms)
        ),
        remedy: format!(
            "exportez-la de nouveau avec le même début et la même fin, à {} s près",
            limits::RENDITION_MS / 1_000
        ),
    })
}

/// A length as it is read in French: `61,5 s`.
fn seconds(ms: u64) -> String {
    format!("{},{} s", ms / 1_000, ms % 1_000 / 100)
}
