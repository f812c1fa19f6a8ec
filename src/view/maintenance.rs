//! What staff look at, standing before the borne.

use slint::ComponentHandle;

use crate::settings::Screen;
use crate::status::summary::{self, Summary};
use crate::status::wording;
use crate::visit::{Action, Trial};

use super::calendar::belgian;
use super::cards::rows;
use super::handle::Handle;
use super::markup::{App, Fact, FactName, MaintenanceAdapter, TrialChoice};
use super::qr;
use super::stage::Stage;

/// Longest text of the support code, characters: a denser code is not read from a hand's distance.
const MAX_SUPPORT: usize = 300;

pub fn bind(ui: &App, handle: &Handle) {
    let to = handle.clone();
    ui.global::<MaintenanceAdapter>()
        .on_try_out(move |choice| to.visit(Action::Try(trial(choice))));
}

pub fn show(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    let staff = &stage.staff;
    let summary = summary::gather(&staff.settings, &*staff.clock);
    let has_central = staff.settings.central.is_some();
    let adapter = ui.global::<MaintenanceAdapter>();
    adapter.set_facts(rows(facts(&summary, &staff.settings.screen, has_central)));
    adapter.set_code(qr::code(&support(&summary)));
}

const fn trial(choice: TrialChoice) -> Trial {
    match choice {
        TrialChoice::Touch => Trial::Touch,
        TrialChoice::Screen => Trial::Screen,
        TrialChoice::Sound => Trial::Sound,
        TrialChoice::Calibration => Trial::Calibration,
    }
}

/// Every fact, in the order shown: two beside each other.
fn facts(summary: &Summary, screen: &Screen, has_central: bool) -> Vec<Fact> {
    vec![
        well(FactName::Borne, summary.borne.clone()),
        well(FactName::Version, summary.version.to_owned()),
        catalogue(summary),
        missing(summary),
        repository(summary),
        central(summary, has_central),
        queue(summary),
        rejected(summary),
        disk(summary),
        clock(summary),
        picture(summary, screen),
        errors(summary),
    ]
}

fn fact(name: FactName, value: String, fault: bool) -> Fact {
    Fact {
        name,
        value: value.into(),
        fault,
    }
}

fn well(name: FactName, value: String) -> Fact {
    fact(name, value, false)
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
        return well(FactName::Central, "–".to_owned());
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

/// What support needs to know, as words of the status files: nothing of it comes from a visitor.
fn support(summary: &Summary) -> String {
    let missing: usize = summary.missing.values().map(Vec::len).sum();
    let delivery = summary.sync.status.as_ref().map(|status| &status.delivery);
    let trouble = delivery.and_then(|delivery| delivery.last_error.as_ref());
    let play = summary.play.status.as_ref();
    let fields = [
        ("borne", summary.borne.clone()),
        ("version", summary.version.to_owned()),
        (
            "generation",
            summary
                .catalogue
                .as_ref()
                .map_or(0, |it| it.generation)
                .to_string(),
        ),
        ("network", summary.network.clone()),
        (
            "central",
            trouble.map_or("ok", |failure| &failure.code).to_owned(),
        ),
        ("missing", missing.to_string()),
        (
            "free_mb",
            summary.disk.map_or(0, |disk| disk.free_mb).to_string(),
        ),
        ("synced", summary.clock_synced.to_string()),
        ("errors", play.map_or(0, |status| status.errors).to_string()),
        (
            "last",
            play.and_then(|status| status.last_error.clone())
                .unwrap_or_default(),
        ),
    ];
    let words: Vec<_> = fields
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    words.join(" ").chars().take(MAX_SUPPORT).collect()
}

#[cfg(test)]
mod tests;
