//! What staff look at, standing before the borne.

mod support; // the code for whoever helps from afar

use slint::ComponentHandle;

use crate::settings::Screen;
use crate::status::firmware::FirmwareState;
use crate::status::state::{self, State};
use crate::status::summary::Summary;
use crate::status::wording;
use crate::visit::{Action, Order, Trial};

use super::calendar::belgian;
use super::cards::rows;
use super::handle::Handle;
use super::markup::{App, Fact, FactName, FactNote, MaintenanceAdapter, TrialChoice};
use super::qr;
use super::shell::act;
use super::stage::Stage;
use support::support;

/// Shown where there is nothing to know.
const NOTHING: &str = "–";

pub fn bind(ui: &App, handle: &Handle) {
    let to = handle.clone();
    ui.global::<MaintenanceAdapter>()
        .on_try_out(move |choice| to.visit(Action::Try(trial(choice))));
    act(handle, Action::Order(Order::Open), |act| {
        ui.global::<MaintenanceAdapter>().on_open_machine(act);
    });
}

pub fn show(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    let staff = &stage.staff;
    let state = state::gather(&staff.settings, &*staff.clock);
    let has_central = staff.settings.central.is_some();
    let adapter = ui.global::<MaintenanceAdapter>();
    adapter.set_facts(rows(facts(&state, &staff.settings.screen, has_central)));
    adapter.set_code(qr::code(&support(&state.summary)));
}

const fn trial(choice: TrialChoice) -> Trial {
    match choice {
        TrialChoice::Touch => Trial::Touch,
        TrialChoice::Screen => Trial::Screen,
        TrialChoice::Sound => Trial::Sound,
        TrialChoice::Calibration => Trial::Calibration,
    }
}

/// Every fact, in the order shown, two beside each other: what needs attention comes first.
fn facts(state: &State, screen: &Screen, has_central: bool) -> Vec<Fact> {
    let summary = &state.summary;
    let mut facts = vec![
        borne(state),
        picture(summary, screen),
        catalogue(summary),
        back(state),
        missing(summary),
        errors(summary),
        repository(summary),
        import(state),
        central(summary, has_central),
        queue(summary),
        rejected(summary),
        clock(summary),
        disk(summary),
        reading(state),
    ];
    facts.sort_by_key(|fact| !fact.fault);
    facts
}

fn fact(name: FactName, value: String, fault: bool) -> Fact {
    Fact {
        name,
        value: value.into(),
        note: FactNote::None,
        count: 0,
        fault,
    }
}

fn well(name: FactName, value: String) -> Fact {
    fact(name, value, false)
}

/// Its name and version; where the borne replaces its system, also the one that is to come.
fn borne(state: &State) -> Fact {
    let summary = &state.summary;
    let name = format!("{} · {}", summary.borne, summary.version);
    let Some(firmware) = &state.firmware else {
        return well(FactName::Borne, name);
    };
    let running = firmware.running.as_deref().unwrap_or(NOTHING);
    let note = &firmware.note;
    let value = match (&note.offered, note.state) {
        (None, _) | (_, FirmwareState::Current) => format!("{name} ({running})"),
        (Some(offered), _) => format!("{name} ({running} → {offered})"),
    };
    let fault = note.state == FirmwareState::Refused || firmware.running.is_none();
    fact(FactName::Borne, value, fault)
}

fn catalogue(summary: &Summary) -> Fact {
    let value = summary.catalogue.as_ref().map(|catalogue| {
        let issued = catalogue
            .issued
            .map(|day| day.strftime("%d/%m/%Y").to_string());
        let number = format!("n°\u{a0}{}", catalogue.generation);
        [Some(number), issued]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
    });
    let fault = value.is_none();
    fact(FactName::Catalogue, value.unwrap_or_default(), fault)
}

/// Where the way back leads, or what was gone back from and is still refused.
fn back(state: &State) -> Fact {
    let number = |generation: u64| format!("n°\u{a0}{generation}");
    match (&state.refused, state.previous_generation) {
        (Some(refused), _) => Fact {
            note: FactNote::Refused,
            ..fact(FactName::Back, number(refused.generation), true)
        },
        (None, Some(previous)) => well(FactName::Back, number(previous)),
        (None, None) => well(FactName::Back, NOTHING.to_owned()),
    }
}

/// The last import from a folder.
fn import(state: &State) -> Fact {
    let Some(import) = &state.import else {
        return well(FactName::Import, NOTHING.to_owned());
    };
    let (note, value) = match &import.error {
        Some(error) => (FactNote::Failed, wording::explain(&error.code).to_owned()),
        None if import.promoted => (FactNote::Fresh, moment(import.at)),
        None => (FactNote::Same, moment(import.at)),
    };
    Fact {
        note,
        ..fact(FactName::Import, value, import.error.is_some())
    }
}

/// The last reading of the whole media store.
fn reading(state: &State) -> Fact {
    let Some(scrub) = state.scrub else {
        return Fact {
            note: FactNote::Never,
            ..well(FactName::Reading, String::new())
        };
    };
    let note = match (scrub.rotten, scrub.finished) {
        (1.., _) => FactNote::Rotten,
        (0, None) => FactNote::Running,
        (0, Some(_)) => FactNote::None,
    };
    let at = scrub.finished.unwrap_or(scrub.started);
    Fact {
        note,
        count: i32::try_from(scrub.rotten).unwrap_or(i32::MAX),
        ..fact(FactName::Reading, moment(at), scrub.rotten > 0)
    }
}

fn missing(summary: &Summary) -> Fact {
    let count: usize = summary.missing.values().map(Vec::len).sum();
    fact(FactName::Missing, count.to_string(), count > 0)
}

fn repository(summary: &Summary) -> Fact {
    let last = summary
        .sync
        .status
        .as_ref()
        .and_then(|status| status.last_success);
    let trouble = (summary.network != "ok").then_some(summary.network.as_str());
    contact(
        FactName::Repository,
        last,
        trouble.filter(|code| *code != "unknown"),
    )
}

fn central(summary: &Summary, has_central: bool) -> Fact {
    if !has_central {
        return well(FactName::Central, NOTHING.to_owned());
    }
    let delivery = summary.sync.status.as_ref().map(|status| &status.delivery);
    let trouble = delivery.and_then(|delivery| delivery.last_error.as_ref());
    contact(
        FactName::Central,
        delivery.and_then(|delivery| delivery.last_success),
        trouble.map(|failure| failure.code.as_str()),
    )
}

/// When somebody answered last, and why not since.
fn contact(name: FactName, last: Option<jiff::Timestamp>, trouble: Option<&str>) -> Fact {
    let parts = [
        last.map(moment),
        trouble.map(|code| wording::explain(code).to_owned()),
    ];
    let value = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    fact(name, value, last.is_none() || trouble.is_some())
}

fn queue(summary: &Summary) -> Fact {
    let waiting = summary.queue.map(|queue| queue.waiting.to_string());
    well(FactName::Queue, waiting.unwrap_or_default())
}

fn rejected(summary: &Summary) -> Fact {
    let rejected = summary.queue.map_or(0, |queue| queue.rejected);
    fact(FactName::Rejected, rejected.to_string(), rejected > 0)
}

fn disk(summary: &Summary) -> Fact {
    let Some(disk) = summary.disk else {
        return fact(FactName::Disk, String::new(), true);
    };
    let value = format!("{} / {} Go", tenths(disk.free_mb), tenths(disk.total_mb));
    fact(FactName::Disk, value, disk.is_narrow())
}

/// Megabytes as gigabytes: `12,3`.
fn tenths(mb: u64) -> String {
    format!("{},{}", mb / 1_000, mb % 1_000 / 100)
}

fn clock(summary: &Summary) -> Fact {
    fact(FactName::Clock, moment(summary.at), !summary.clock_synced)
}

fn picture(summary: &Summary, screen: &Screen) -> Fact {
    let size = format!("{} × {} mm", screen.width_mm, screen.height_mm);
    let drawn = summary
        .play
        .status
        .as_ref()
        .map(|status| status.renderer.clone());
    let parts = [Some(size), drawn].into_iter().flatten();
    well(FactName::Screen, parts.collect::<Vec<_>>().join(" · "))
}

fn errors(summary: &Summary) -> Fact {
    let count = summary
        .play
        .status
        .as_ref()
        .map_or(0, |status| status.errors);
    fact(FactName::Errors, count.to_string(), count > 0)
}

fn moment(at: jiff::Timestamp) -> String {
    belgian(at).strftime("%d/%m/%Y %H:%M").to_string()
}

#[cfg(test)]
mod tests;
