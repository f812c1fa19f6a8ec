//! `manifest.toml`, from text to videos.

use toml_edit::{Array, Document, InlineTable, Item, TableLike, Value};

use crate::catalogue::{Classification, Kind};
use crate::check::{self, Description, Report, limits};

use super::fields::Fields;
use super::lines::{Lines, line_at};
use super::{SourceTrack, SourceVideo, slug};

/// Who publishes.
pub(super) struct Partner {
    pub(super) id: String,
    pub(super) name: String,
}

/// What could be read: the partner, and videos with their place in the file.
pub(super) type Found = (Partner, Vec<(usize, SourceVideo)>);

/// Reads a manifest as far as it goes.
pub(super) fn read(report: &mut Report, text: &str) -> (Option<Found>, Lines) {
    let document = match Document::parse(text.to_owned()) {
        Ok(document) => document,
        Err(error) => {
            syntax(report, text, &error);
            return (None, Lines::default());
        }
    };
    let lines = Lines::of(&document);
    let partner = partner(report, &document);
    let videos = videos(report, &document);
    for (name, _) in document.iter() {
        if !["partner", "video"].contains(&name) {
            let remedy = "un manifeste contient [partner] puis des [[video]]";
            report.add(name, "cette partie n'existe pas", remedy);
        }
    }
    (partner.map(|partner| (partner, videos)), lines)
}

fn syntax(report: &mut Report, text: &str, error: &toml_edit::TomlError) {
    let line = error.span().map(|span| line_at(text, span.start));
    let place = line.map_or_else(String::new, |line| format!("à la ligne {line}, "));
    let detail = error.message().lines().next().unwrap_or_default();
    report.add(
        "",
        format!("{place}l'écriture n'est pas comprise ({detail})"),
        "vérifiez les guillemets, les crochets et les signes = de cette ligne et de celle d'avant",
    );
}

fn partner(report: &mut Report, document: &Document<String>) -> Option<Partner> {
    let Some(table) = document.get("partner").and_then(Item::as_table_like) else {
        report.add(
            "partner",
            "la partie [partner] manque",
            "commencez le fichier par [partner], puis id = \"…\" et name = \"…\"",
        );
        return None;
    };
    let fields = Fields::new(table, "partner.");
    let id = fields.required(report, "id", "mon-organisme");
    let name = fields.required(report, "name", "Mon organisme");
    fields.finish(report);
    Some(Partner {
        id: id?,
        name: name?,
    })
}

fn videos(report: &mut Report, document: &Document<String>) -> Vec<(usize, SourceVideo)> {
    let entries = match document.get("video") {
        Some(Item::ArrayOfTables(entries)) => entries,
        None => return Vec::new(),
        Some(_) => {
            let remedy = "commencez chaque vidéo par une ligne [[video]], avec deux crochets";
            report.add("video", "ce n'est pas une liste de vidéos", remedy);
            return Vec::new();
        }
    };
    let mut videos = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        report.enter(name(index, entry), Some(index));
        videos.extend(video(report, entry).map(|video| (index, video)));
    }
    report.leave();
    videos
}

fn name(index: usize, entry: &dyn TableLike) -> String {
    match entry.get("id").and_then(Item::as_str) {
        Some(id) => check::named(id),
        None => format!("vidéo numéro {}", index + 1),
    }
}

fn video(report: &mut Report, entry: &dyn TableLike) -> Option<SourceVideo> {
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
    let rest = (
        fields.strings(report, "aliases"),
        fields.strings(report, "keywords"),
        fields.string(report, "summary").unwrap_or_default(),
        fields.strings(report, "univers"),
        fields.string(report, "rubrique"),
        fields.number(report, "priority"),
        fields.flag(report, "featured"),
        fields.date(report, "added"),
        fields.string(report, "poster"),
        fields.string(report, "transcript"),
    );
    fields.finish(report);
    let (
        aliases,
        keywords,
        summary,
        univers,
        rubrique,
        priority,
        featured,
        added,
        poster,
        transcript,
    ) = rest;
    Some(SourceVideo {
        id: id?,
        kind: kind?,
        title: title?,
        aliases,
        keywords,
        summary,
        univers,
        rubrique,
        language,
        priority,
        featured,
        added,
        file: file?,
        poster,
        captions,
        transcript,
    })
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
    let tracks = match fields.get("captions") {
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

/// The rules that also hold for a catalogue.
pub(super) fn check(
    report: &mut Report,
    partner: &Partner,
    videos: &[(usize, SourceVideo)],
    classification: &Classification,
) {
    check::partner(report, &partner.id, &partner.name);
    check::unique_ids(
        report,
        videos
            .iter()
            .map(|(index, video)| (*index, video.id.as_str())),
    );
    if videos.len() > limits::VIDEOS {
        let problem = format!(
            "{} vidéos, au plus {} sont admises",
            videos.len(),
            limits::VIDEOS
        );
        report.add(
            "video",
            problem,
            "répartissez-les entre plusieurs partenaires",
        );
    }
    for (index, video) in videos {
        report.enter(check::named(&video.id), Some(*index));
        let description = Description {
            id: &video.id,
            kind: video.kind,
            title: &video.title,
            aliases: &video.aliases,
            keywords: &video.keywords,
            summary: &video.summary,
            univers: &video.univers,
            rubrique: video.rubrique.as_deref(),
            language: &video.language,
        };
        check::describe(report, &description, classification);
        check::caption_languages(
            report,
            video.captions.iter().map(|track| track.language.as_str()),
        );
    }
    report.leave();
}
