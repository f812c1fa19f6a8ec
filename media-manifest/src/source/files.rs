//! The files that a manifest names.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path};

use crate::check::{Report, limits, named, shown};

use super::SourceVideo;

/// Length of a manifest, bytes: 50,000 videos described at length.
const MANIFEST_BYTES: u64 = 100_000_000;

/// What a file is for.
#[derive(Clone, Copy)]
enum Use {
    Video,
    Poster,
    Captions,
    Transcript,
}

/// Reads a text file whole.
pub(super) fn read_text(report: &mut Report, path: &Path) -> Option<String> {
    let mut text = String::new();
    let read =
        File::open(path).and_then(|file| file.take(MANIFEST_BYTES).read_to_string(&mut text));
    match read {
        Ok(_) => return Some(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => report.add(
            "",
            "ce fichier n'existe pas",
            "vérifiez le nom du dossier, ou créez-y ce fichier (voir GUIDE.md)",
        ),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => report.add(
            "",
            "ce n'est pas un fichier texte en UTF-8",
            "enregistrez-le de nouveau avec l'encodage UTF-8",
        ),
        Err(error) => report.add(
            "",
            format!("il ne peut pas être lu ({error})"),
            "vérifiez vos droits sur ce fichier",
        ),
    }
    None
}

/// Checks that every file is there and of its kind.
pub(super) fn check(report: &mut Report, folder: &Path, videos: &[(String, SourceVideo)]) {
    for (place, video) in videos {
        report.enter(named("vidéo", &video.id), place);
        file(report, folder, "file", &video.file, Use::Video);
        for (field, rendition) in video.renditions() {
            file(report, folder, field, rendition, Use::Video);
        }
        if let Some(poster) = &video.poster {
            file(report, folder, "poster", poster, Use::Poster);
        }
        for track in &video.captions {
            file(report, folder, "captions", &track.file, Use::Captions);
        }
        if let Some(transcript) = &video.transcript {
            file(report, folder, "transcript", transcript, Use::Transcript);
        }
    }
    report.leave();
}

fn file(report: &mut Report, folder: &Path, field: &str, name: &str, role: Use) {
    if !is_inside(name) {
        report.add(
            field,
            format!("« {} » sort du dossier", shown(name)),
            "copiez le fichier dans le dossier du manifeste et donnez son nom seul",
        );
        return;
    }
    let path = folder.join(name);
    match fs::metadata(&path) {
        Ok(metadata) if metadata.is_file() => {
            size(report, field, name, metadata.len(), role);
            if let Some((problem, remedy)) = contents(&path, role) {
                report.add(field, format!("« {} » : {problem}", shown(name)), remedy);
            }
        }
        _ => report.add(
            field,
            format!("le fichier « {} » est introuvable", shown(name)),
            "vérifiez son nom, majuscules et accents compris, et copiez-le dans le dossier",
        ),
    }
}

/// A relative path that goes down only.
fn is_inside(name: &str) -> bool {
    !name.is_empty()
        && Path::new(name)
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
}

fn size(report: &mut Report, field: &str, name: &str, length: u64, role: Use) {
    let most = match role {
        Use::Video => limits::VIDEO_BYTES,
        Use::Poster => limits::POSTER_BYTES,
        Use::Captions | Use::Transcript => limits::TEXT_BYTES,
    };
    if length > most {
        let problem = format!(
            "« {} » a {length} octets, au plus {most} sont admis",
            shown(name)
        );
        report.add(field, problem, "réduisez ce fichier");
    }
}

/// What is wrong with a file at first sight, and what to do. Decoding comes later.
fn contents(path: &Path, role: Use) -> Option<(&'static str, &'static str)> {
    let mut start = Vec::new();
    let limit = match role {
        Use::Video | Use::Poster => 16,
        Use::Captions | Use::Transcript => limits::TEXT_BYTES,
    };
    let opened = File::open(path).and_then(|file| file.take(limit).read_to_end(&mut start));
    if opened.is_err() {
        return Some((
            "il ne peut pas être lu",
            "vérifiez vos droits sur ce fichier",
        ));
    }
    if start.is_empty() {
        return Some(("il est vide", "exportez-le ou copiez-le de nouveau"));
    }
    match role {
        Use::Video => None,
        Use::Poster if image_extension(&start).is_some() => None,
        Use::Poster => Some((
            "ce n'est ni une image JPEG ni une image PNG",
            "convertissez l'image en JPEG",
        )),
        Use::Captions if is_webvtt(&start) => None,
        Use::Captions => Some((
            "ce ne sont pas des sous-titres WebVTT",
            "exportez les sous-titres au format WebVTT (.vtt), en UTF-8 ; \
             la première ligne doit être WEBVTT",
        )),
        Use::Transcript if std::str::from_utf8(&start).is_ok() => None,
        Use::Transcript => Some((
            "ce n'est pas un texte en UTF-8",
            "enregistrez-le en texte brut, encodage UTF-8",
        )),
    }
}

/// Extension of an image by its first bytes.
pub(crate) fn image_extension(start: &[u8]) -> Option<&'static str> {
    if start.starts_with(b"\xff\xd8\xff") {
        Some("jpg")
    } else if start.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("png")
    } else {
        None
    }
}

fn is_webvtt(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        text.strip_prefix("WEBVTT")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['\n', '\r', ' ', '\t']))
    })
}
