//! `[[video]]`.

use toml_edit::{Array, InlineTable, TableLike, Value};

use crate::catalogue::Kind;
use crate::check::{self, Report};

use super::fields::Fields;
use super::{SourceTrack, SourceVideo, slug};

/// Reads a video as far as it goes; `None` when something needed is missing.
pub(super) fn read(report: &mut Report, entry: &dyn TableLike) -> Option<SourceVideo> {
    let fields = Fields::new(entry, "");
    let title = fields.required(report, "title", "Boulangère / Boulanger");
    let suggested = slug::of(title.as_deref().unwrap_or("ma-video"));
    let id = fields.required(report, "id", &suggested);
    let kind = kind(report, &fields);
    let file = fields.required(report, "file", &format!("{suggested}.mp4"));
    let language = fields
        .string(report, "language")
        .unwrap_or_else(|| "fr".into());
    let captions = captions(report, &fields, &language);
    let video = SourceVideo {
        id: id.clone().unwrap_or_default(),
        kind: kind.unwrap_or(Kind::Metier),
        title: title.clone().unwrap_or_default(),
        aliases: fields.strings(report, "aliases"),
        keywords: fields.strings(report, "keywords"),
        summary: fields.string(report, "summary").unwrap_or_default(),
        univers: fields.strings(report, "univers"),
        rubrique: fields.string(report, "rubrique"),
        likes: fields.strings(report, "likes"),
        code: fields.string(report, "code"),
        language,
        priority: fields.number(report, "priority"),
        featured: fields.flag(report, "featured"),
        added: fields.date(report, "added"),
        file: file.clone().unwrap_or_default(),
        audio_description: fields.string(report, "audio_description"),
        sign_language: fields.string(report, "sign_language"),
        poster: fields.string(report, "poster"),
        captions,
        transcript: fields.string(report, "transcript"),
    };
    fields.finish(report);
    // A place holder never leaves: what is missing has been reported.
    (id.is_some() && kind.is_some() && title.is_some() && file.is_some()).then_some(video)
}

fn kind(report: &mut Report, fields: &Fields<'_>) -> Option<Kind> {
    let text = fields.required(report, "kind", "metier")?;
    match text.as_str() {
        "metier" => Some(Kind::Metier),
        "conseil" => Some(Kind::Conseil),
        _ => {
            report.add(
                "kind",
                format!("« {} » n'est pas un genre de vidéo", check::shown(&text)),
                "écrivez \"metier\" pour le portrait d'un métier, \"conseil\" pour un conseil",
            );
            None
        }
    }
}

/// `captions = "a.vtt"` in the video's language, or `[{ language = "nl", file = "b.vtt" }]`.
fn captions(report: &mut Report, fields: &Fields<'_>, language: &str) -> Vec<SourceTrack> {
    let tracks = match fields.get(report, "captions") {
        None => return Vec::new(),
        Some(Value::String(file)) => Some(vec![SourceTrack {
            language: language.to_owned(),
            file: file.value().clone(),
        }]),
        Some(Value::Array(items)) => tracks(items),
        Some(_) => None,
    };
    if tracks.is_none() {
        report.add(
            "captions",
            "les sous-titres ne sont pas compris",
            "écrivez captions = \"fichier.vtt\", ou \
             captions = [{ language = \"fr\", file = \"fichier.vtt\" }]",
        );
    }
    tracks.unwrap_or_default()
}

fn tracks(items: &Array) -> Option<Vec<SourceTrack>> {
    let text = |table: &InlineTable, name: &str| {
        table.get(name).and_then(Value::as_str).map(str::to_owned)
    };
    items
        .iter()
        .map(|item| {
            let table = item.as_inline_table().filter(|table| table.len() == 2)?;
            Some(SourceTrack {
                language: text(table, "language")?,
                file: text(table, "file")?,
            })
        })
        .collect()
}
