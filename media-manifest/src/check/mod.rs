//! What a catalogue must be beyond its types, said so that a partner can put it right.
//!
//! Every rule is checked and everything found is reported at once. The same rules serve the
//! partner's source before publishing and the borne after verifying.

mod classification;
mod colour;
mod files;
pub mod limits;
mod problem;
mod text;
mod video;

pub use classification::classification;
pub use problem::{Problem, Report};
pub use text::{is_id, is_language, shown};
pub use video::{Description, describe, named, unique_ids};

#[cfg(feature = "sign")]
pub(crate) use files::caption_languages;

use crate::catalogue::{Catalogue, Classification, FORMAT};

/// Checks a partner's catalogue against its role's name and the network's classification.
#[must_use]
pub fn catalogue(
    partner: &str,
    catalogue: &Catalogue,
    classification: &Classification,
) -> Vec<Problem> {
    let mut report = Report::new(format!("{partner}/catalogue.json"));
    format_version(&mut report, catalogue.format);
    identity(&mut report, partner, catalogue);
    let count = catalogue.videos.len();
    if count > limits::VIDEOS {
        report.add(
            "videos",
            format!("{count} vidéos, au plus {} sont admises", limits::VIDEOS),
            "répartissez-les entre plusieurs partenaires",
        );
        return report.into_problems();
    }
    let ids = catalogue.videos.iter().map(|video| video.id.as_str());
    unique_ids(&mut report, ids.enumerate());
    for video in &catalogue.videos {
        video::video(&mut report, video, classification);
    }
    report.into_problems()
}

fn format_version(report: &mut Report, found: u32) {
    if found != FORMAT {
        report.add(
            "format",
            format!("version {found}, seule la version {FORMAT} est connue"),
            "mettez à jour le logiciel qui publie ou celui de la borne",
        );
    }
}

fn identity(report: &mut Report, partner: &str, catalogue: &Catalogue) {
    self::partner(report, &catalogue.partner, &catalogue.partner_name);
    if catalogue.partner != partner {
        report.add(
            "partner",
            format!(
                "« {} » publie sous la clé de « {partner} »",
                text::shown(&catalogue.partner)
            ),
            format!("écrivez « {partner} », ou publiez avec la clé de ce partenaire"),
        );
    }
}

/// Checks who publishes.
pub(crate) fn partner(report: &mut Report, id: &str, name: &str) {
    text::id(report, "partner.id", id);
    text::required(report, "partner.name", name, limits::PARTNER_NAME_CHARS);
}

#[cfg(test)]
mod tests;
