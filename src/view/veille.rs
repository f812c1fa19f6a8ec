//! The attract loop.

use slint::{ComponentHandle, Image};

use crate::visit::Action;

use super::cards::rows;
use super::handle::Handle;
use super::markup::{App, VeilleAdapter};
use super::shell::act;
use super::stage::Stage;
use super::text;

pub fn bind(ui: &App, handle: &Handle) {
    act(handle, Action::Wake, |act| {
        ui.global::<VeilleAdapter>().on_wake(act);
    });
}

pub fn follow(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    let adapter = ui.global::<VeilleAdapter>();
    adapter.set_has_frame(stage.pictured);
    adapter.set_key(stage.film.key.as_str().into());
    adapter.set_title(text::unbroken(&stage.film.title).into());
    super::lecteur::set_lines(
        &adapter.get_caption(),
        stage.film.caption(stage.playback.position_ms()),
        |lines| adapter.set_caption(rows(lines)),
    );
}

pub fn picture(stage: &Stage, image: Image) {
    let Some(ui) = stage.ui() else { return };
    let adapter = ui.global::<VeilleAdapter>();
    adapter.set_frame(image);
    adapter.set_has_frame(true);
}
