use std::io::Cursor;
use std::path::Path;

use image::{ImageFormat, Rgb, RgbImage};
use media_manifest::catalogue::{FileRef, Track, Video};
use sha2::{Digest, Sha256};

use super::DemonstrationError;
use crate::store::Media;

/// A minute of one colour without a sound, H.264 and AAC:
/// `ffmpeg -f lavfi -i color=0x3a4256:64x36:r=1:d=60 -f lavfi -i anullsrc=r=16000:cl=mono -shortest`.
const FILM: &[u8] = include_bytes!("film.mp4");

/// Length of [`FILM`], ms.
const FILM_MS: u64 = 60_000;

/// Captions of the film that stands in.
const CAPTIONS: &str = "WEBVTT\n\n00:00.000 --> 00:30.000\n– Un film de démonstration,\nsans image ni son.\n\n00:30.000 --> 01:00.000\nIl tient la place d’une vidéo.\n";

/// Size of a poster that stands in, pixels: 16:9, smaller than any place it is drawn at.
const POSTER: (u32, u32) = (320, 180);

/// A file of a video.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// The video itself, MP4.
    Film,
    /// A frame of it, JPEG or PNG.
    Poster,
    /// What is said, `WebVTT`.
    Captions,
}

/// The media store of a data folder, to be filled.
pub struct Shelf(Media);

impl Shelf {
    /// The store of a data folder.
    #[must_use]
    pub fn new(data: &Path) -> Self {
        Self(Media::new(data))
    }

    /// Puts a video's files into the store and names them in it. A film that is found is taken for
    /// as long as its captions; one that is not is stood in for by a minute of one colour.
    ///
    /// # Errors
    /// The store refuses.
    pub fn furnish(
        &self,
        video: &mut Video,
        find: &dyn Fn(&str, Piece) -> Option<Vec<u8>>,
    ) -> Result<(), DemonstrationError> {
        let film = find(&video.id, Piece::Film);
        let captions = match &film {
            Some(_) => find(&video.id, Piece::Captions),
            None => Some(CAPTIONS.as_bytes().to_vec()),
        };
        video.duration_ms = match (&film, &captions) {
            (Some(_), Some(captions)) => ends(captions),
            _ => FILM_MS,
        };
        video.media.file = self.put(film.as_deref().unwrap_or(FILM))?;
        video.poster = match find(&video.id, Piece::Poster) {
            Some(poster) => self.put(&poster)?,
            None => self.put(&poster_for(&video.id)?)?,
        };
        video.captions.clear();
        if let Some(captions) = captions {
            video.captions.push(Track {
                language: video.language.clone(),
                file: self.put(&captions)?,
            });
        }
        Ok(())
    }

    /// Puts a file into the store.
    ///
    /// # Errors
    /// The store refuses.
    pub fn put(&self, bytes: &[u8]) -> Result<FileRef, DemonstrationError> {
        let file = FileRef {
            sha256: hex::encode(Sha256::digest(bytes)),
            length: bytes.len() as u64,
            urls: Vec::new(),
        };
        if self.0.path(&file).is_none() {
            let mut part = self.0.part(&file, 0)?;
            part.write(bytes)?;
            part.finish()?;
        }
        Ok(file)
    }
}

/// A plain colour that differs from video to video.
fn poster_for(id: &str) -> Result<Vec<u8>, image::ImageError> {
    let digest = Sha256::digest(id.as_bytes());
    let part = |at: usize| 40 + digest.get(at).copied().unwrap_or_default() / 2;
    let picture = RgbImage::from_pixel(POSTER.0, POSTER.1, Rgb([part(0), part(1), part(2)]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg)?;
    Ok(bytes.into_inner())
}

/// When the last caption ends, ms; the film that stands in is as long where none can be read.
fn ends(captions: &[u8]) -> u64 {
    let parsed = crate::catalogue::captions::parse(&String::from_utf8_lossy(captions));
    let last = parsed
        .ok()
        .and_then(|parsed| parsed.cues.last().map(|cue| cue.end_ms));
    last.unwrap_or(FILM_MS)
}
