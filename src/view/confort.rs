//! What a visitor may change for the length of a visit.

use slint::ComponentHandle;

use crate::visit::{self, Action, Comfort};

use super::cards::number;
use super::handle::Handle;
use super::markup::{App, ComfortOption, ConfortAdapter};

pub fn bind(ui: &App, handle: &Handle) {
    let to = handle.clone();
    ui.global::<ConfortAdapter>()
        .on_toggle(move |option| to.visit(Action::Toggle(named(option))));
}

pub fn show(ui: &App, comfort: &Comfort, promised_min: u64) {
    let adapter = ui.global::<ConfortAdapter>();
    adapter.set_large_text(comfort.is_on(visit::ComfortOption::LargeText));
    adapter.set_contrast(comfort.is_on(visit::ComfortOption::Contrast));
    adapter.set_low_reach(comfort.is_on(visit::ComfortOption::LowReach));
    adapter.set_read_aloud(comfort.is_on(visit::ComfortOption::ReadAloud));
    adapter.set_large_captions(comfort.is_on(visit::ComfortOption::LargeCaptions));
    adapter.set_solid_captions(comfort.is_on(visit::ComfortOption::SolidCaptions));
    adapter.set_captions(comfort.is_on(visit::ComfortOption::Captions));
    adapter.set_still(comfort.is_on(visit::ComfortOption::Still));
    adapter.set_more_time(comfort.is_on(visit::ComfortOption::MoreTime));
    adapter.set_promised_min(number(promised_min));
}

const fn named(option: ComfortOption) -> visit::ComfortOption {
    match option {
        ComfortOption::LargeText => visit::ComfortOption::LargeText,
        ComfortOption::Contrast => visit::ComfortOption::Contrast,
        ComfortOption::LowReach => visit::ComfortOption::LowReach,
        ComfortOption::ReadAloud => visit::ComfortOption::ReadAloud,
        ComfortOption::Captions => visit::ComfortOption::Captions,
        ComfortOption::LargeCaptions => visit::ComfortOption::LargeCaptions,
        ComfortOption::SolidCaptions => visit::ComfortOption::SolidCaptions,
        ComfortOption::Still => visit::ComfortOption::Still,
        ComfortOption::MoreTime => visit::ComfortOption::MoreTime,
    }
}
