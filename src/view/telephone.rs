//! "Continuer sur mon téléphone".

use slint::ComponentHandle;

use super::markup::TelephoneAdapter;
use super::stage::Stage;
use super::{qr, text};

/// A video that has just begun goes on from its beginning, ms.
const BEGUN_MS: u64 = 1_000;

pub fn show(stage: &Stage, key: &str, at_ms: u64) {
    let Some(ui) = stage.ui() else { return };
    let catalogue = stage.library.catalogue();
    let title = catalogue.video(key).map_or("", |item| item.title());
    let handover = catalogue.handover(key, at_ms);
    let (url, address) = handover.map_or_else(Default::default, |to| (to.url, to.address));
    let adapter = ui.global::<TelephoneAdapter>();
    adapter.set_title(text::unbroken(title).into());
    adapter.set_position(position(at_ms).into());
    adapter.set_code(qr::code(&url));
    adapter.set_address(text::foldable(&address).into());
}

fn position(at_ms: u64) -> String {
    if at_ms < BEGUN_MS {
        return String::new();
    }
    text::clock(at_ms)
}
