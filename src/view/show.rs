//! The place at hand, on the screen: the one way from state to picture.

use slint::{ComponentHandle, Image};

use crate::status;
use crate::visit::{ComfortOption, Outlook, Place, Trial};

use super::cards::number;
use super::markup::{ConfortAdapter, Posters, ScreenName, Shell, Speech, Theme, VeilleAdapter};
use super::stage::Stage;
use super::{
    accueil, agenda, arret, chercher, code, confort, conseiller, demarrage, ecran, essai, fiche,
    garder, groupe, installation, lecteur, liste, machine, maintenance, maintenant, playlists,
    reseau, seance, shell, telephone, univers, veille, volume,
};

/// Everything, where it differs from what is shown.
pub fn all(stage: &mut Stage) {
    let Some(ui) = stage.ui() else { return };
    let frame = ui.global::<Shell>();
    frame.set_countdown(stage.visit.countdown_s().map_or(-1, number));
    shell::speak(&ui, stage.visit.language());
    comfort(stage);
    playing(stage);
    let place = stage.visit.place().clone();
    let outlook = stage.visit.machine();
    let as_shown = |(shown, told): &(Place, Outlook)| *shown == place && told == outlook;
    if stage.shown.as_ref().is_some_and(as_shown) {
        return;
    }
    match &place {
        Place::Accueil => accueil::show(stage),
        Place::Univers(groups) => univers::show(stage, *groups),
        Place::Liste { shelf, page } => liste::show(stage, shelf, *page),
        Place::Maintenant { key, failed } => maintenant::show(stage, key, *failed),
        Place::Chercher { query } => chercher::show(stage, query),
        Place::Lecteur { .. } => lecteur::show(stage),
        Place::Fiche { key } => fiche::show(stage, key),
        Place::Telephone { key, at_ms } => telephone::show(stage, key, *at_ms),
        Place::Conseiller => conseiller::show(stage),
        Place::Agenda { audience, page } => agenda::show(stage, audience.as_deref(), *page),
        Place::Seance { key } => seance::show(stage, key),
        Place::Playlists => playlists::show(stage),
        Place::Groupe(session) => groupe::show(stage, session),
        Place::Maintenance => maintenance::show(stage),
        Place::Essai(trial) => essai::show(stage, *trial),
        Place::Code { .. } => code::follow(stage),
        Place::Installation(setup) => installation::show(stage, setup),
        Place::Reseau(setup) => reseau::show(stage, setup),
        Place::Machine => machine::show(stage),
        Place::Ecran(told) => ecran::show(stage, told),
        Place::Garder { .. } => garder::follow(stage),
        Place::Volume { sound, told } => volume::show(stage, *sound, told),
        Place::Arret { halt, told } => arret::show(stage, *halt, told),
        Place::Veille | Place::Aide | Place::Confort => {}
    }
    frame.set_screen(screen(stage, &place));
    frame.set_installing(stage.visit.is_installing());
    tracing::debug!(place = place.name(), "shown");
    stage.shown = Some((place, stage.visit.machine().clone()));
}

fn screen(stage: &Stage, place: &Place) -> ScreenName {
    match place {
        Place::Veille if !stage.library.is_ready() => ScreenName::Starting,
        Place::Veille if stage.is_dark() => ScreenName::Nuit,
        Place::Veille => ScreenName::Veille,
        Place::Accueil => ScreenName::Accueil,
        Place::Univers(_) => ScreenName::Univers,
        Place::Liste { .. } => ScreenName::Liste,
        Place::Lecteur { .. } => ScreenName::Lecteur,
        Place::Maintenant { .. } => ScreenName::Maintenant,
        Place::Chercher { .. } => ScreenName::Chercher,
        Place::Aide => ScreenName::Aide,
        Place::Fiche { .. } => ScreenName::Fiche,
        Place::Telephone { .. } => ScreenName::Telephone,
        Place::Conseiller => ScreenName::Conseiller,
        Place::Agenda { .. } => ScreenName::Agenda,
        Place::Seance { .. } => ScreenName::Seance,
        Place::Code { .. } => ScreenName::Code,
        Place::Playlists => ScreenName::Playlists,
        Place::Groupe(_) => ScreenName::Groupe,
        Place::Maintenance => ScreenName::Maintenance,
        Place::Essai(Trial::Touch | Trial::Screen) => ScreenName::EssaiPlein,
        Place::Essai(Trial::Sound | Trial::Calibration) => ScreenName::Essai,
        Place::Installation(_) => ScreenName::Installation,
        Place::Machine => ScreenName::Machine,
        Place::Reseau(_) => ScreenName::Reseau,
        Place::Ecran(_) => ScreenName::Ecran,
        Place::Garder { .. } => ScreenName::Garder,
        Place::Volume { .. } => ScreenName::Volume,
        Place::Arret { .. } => ScreenName::Arret,
        Place::Confort => ScreenName::Confort,
    }
}

/// A word for the place at hand, for status.
pub fn screen_name(stage: &Stage) -> &'static str {
    let before_visits = matches!(
        stage.visit.place(),
        Place::Installation(_) | Place::Garder { .. }
    );
    if !stage.library.is_ready() && !before_visits {
        return "demarrage";
    }
    if stage.is_dark() {
        return "nuit";
    }
    if stage.visit.countdown_s().is_some() {
        return "inactivite";
    }
    stage.visit.place().name()
}

fn comfort(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    let chosen = stage.visit.comfort();
    let theme = ui.global::<Theme>();
    theme.set_contrast(chosen.is_on(ComfortOption::Contrast));
    theme.set_large_text(chosen.is_on(ComfortOption::LargeText));
    theme.set_low(chosen.is_on(ComfortOption::LowReach));
    theme.set_large_captions(chosen.is_on(ComfortOption::LargeCaptions));
    theme.set_solid_captions(chosen.is_on(ComfortOption::SolidCaptions));
    ui.global::<Speech>()
        .set_on(chosen.is_on(ComfortOption::ReadAloud));
    ui.global::<ConfortAdapter>()
        .set_can_speak(stage.voice.is_ready());
    theme.set_still(chosen.is_on(ComfortOption::Still));
    confort::show(&ui, chosen, stage.visit.promised_min());
}

/// Bar, captions and controls of what plays.
pub fn playing(stage: &Stage) {
    match stage.visit.place() {
        Place::Lecteur { .. } => lecteur::follow(stage),
        Place::Veille => veille::follow(stage),
        Place::Conseiller => conseiller::follow(stage),
        Place::Code { .. } => code::follow(stage),
        Place::Garder { .. } => garder::follow(stage),
        Place::Volume { .. } => volume::follow(stage),
        Place::Essai(Trial::Sound) => essai::follow(stage),
        _ => {}
    }
}

/// A picture of what plays.
pub fn picture(stage: &Stage, image: Image) {
    match stage.visit.place() {
        Place::Lecteur { .. } => lecteur::picture(stage, image),
        Place::Veille => veille::picture(stage, image),
        _ => {}
    }
}

/// Size at which pictures are drawn, pixels: even, as decoders like it.
pub fn picture_size(stage: &Stage, preview: bool) -> Option<(u32, u32)> {
    let ui = stage.ui()?;
    let window = ui.window();
    if !preview {
        let size = window.size();
        return Some((size.width, size.height));
    }
    let clip = ui.global::<VeilleAdapter>();
    let scale = window.scale_factor();
    Some((
        pixels(clip.get_clip_width() * scale),
        pixels(clip.get_clip_height() * scale),
    ))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded and clamped to a screen's size"
)]
pub fn pixels(length: f32) -> u32 {
    length.round().clamp(2.0, 8192.0) as u32
}

/// A still has come: what shows one asks again.
pub fn stills(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    let posters = ui.global::<Posters>();
    posters.set_version(posters.get_version().wrapping_add(1));
}

/// Whether the borne is cut off, and what the first synchronisation is at.
pub fn sync_state(stage: &mut Stage) {
    let Some(ui) = stage.ui() else { return };
    let sync = status::sync::read(&stage.data);
    ui.global::<Shell>()
        .set_offline(sync.as_ref().is_some_and(demarrage::is_offline));
    if !stage.library.is_ready() {
        demarrage::show(&ui, sync.as_ref());
    }
}
