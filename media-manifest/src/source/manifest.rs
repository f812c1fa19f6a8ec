//! `manifest.toml`, from text to what a partner offers.

use toml_edit::{Document, Item, TableLike};

use crate::catalogue::{Classification, Playlist, Session};
use crate::check::{self, Description, Known, Report, limits, place};

use super::fields::Fields;
use super::lines::{Lines, line_at};
use super::{SourceVideo, agenda, playlist, video};

/// What could be read of a manifest.
pub(super) struct Found {
    pub(super) partner: Partner,
    /// Videos with their place in the file.
    pub(super) videos: Vec<(String, SourceVideo)>,
    /// Sessions with their place in the file.
    pub(super) sessions: Vec<(String, Session)>,
    /// Playlists with their place in the file.
    pub(super) playlists: Vec<(String, Playlist)>,
    /// Identifiers of all videos, also of those that could not be read.
    ids: Vec<String>,
}

/// Who publishes.
pub(super) struct Partner {
    pub(super) id: String,
    pub(super) name: String,
}

/// The lists of a manifest: what they hold, in the singular and for a remedy.
const LISTS: [(&str, &str, &str); 3] = [
    ("video", "vidéo", "chaque vidéo"),
    ("session", "séance", "chaque séance"),
    ("playlist", "playlist", "chaque playlist"),
];

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
    let [videos, sessions, playlists] = LISTS;
    let videos_found = entries(report, &document, videos, video::read);
    let sessions = entries(report, &document, sessions, agenda::read);
    let playlists = entries(report, &document, playlists, playlist::read);
    for (name, _) in document.iter() {
        if name != "partner" && LISTS.iter().all(|(list, ..)| *list != name) {
            let remedy = "un manifeste contient [partner], puis des [[video]], des [[session]] et \
                          des [[playlist]]";
            report.add(name, "cette partie n'existe pas", remedy);
        }
    }
    let found = partner.map(|partner| Found {
        partner,
        videos: videos_found,
        sessions,
        playlists,
        ids: ids(&document),
    });
    (found, lines)
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

/// Reads a list of entries, each with its place in the file.
fn entries<T>(
    report: &mut Report,
    document: &Document<String>,
    (list, noun, each): (&str, &str, &str),
    read: impl Fn(&mut Report, &dyn TableLike) -> Option<T>,
) -> Vec<(String, T)> {
    let tables = match document.get(list) {
        Some(Item::ArrayOfTables(tables)) => tables,
        None => return Vec::new(),
        Some(_) => {
            report.add(
                list,
                "ce n'est pas une liste",
                format!("commencez {each} par une ligne [[{list}]], avec deux crochets"),
            );
            return Vec::new();
        }
    };
    let mut entries = Vec::new();
    for (index, table) in tables.iter().enumerate() {
        let name = match table.get("id").and_then(Item::as_str) {
            Some(id) => check::named(noun, id),
            None => format!("{noun} numéro {}", index + 1),
        };
        let place = place(list, index);
        report.enter(name, &place);
        entries.extend(read(report, table).map(|entry| (place, entry)));
    }
    report.leave();
    entries
}

fn ids(document: &Document<String>) -> Vec<String> {
    let videos = document.get("video").and_then(Item::as_array_of_tables);
    let ids = videos.into_iter().flat_map(|videos| videos.iter());
    ids.filter_map(|video| video.get("id")?.as_str().map(str::to_owned))
        .collect()
}

impl Found {
    /// The rules that also hold for a catalogue.
    pub(super) fn check(&self, report: &mut Report, classification: &Classification) {
        check::partner(report, &self.partner.id, &self.partner.name);
        self.sizes(report);
        self.identifiers(report);
        for (place, video) in &self.videos {
            report.enter(check::named("vidéo", &video.id), place);
            describe(report, video, classification);
        }
        report.leave();
        let ids = self.ids.iter().map(String::as_str);
        let known = Known::of(&self.partner.id, ids);
        for (place, session) in &self.sessions {
            check::session(report, place, session, &known, classification);
        }
        for (place, playlist) in &self.playlists {
            check::playlist(report, place, playlist, &known, classification);
        }
    }

    fn sizes(&self, report: &mut Report) {
        for (list, nouns, count, most) in [
            ("video", "vidéos", self.videos.len(), limits::VIDEOS),
            ("session", "séances", self.sessions.len(), limits::SESSIONS),
            (
                "playlist",
                "playlists",
                self.playlists.len(),
                limits::PLAYLISTS,
            ),
        ] {
            check::few(report, list, nouns, count, most);
        }
    }

    fn identifiers(&self, report: &mut Report) {
        let videos = self.videos.iter();
        let videos = videos.map(|(place, video)| (place.clone(), video.id.as_str()));
        check::unique(report, "vidéo", videos);
        let sessions = self.sessions.iter();
        let sessions = sessions.map(|(place, session)| (place.clone(), session.id.as_str()));
        check::unique(report, "séance", sessions);
        let playlists = self.playlists.iter();
        let playlists = playlists.map(|(place, playlist)| (place.clone(), playlist.id.as_str()));
        check::unique(report, "playlist", playlists);
        let codes = self.videos.iter();
        let codes =
            codes.map(|(place, video)| (place.clone(), video.id.as_str(), video.code.as_deref()));
        check::unique_codes(report, codes);
    }
}

fn describe(report: &mut Report, video: &SourceVideo, classification: &Classification) {
    let description = Description {
        id: &video.id,
        kind: video.kind,
        title: &video.title,
        aliases: &video.aliases,
        keywords: &video.keywords,
        summary: &video.summary,
        univers: &video.univers,
        rubrique: video.rubrique.as_deref(),
        likes: &video.likes,
        code: video.code.as_deref(),
        language: &video.language,
    };
    check::describe(report, &description, classification);
    let tracks = video.captions.iter();
    check::caption_languages(report, tracks.map(|track| track.language.as_str()));
}
