//! `[[playlist]]`.

use toml_edit::TableLike;

use crate::catalogue::{Playlist, PlaylistItem};
use crate::check::{Report, place};

use super::fields::Fields;
use super::slug;

/// Reads a playlist; `None` when something needed is missing.
pub(super) fn read(report: &mut Report, entry: &dyn TableLike) -> Option<Playlist> {
    let fields = Fields::new(entry, "");
    let title = fields.required(report, "title", "Préparer mon entretien");
    let suggested = slug::of(title.as_deref().unwrap_or("ma-playlist"));
    let id = fields.required(report, "id", &suggested);
    let summary = fields.string(report, "summary").unwrap_or_default();
    let audiences = fields.strings(report, "audiences");
    let tables = fields.tables(report, "item");
    fields.finish(report);
    let items = items(report, &tables);
    Some(Playlist {
        id: id?,
        title: title?,
        summary,
        audiences,
        items: items?,
    })
}

/// The videos of a playlist; `None` when one of them could not be read.
fn items(report: &mut Report, tables: &[&dyn TableLike]) -> Option<Vec<PlaylistItem>> {
    let (playlist, at) = report.entered();
    let mut items = Vec::new();
    for (index, table) in tables.iter().enumerate() {
        let name = format!("{playlist}, vidéo numéro {}", index + 1);
        report.enter(name, place(&format!("{at}.item"), index));
        items.push(item(report, *table));
    }
    report.enter(playlist, at);
    items.into_iter().collect()
}

fn item(report: &mut Report, table: &dyn TableLike) -> Option<PlaylistItem> {
    let fields = Fields::new(table, "");
    let video = fields.required(report, "video", "boulangere-boulanger");
    let question = fields.string(report, "question");
    let answers = fields.strings(report, "answers");
    fields.finish(report);
    Some(PlaylistItem {
        video: video?,
        question,
        answers,
    })
}
