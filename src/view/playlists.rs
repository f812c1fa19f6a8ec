//! "Mode groupe": playlists to choose from.

use media_manifest::catalogue::merged::MergedPlaylist;
use slint::ComponentHandle;

use crate::catalogue::{Catalogue, Item};
use crate::visit::Action;

use super::cards::{number, rows};
use super::handle::Handle;
use super::markup::{App, Playlist, PlaylistsAdapter};
use super::stage::Stage;
use super::text;

const MINUTE_MS: u64 = 60_000;

pub fn bind(ui: &App, handle: &Handle) {
    let to = handle.clone();
    ui.global::<PlaylistsAdapter>().on_begin(move |key| {
        to.with(|stage| {
            if let Some(action) = begin(stage.library.catalogue(), &key) {
                stage.visit(action);
            }
        });
    });
}

pub fn show(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    let catalogue = stage.library.catalogue();
    let playlists = catalogue.playlists().iter();
    ui.global::<PlaylistsAdapter>()
        .set_playlists(rows(playlists.map(|entry| row(catalogue, entry))));
}

fn row(catalogue: &Catalogue, entry: &MergedPlaylist) -> Playlist {
    let playlist = &entry.playlist;
    let videos: Vec<_> = playable(catalogue, entry).collect();
    let length_ms: u64 = videos.iter().map(|item| item.duration_ms()).sum();
    let questions = playlist.items.iter().filter(|item| item.question.is_some());
    Playlist {
        key: entry.key.as_str().into(),
        title: text::unbroken(&playlist.title).into(),
        summary: text::unbroken(&playlist.summary).into(),
        videos: number(videos.len()),
        minutes: number((length_ms + MINUTE_MS / 2) / MINUTE_MS),
        questions: number(questions.count()),
    }
}

/// Begins a playlist with what of it can play; nothing when none of it can.
fn begin(catalogue: &Catalogue, key: &str) -> Option<Action> {
    let entry = catalogue.playlist(key)?;
    let videos: Vec<_> = playable(catalogue, entry)
        .map(|item| item.key.clone())
        .collect();
    (!videos.is_empty()).then(|| Action::BeginPlaylist {
        playlist: entry.key.clone(),
        videos,
    })
}

fn playable<'a>(
    catalogue: &'a Catalogue,
    entry: &'a MergedPlaylist,
) -> impl Iterator<Item = &'a Item> {
    let items = entry.playlist.items.iter();
    items
        .filter_map(|item| catalogue.video(&item.video))
        .filter(|item| item.available)
}
