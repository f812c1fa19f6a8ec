//! `[[session]]`.

use toml_edit::TableLike;

use crate::catalogue::{Session, SessionKind};
use crate::check::{self, Report};

use super::fields::Fields;
use super::slug;

/// Reads a session; `None` when something needed is missing.
pub(super) fn read(report: &mut Report, entry: &dyn TableLike) -> Option<Session> {
    let fields = Fields::new(entry, "");
    let title = fields.required(report, "title", "Découvrir le métier de soudeur");
    let suggested = slug::of(title.as_deref().unwrap_or("ma-seance"));
    let id = fields.required(report, "id", &suggested);
    let kind = kind(report, &fields);
    let starts = fields.moment(report, "starts");
    if !entry.contains_key("starts") {
        report.add(
            "starts",
            "il manque",
            "ajoutez une ligne comme : starts = 2026-03-12T14:00",
        );
    }
    let ends = fields.moment(report, "ends");
    let place = fields.required(report, "place", "En ligne");
    let address = fields.required(report, "address", "exemple.be/agenda");
    let summary = fields.string(report, "summary").unwrap_or_default();
    let audiences = fields.strings(report, "audiences");
    let univers = fields.strings(report, "univers");
    let rubrique = fields.string(report, "rubrique");
    let videos = fields.strings(report, "videos");
    let url = fields.string(report, "url");
    fields.finish(report);
    Some(Session {
        id: id?,
        title: title?,
        kind: kind?,
        starts: starts?,
        ends,
        place: place?,
        summary,
        audiences,
        univers,
        rubrique,
        videos,
        address: address?,
        url,
    })
}

fn kind(report: &mut Report, fields: &Fields<'_>) -> Option<SessionKind> {
    let text = fields.required(report, "kind", "seance")?;
    match text.as_str() {
        "seance" => Some(SessionKind::Seance),
        "atelier" => Some(SessionKind::Atelier),
        "cafe" => Some(SessionKind::Cafe),
        _ => {
            report.add(
                "kind",
                format!(
                    "« {} » n'est pas un genre de rendez-vous",
                    check::shown(&text)
                ),
                "écrivez \"seance\" pour une séance d'information, \"atelier\" pour un atelier, \
                 \"cafe\" pour un CDM Café",
            );
            None
        }
    }
}
