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

/// Free space below which nothing more can be stored, MB beyond the reserve: as `borne doctor` says.
const NARROW_MB: u64 = 200;

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
    fact(
        FactName::Disk,
        value,
        disk.free_mb < disk.reserve_mb + NARROW_MB,
    )
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
mod tests {
    use std::collections::BTreeMap;

    use crate::settings::{Orientation, Renderer};
    use crate::status::summary::{Catalogue, Disk, Process, Queue};
    use crate::status::sync::Failure;
    use crate::status::{PlayerStatus, SyncStatus};

    use super::*;

    const SCREEN: Screen = Screen {
        width_mm: 476,
        height_mm: 268,
        lower_edge_mm: 800,
        reading_distance_mm: 600,
        plinth: false,
        fullscreen: true,
        renderer: Renderer::Auto,
        orientation: Orientation::Auto,
    };

    fn at(text: &str) -> jiff::Timestamp {
        text.parse().unwrap()
    }

    /// A borne on which all is well.
    fn sound() -> Summary {
        let mut sync = SyncStatus {
            last_success: Some(at("2026-11-22T08:05:00Z")),
            ..SyncStatus::default()
        };
        sync.delivery.last_success = Some(at("2026-11-22T08:06:00Z"));
        Summary {
            borne: "mons-1".to_owned(),
            site: "Mons".to_owned(),
            version: "0.1.0",
            at: at("2026-11-22T08:30:00Z"),
            clock_synced: true,
            network: "ok".to_owned(),
            play: Process {
                running: true,
                status: Some(PlayerStatus::new(
                    1,
                    at("2026-11-22T08:00:00Z"),
                    "software".to_owned(),
                )),
            },
            sync: Process {
                running: true,
                status: Some(sync),
            },
            catalogue: Some(Catalogue {
                generation: 12,
                promoted_at: at("2026-11-21T08:00:00Z"),
                version: "demo=3".to_owned(),
                issued: Some("2026-11-20".parse().unwrap()),
                videos: 19,
            }),
            missing: BTreeMap::new(),
            disk: Some(Disk {
                free_mb: 12_345,
                total_mb: 64_000,
                reserve_mb: 3_200,
            }),
            queue: Some(Queue {
                waiting: 35,
                rejected: 0,
            }),
        }
    }

    fn failure(code: &str) -> Failure {
        Failure {
            code: code.to_owned(),
            ..Failure::default()
        }
    }

    /// The names of what is marked as a fault.
    fn faults(summary: &Summary) -> Vec<FactName> {
        let facts = facts(summary, &SCREEN, true).into_iter();
        facts
            .filter(|fact| fact.fault)
            .map(|fact| fact.name)
            .collect()
    }

    fn value(summary: &Summary, name: FactName) -> String {
        let mut facts = facts(summary, &SCREEN, true).into_iter();
        facts.find(|fact| fact.name == name).unwrap().value.into()
    }

    #[test]
    fn a_borne_on_which_all_is_well_says_so_with_its_figures() {
        let summary = sound();
        assert_eq!(faults(&summary), []);
        for (name, expected) in [
            (FactName::Catalogue, "n°\u{a0}12 · 20/11/2026"),
            (FactName::Repository, "22/11/2026 09:05"),
            (FactName::Central, "22/11/2026 09:06"),
            (FactName::Queue, "35"),
            (FactName::Disk, "12,3 / 64,0 Go"),
            (FactName::Clock, "22/11/2026 09:30"),
            (FactName::Screen, "476 × 268 mm · software"),
        ] {
            assert_eq!(value(&summary, name), expected);
        }
    }

    #[test]
    fn each_fault_is_marked_where_it_is() {
        type Break = fn(&mut Summary);
        let cases: [(FactName, Break); 9] = [
            (FactName::Catalogue, |it| it.catalogue = None),
            (FactName::Missing, |it| {
                it.missing
                    .insert("offline".to_owned(), vec!["demo/a".to_owned()]);
            }),
            (FactName::Repository, |it| it.network = "offline".to_owned()),
            (FactName::Central, |it| {
                it.sync.status.as_mut().unwrap().delivery.last_error = Some(failure("revoked"));
            }),
            (FactName::Rejected, |it| {
                it.queue.as_mut().unwrap().rejected = 2
            }),
            (FactName::Disk, |it| {
                it.disk.as_mut().unwrap().free_mb = 3_300
            }),
            (FactName::Disk, |it| it.disk = None),
            (FactName::Clock, |it| it.clock_synced = false),
            (FactName::Errors, |it| {
                it.play.status.as_mut().unwrap().errors = 1
            }),
        ];
        for (name, break_it) in cases {
            let mut summary = sound();
            break_it(&mut summary);
            assert_eq!(faults(&summary), [name]);
        }
    }

    #[test]
    fn a_borne_without_central_has_no_fault_there() {
        let facts = facts(&sound(), &SCREEN, false);
        let central = facts.iter().find(|fact| fact.name == FactName::Central);
        assert!(central.is_some_and(|fact| !fact.fault && fact.value == "–"));
    }

    #[test]
    fn the_code_for_support_holds_versions_and_codes_and_stays_readable() {
        let mut summary = sound();
        summary.network = "offline".to_owned();
        let text = support(&summary);
        assert!(text.starts_with("borne=mons-1 version=0.1.0 generation=12 network=offline"));
        let player = summary.play.status.as_mut().unwrap();
        player.last_error = Some("x".repeat(1_000));
        assert_eq!(support(&summary).chars().count(), MAX_SUPPORT);
    }
}
