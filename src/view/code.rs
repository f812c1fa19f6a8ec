//! A code is asked for.

use slint::ComponentHandle;

use crate::visit::{Action, Area, Place, Verdict};

use super::cards::number;
use super::handle::Handle;
use super::markup::{App, CodeAdapter, CodeArea, CodeState};
use super::shell::act;
use super::stage::Stage;

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<CodeAdapter>();
    let to = handle.clone();
    adapter.on_digit(move |key| {
        for digit in key.chars() {
            to.visit(Action::Digit(digit));
        }
    });
    act(handle, Action::Erase, |act| adapter.on_erase(act));
    act(handle, Action::Enter, |act| adapter.on_enter(act));
}

/// What was typed, and what changes without a touch: a lock counts down.
pub fn follow(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    let Place::Code {
        area,
        typed,
        verdict,
    } = stage.visit.place()
    else {
        return;
    };
    let adapter = ui.global::<CodeAdapter>();
    adapter.set_area(match area {
        Area::Group => CodeArea::Group,
        Area::Maintenance => CodeArea::Maintenance,
        Area::Reset => CodeArea::Reset,
    });
    adapter.set_typed(number(typed.len()));
    let gate = &stage.staff.gate;
    let left = gate.seconds_left(*area, stage.now());
    adapter.set_state(match (left, verdict) {
        (Some(_), _) => CodeState::Locked,
        _ if gate.is_judging() => CodeState::Judging,
        (None, Verdict::Refused) => CodeState::Refused,
        (None, _) => CodeState::Open,
    });
    adapter.set_seconds(left.map_or(0, number));
}
