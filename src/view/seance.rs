//! One dated session.

use media_manifest::catalogue::Session;
use slint::ComponentHandle;

use crate::catalogue::Catalogue;

use super::accueil::play;
use super::agenda::meeting;
use super::cards::{card, rows};
use super::handle::Handle;
use super::markup::{App, SeanceAdapter};
use super::stage::Stage;
use super::{qr, text};

/// Videos that fit under a session.
const VIDEOS: usize = 2;

pub fn bind(ui: &App, handle: &Handle) {
    let to = handle.clone();
    ui.global::<SeanceAdapter>()
        .on_play(move |key| to.visit(play(&key)));
}

pub fn show(stage: &Stage, key: &str) {
    let Some(ui) = stage.ui() else { return };
    let adapter = ui.global::<SeanceAdapter>();
    let catalogue = stage.library.catalogue();
    let entry = catalogue.session(key);
    adapter.set_gone(entry.is_none());
    let Some(entry) = entry else { return };
    let session = &entry.session;
    adapter.set_meeting(meeting(entry));
    adapter.set_summary(text::unbroken(&session.summary).into());
    adapter.set_audiences(audiences(catalogue, session).into());
    adapter.set_address(text::foldable(&session.address).into());
    adapter.set_code(qr::code(session.url.as_deref().unwrap_or_default()));
    let videos = session.videos.iter().filter_map(|key| catalogue.video(key));
    adapter.set_videos(rows(
        videos
            .filter(|item| item.available)
            .take(VIDEOS)
            .map(|item| card(catalogue, item)),
    ));
}

/// Names of the audiences it is meant for; empty when it is for everybody.
fn audiences(catalogue: &Catalogue, session: &Session) -> String {
    let named = catalogue.audiences().iter();
    let names: Vec<_> = named
        .filter(|audience| session.audiences.contains(&audience.id))
        .map(|audience| audience.name.as_str())
        .collect();
    names.join(", ")
}
