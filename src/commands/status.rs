//! `borne status`: where a borne stands.

use std::process::ExitCode;

use borne::settings::Settings;
use borne::status::summary::{self, Summary};
use borne::status::sync::Failure;
use borne::status::wording;
use clap::Args;

use super::moment;

#[derive(Args)]
pub struct Options {
    /// En JSON, pour une machine
    #[arg(long)]
    json: bool,
}

pub fn run(settings: &Settings, options: &Options) -> ExitCode {
    let summary = summary::gather(settings, &*super::clock(settings));
    if !options.json {
        for (label, value) in lines(&summary) {
            println!("{label:<18} {value}");
        }
        return ExitCode::SUCCESS;
    }
    super::print_json(&summary)
}

fn lines(summary: &Summary) -> Vec<(&'static str, String)> {
    let mut lines = vec![
        ("Borne", format!("{} {}", summary.borne, summary.site)),
        ("Version", summary.version.to_owned()),
        ("Écran", screen(summary)),
        ("Synchronisation", synchronisation(summary)),
        ("Dernier contact", last_contact(summary)),
        ("Réseau", network(summary)),
        ("Catalogue", catalogue(summary)),
    ];
    for (reason, keys) in &summary.missing {
        let why = wording::explain(reason);
        lines.push(("Indisponible", format!("{} : {why}", keys.join(", "))));
    }
    let refused = summary
        .sync
        .status
        .iter()
        .flat_map(|status| &status.refused);
    lines.extend(refused.map(|failure| {
        let text = format!("catalogue de « {} » : {}", failure.partner, failure.detail);
        ("Refusé", text)
    }));
    lines.extend([
        ("Statistiques", statistics(summary)),
        ("Disque", disk(summary)),
        ("Horloge", clock(summary).to_owned()),
    ]);
    lines
}

fn screen(summary: &Summary) -> String {
    match &summary.play.status {
        Some(status) if summary.play.running => {
            let video = status.video.as_deref().unwrap_or("aucune vidéo");
            format!("en marche : {}, {video}", status.screen)
        }
        _ => "arrêté".to_owned(),
    }
}

fn synchronisation(summary: &Summary) -> String {
    let Some(status) = summary
        .sync
        .status
        .as_ref()
        .filter(|_| summary.sync.running)
    else {
        return "arrêtée".to_owned();
    };
    let progress = status.progress;
    match status.next_attempt {
        Some(next) => format!("en marche, prochain essai à {}", moment(next)),
        None => format!(
            "en marche, {} fichiers sur {}",
            progress.files_done, progress.files_total
        ),
    }
}

fn last_contact(summary: &Summary) -> String {
    let status = summary.sync.status.as_ref();
    status
        .and_then(|status| status.last_success)
        .map_or_else(|| "jamais".to_owned(), moment)
}

fn network(summary: &Summary) -> String {
    match summary.network.as_str() {
        "ok" => "en ordre".to_owned(),
        "unknown" => "pas encore essayé".to_owned(),
        code => wording::explain(code).to_owned(),
    }
}

fn catalogue(summary: &Summary) -> String {
    summary.catalogue.as_ref().map_or_else(
        || "aucun : première synchronisation à faire".to_owned(),
        |catalogue| {
            let issued = catalogue.issued.map_or_else(
                || "sans date".to_owned(),
                |day| day.strftime("%d/%m/%Y").to_string(),
            );
            format!(
                "du {issued}, {} vidéos, génération {} ({})",
                catalogue.videos, catalogue.generation, catalogue.version
            )
        },
    )
}

fn statistics(summary: &Summary) -> String {
    let waiting = summary.queue.map_or(0, |queue| queue.waiting);
    let rejected = summary.queue.map_or(0, |queue| queue.rejected);
    let status = summary.sync.status.as_ref();
    let error: Option<&Failure> = status.and_then(|status| status.delivery.last_error.as_ref());
    let trouble = error.map_or_else(String::new, |error| {
        format!(" ; {}", wording::explain(&error.code))
    });
    format!("{waiting} en attente, {rejected} refusées{trouble}")
}

fn disk(summary: &Summary) -> String {
    summary.disk.map_or_else(
        || "inconnu".to_owned(),
        |disk| {
            format!(
                "{} Mo libres sur {} (réserve : {} Mo)",
                disk.free_mb, disk.total_mb, disk.reserve_mb
            )
        },
    )
}

fn clock(summary: &Summary) -> &'static str {
    if summary.clock_synced {
        "synchronisée"
    } else {
        "pas synchronisée : les heures enregistrées sont sans garantie"
    }
}
