//! What ties the views to the stage.

use std::cell::RefCell;

use slint::{ComponentHandle, Image};

use crate::settings::Settings;

use super::handle::Handle;
use super::inbox::Inbox;
use super::markup::{App, Posters as PostersAdapter, Shell};
use super::posters::{Posters, StillFiles};
use super::{
    accueil, agenda, ahead, arret, chercher, code, confort, ecran, essai, fiche, garder, groupe,
    installation, lecteur, liste, machine, maintenance, maintenant, nuit, playlists, reseau,
    seance, shell, show, univers, veille, volume, window,
};

/// Ties every view to the stage, and shows what it holds.
pub fn all(ui: &App, handle: &Handle, settings: &Settings, inbox: Inbox) {
    shell::bind(ui, handle, settings);
    ahead::bind(ui, handle);
    veille::bind(ui, handle);
    accueil::bind(ui, handle);
    univers::bind(ui, handle);
    liste::bind(ui, handle);
    lecteur::bind(ui, handle);
    fiche::bind(ui, handle);
    agenda::bind(ui, handle);
    seance::bind(ui, handle);
    code::bind(ui, handle);
    playlists::bind(ui, handle);
    groupe::bind(ui, handle);
    maintenance::bind(ui, handle);
    essai::bind(ui, handle);
    installation::bind(ui, handle);
    reseau::bind(ui, handle);
    machine::bind(ui, handle);
    ecran::bind(ui, handle);
    garder::bind(ui, handle);
    volume::bind(ui, handle);
    arret::bind(ui, handle);
    nuit::bind(ui, handle);
    maintenant::bind(ui, handle);
    chercher::bind(ui, handle);
    confort::bind(ui, handle);
    window::bind(ui, handle, &settings.screen);
    let to = handle.clone();
    ui.global::<Shell>()
        .on_arrived(move || to.with(|stage| stage.receive(inbox.take())));
    handle.with(show::all);
}

/// Stills are asked for while the screen is being drawn, when the stage may be in use: where their
/// files are is therefore looked up beside it.
pub fn posters(ui: &App, files: StillFiles, stills: Posters) {
    let stills = RefCell::new(stills);
    let weak = ui.as_weak();
    ui.global::<PostersAdapter>()
        .on_still(move |key, width, height, _version| {
            let scale = weak.upgrade().map_or(1.0, |ui| ui.window().scale_factor());
            let files = files.borrow();
            let (Some(path), Ok(mut stills)) = (files.get(key.as_str()), stills.try_borrow_mut())
            else {
                return Image::default();
            };
            let (width, height) = (show::pixels(width * scale), show::pixels(height * scale));
            stills.still(path, width, height)
        });
}
