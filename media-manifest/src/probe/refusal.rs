//! Reasons for refusing a video, in words for partners.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use gst::glib;

use crate::publish::Refusal;

const CONVERT: &str = "exportez de nouveau la vidéo depuis votre logiciel de montage, en MP4 \
                       (H.264 et AAC) ou en WebM";

pub(super) fn refusal(problem: impl Into<String>, remedy: &str) -> Refusal {
    Refusal {
        problem: problem.into(),
        remedy: remedy.to_owned(),
    }
}

pub(super) fn convert(problem: impl Into<String>) -> Refusal {
    refusal(problem, CONVERT)
}

pub(super) fn unreadable(reason: &impl std::fmt::Display) -> Refusal {
    refusal(
        format!("le fichier ne peut pas être lu ou écrit ({reason})"),
        "vérifiez vos droits sur ce fichier et son dossier",
    )
}

pub(super) fn cut(found_s: u64, stated_s: u64) -> Refusal {
    refusal(
        format!(
            "la vidéo est coupée : elle s'arrête après {found_s} s alors qu'elle annonce {stated_s} s"
        ),
        "copiez ou téléchargez de nouveau le fichier entier, puis réessayez",
    )
}

pub(super) fn damaged(detail: &str) -> Refusal {
    refusal(
        format!("la vidéo est abîmée ou coupée ({detail})"),
        "copiez de nouveau le fichier entier ; si cela ne suffit pas, exportez la vidéo de nouveau",
    )
}

pub(super) fn not_a_video() -> Refusal {
    convert("ce fichier n'est pas une vidéo")
}

/// Refuses what needs no decoder to be refused.
pub(super) fn refuse_at_sight(file: &Path) -> Result<(), Refusal> {
    let mut start = Vec::new();
    File::open(file)
        .and_then(|file| file.take(64).read_to_end(&mut start))
        .map_err(|error| unreadable(&error))?;
    if start.is_empty() {
        return Err(refusal(
            "le fichier est vide",
            "copiez ou exportez de nouveau la vidéo",
        ));
    }
    Ok(())
}

/// What GStreamer says, in words for partners.
pub(super) fn from_gst(error: &glib::Error) -> Refusal {
    match error.kind::<gst::StreamError>() {
        Some(gst::StreamError::TypeNotFound | gst::StreamError::WrongType) => not_a_video(),
        Some(gst::StreamError::CodecNotFound) => {
            convert("la vidéo est d'un codage que les bornes ne connaissent pas")
        }
        Some(_) => damaged(error.message()),
        None if error.is::<gst::ResourceError>() => unreadable(&error.message()),
        None => damaged(error.message()),
    }
}
