//! "Parler à un conseiller": now, or a question that is answered later.

use slint::ComponentHandle;

use crate::catalogue::adviser::{Presence, presence};

use super::calendar::{belgian_now, day, hour};
use super::markup::{App, ConseillerAdapter};
use super::stage::Stage;
use super::{qr, text};

pub fn show(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    let adapter = ui.global::<ConseillerAdapter>();
    let (name, address, url, days) = match stage.library.catalogue().adviser() {
        Some(adviser) => (
            adviser.name.as_str(),
            adviser.address.as_str(),
            adviser.url.as_str(),
            adviser.reply_days,
        ),
        None => ("", "", "", 0),
    };
    adapter.set_name(name.into());
    adapter.set_address(text::foldable(address).into());
    adapter.set_code(qr::code(url));
    adapter.set_reply_days(i32::from(days));
    follow(stage);
}

/// What changes while it is looked at: hours begin and end.
pub fn follow(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    if let Some(adviser) = stage.library.catalogue().adviser() {
        set_presence(&ui, &presence(adviser, belgian_now()));
    }
}

fn set_presence(ui: &App, presence: &Presence) {
    let adapter = ui.global::<ConseillerAdapter>();
    match presence {
        Presence::Live { until } => {
            adapter.set_live(true);
            adapter.set_until(hour(*until));
        }
        Presence::Away { next } => {
            adapter.set_live(false);
            adapter.set_has_next(next.is_some());
            if let Some(next) = next {
                adapter.set_next_day(day(next.date()));
                adapter.set_next_time(hour(next.time()));
            }
        }
    }
}
