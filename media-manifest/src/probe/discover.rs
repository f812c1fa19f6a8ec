//! What a file says of itself.

use gst_pbutils::prelude::*;
use gst_pbutils::{Discoverer, DiscovererInfo, DiscovererResult, DiscovererVideoInfo};

use super::decode::Decoded;
use super::refusal;
use crate::publish::{Media, Refusal};

/// Longest wait for a file's headers: they are read from a disk, not a network.
const TIMEOUT: gst::ClockTime = gst::ClockTime::from_seconds(30);

/// How far the decoded end may lie before the stated one: one second, or two hundredths of long
/// videos. Containers round, and sound often ends a little after the picture.
const TOLERANCE_MS: u64 = 1_000;

/// What a file states, not yet confirmed by decoding.
pub(super) struct Stated {
    media: Media,
}

/// Reads a file's headers.
pub(super) fn discover(uri: &str) -> Result<Stated, Refusal> {
    let discoverer = Discoverer::new(TIMEOUT).map_err(|error| refusal::from_gst(&error))?;
    let info = discoverer
        .discover_uri(uri)
        .map_err(|error| refusal::from_gst(&error))?;
    match info.result() {
        DiscovererResult::Ok => {}
        DiscovererResult::MissingPlugins => {
            return Err(refusal::convert(
                "la vidéo est d'un codage que les bornes ne connaissent pas",
            ));
        }
        DiscovererResult::Timeout => return Err(refusal::damaged("lecture sans fin")),
        _ => return Err(refusal::damaged("en-têtes illisibles")),
    }
    let videos: Vec<_> = info.video_streams();
    let Some(video) = videos.iter().find(|video| !video.is_image()) else {
        return Err(refusal::convert(
            "ce fichier ne contient pas d'image animée",
        ));
    };
    let (width, height) = upright(video);
    Ok(Stated {
        media: Media {
            mime: container(&info)?.to_owned(),
            width,
            height,
            fps: frames_a_second(video),
            sound: !info.audio_streams().is_empty(),
            duration_ms: info.duration().map_or(0, gst::ClockTime::mseconds),
            gain_centidb: 0,
        },
    })
}

impl Stated {
    /// Compares what was stated with what was decoded.
    pub(super) fn confirmed_by(self, decoded: Decoded) -> Result<Media, Refusal> {
        let mut media = self.media;
        let tolerance = TOLERANCE_MS.max(media.duration_ms / 50);
        if decoded.frames == 0 {
            return Err(refusal::damaged("aucune image n'a pu être décodée"));
        }
        if decoded.end_ms.saturating_add(tolerance) < media.duration_ms {
            return Err(refusal::cut(
                decoded.end_ms / 1_000,
                media.duration_ms / 1_000,
            ));
        }
        if media.duration_ms == 0 {
            media.duration_ms = decoded.end_ms;
        }
        media.gain_centidb = decoded.gain_centidb;
        Ok(media)
    }
}

fn container(info: &DiscovererInfo) -> Result<&'static str, Refusal> {
    let caps = info.stream_info().and_then(|outermost| outermost.caps());
    let Some(structure) = caps.as_ref().and_then(|caps| caps.structure(0)) else {
        return Err(refusal::convert("le fichier n'est ni un MP4 ni un WebM"));
    };
    let variant = structure.get::<&str>("variant").unwrap_or_default();
    match structure.name().as_str() {
        "video/quicktime" if variant != "apple" => Ok("video/mp4"),
        "video/webm" => Ok("video/webm"),
        "video/quicktime" => Err(refusal::convert(
            "le fichier est un QuickTime (.mov), pas un MP4",
        )),
        "video/x-matroska" => Err(refusal::convert(
            "le fichier est un Matroska (.mkv), pas un WebM",
        )),
        _ => Err(refusal::convert("le fichier n'est ni un MP4 ni un WebM")),
    }
}

/// Width and height as seen: pixels made square, rotation applied.
fn upright(video: &DiscovererVideoInfo) -> (u32, u32) {
    let par = video.par();
    let numer = u32::try_from(par.numer()).unwrap_or(1).max(1);
    let denom = u32::try_from(par.denom()).unwrap_or(1).max(1);
    let width = video.width().saturating_mul(numer) / denom;
    let turned = video
        .tags()
        .and_then(|tags| {
            let tag = tags.get::<gst::tags::ImageOrientation>()?;
            Some(tag.get().ends_with("-90") || tag.get().ends_with("-270"))
        })
        .unwrap_or_default();
    if turned {
        (video.height(), width)
    } else {
        (width, video.height())
    }
}

fn frames_a_second(video: &DiscovererVideoInfo) -> u32 {
    let rate = video.framerate();
    let numer = u32::try_from(rate.numer()).unwrap_or_default();
    match u32::try_from(rate.denom()) {
        Ok(denom) if denom > 0 => numer.saturating_add(denom / 2) / denom,
        _ => 0,
    }
}
