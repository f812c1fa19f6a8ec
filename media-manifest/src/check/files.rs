//! Files that a catalogue names.

use std::collections::HashSet;

use url::Url;

use crate::catalogue::{FileRef, Video, VideoFile};

use super::{Report, limits, text};

const REPUBLISH: &str = "publiez de nouveau avec media-manifest";

pub(super) fn video(report: &mut Report, video: &Video) {
    duration(report, video.duration_ms);
    rendition(report, "media", &video.media);
    if let Some(described) = &video.audio_description {
        rendition(report, "audio_description", described);
        if !described.sound {
            report.add(
                "audio_description",
                "elle n'a pas de son",
                "exportez la vidéo avec sa description parlée",
            );
        }
    }
    if let Some(signed) = &video.sign_language {
        rendition(report, "sign_language", signed);
    }
    file(report, "poster", &video.poster, limits::POSTER_BYTES);
    if let Some(transcript) = &video.transcript {
        file(report, "transcript", transcript, limits::TEXT_BYTES);
    }
    captions(report, video);
}

fn duration(report: &mut Report, ms: u64) {
    if !(1..=limits::DURATION_MS).contains(&ms) {
        let hours = limits::DURATION_MS / 3_600_000;
        report.add(
            "duration_ms",
            format!("durée de {ms} ms"),
            format!("la vidéo doit durer plus de zéro et au plus {hours} heures"),
        );
    }
}

/// A video file: the main one, or another form of it.
fn rendition(report: &mut Report, field: &str, media: &VideoFile) {
    if !["video/mp4", "video/webm"].contains(&media.mime.as_str()) {
        report.add(
            format!("{field}.mime"),
            format!("« {} » n'est pas un format admis", text::shown(&media.mime)),
            "convertissez la vidéo en MP4 ou en WebM",
        );
    }
    if !limits::SIDE_PX.contains(&media.width) || !limits::SIDE_PX.contains(&media.height) {
        report.add(
            field,
            format!("image de {} × {} points", media.width, media.height),
            "convertissez la vidéo, par exemple en 1920 × 1080",
        );
    }
    if media.fps > limits::FPS {
        report.add(
            format!("{field}.fps"),
            format!("{} images par seconde", media.fps),
            format!("convertissez la vidéo, {} au plus", limits::FPS),
        );
    }
    if media.gain_centidb.unsigned_abs() > limits::GAIN_CENTIDB.unsigned_abs() {
        report.add(
            format!("{field}.gain_centidb"),
            format!("gain de {} centièmes de décibel", media.gain_centidb),
            REPUBLISH,
        );
    }
    file(report, field, &media.file, limits::VIDEO_BYTES);
}

fn captions(report: &mut Report, video: &Video) {
    caption_languages(
        report,
        video.captions.iter().map(|track| track.language.as_str()),
    );
    for track in video.captions.iter().take(limits::CAPTIONS) {
        file(report, "captions.file", &track.file, limits::TEXT_BYTES);
    }
}

/// Checks the languages of a video's captions.
pub(crate) fn caption_languages<'a>(
    report: &mut Report,
    languages: impl Iterator<Item = &'a str> + Clone,
) {
    let distinct: HashSet<_> = languages.clone().collect();
    let count = languages.clone().count();
    if count > limits::CAPTIONS || distinct.len() != count {
        report.add(
            "captions",
            "il y a trop de sous-titres, ou deux dans une même langue",
            "gardez un fichier par langue",
        );
    }
    for language in languages.take(limits::CAPTIONS) {
        text::language(report, "captions.language", language);
    }
}

pub(super) fn file(report: &mut Report, field: &str, file: &FileRef, most: u64) {
    if !is_sha256(&file.sha256) {
        let found = text::shown(&file.sha256);
        let problem = format!("« {found} » n'est pas une empreinte SHA-256");
        report.add(format!("{field}.sha256"), problem, REPUBLISH);
    }
    if !(1..=most).contains(&file.length) {
        report.add(
            format!("{field}.length"),
            format!("fichier de {} octets", file.length),
            format!("il doit en avoir entre 1 et {most}"),
        );
    }
    if !(1..=limits::URLS).contains(&file.urls.len()) {
        let problem = format!("{} adresses", file.urls.len());
        let remedy = format!("donnez-en entre 1 et {}", limits::URLS);
        report.add(format!("{field}.urls"), problem, remedy);
        return;
    }
    for url in file.urls.iter().filter(|url| !is_address(url)) {
        report.add(
            format!("{field}.urls"),
            format!("« {} » n'est pas une adresse admise", text::shown(url)),
            "écrivez une adresse https:// complète, ou un chemin sans « .. »",
        );
    }
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// An `http(s)` address without credentials, or a plain path below the repository.
fn is_address(text: &str) -> bool {
    if text.len() > limits::URL_CHARS || text.chars().any(char::is_control) {
        return false;
    }
    if text.contains("://") {
        return Url::parse(text).is_ok_and(|url| {
            ["http", "https"].contains(&url.scheme())
                && url.has_host()
                && url.username().is_empty()
                && url.password().is_none()
        });
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    text.bytes().all(plain) && text.split('/').all(|part| !matches!(part, "" | "." | ".."))
}
