//! The systems that the network offers.

use std::collections::HashSet;

use crate::firmware::{FORMAT, Firmware, Release};

use super::{Problem, Report, files, is_id, limits, named, place, text};

const REPUBLISH: &str = "publiez de nouveau avec « media-manifest firmware »";

/// Checks the systems that the network offers.
#[must_use]
pub fn firmware(firmware: &Firmware) -> Vec<Problem> {
    let mut report = Report::new("firmware.json");
    if firmware.format != FORMAT {
        let problem = format!("version {} du format", firmware.format);
        report.add("format", problem, "mettez d'abord à jour ce programme");
    }
    if firmware.releases.len() > limits::RELEASES {
        let problem = format!("{} systèmes", firmware.releases.len());
        let remedy = format!("gardez-en {} au plus", limits::RELEASES);
        report.add("releases", problem, remedy);
        return report.into_problems();
    }
    let mut products = HashSet::new();
    for (index, release) in firmware.releases.iter().enumerate() {
        let entry = named("système", &text::shown(&release.product));
        report.enter(entry, place("releases", index));
        one(&mut report, release);
        if !products.insert(&release.product) {
            report.add("product", "il y a deux systèmes pour ce produit", REPUBLISH);
        }
    }
    report.into_problems()
}

fn one(report: &mut Report, release: &Release) {
    if !is_id(&release.product) {
        let problem = format!("« {} » n'est pas un produit", text::shown(&release.product));
        report.add("product", problem, "écrivez-le avec a-z, 0-9 et -");
    }
    files::file(report, "bundle", &release.bundle, limits::BUNDLE_BYTES);
}
