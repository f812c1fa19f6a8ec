mod system; // the line of the system

use borne::status::state::{ClockState, State};
use borne::status::summary::Summary;
use borne::status::sync::{Failure, SyncState, SyncStatus};
use borne::status::wording;

use crate::commands::moment;

/// Videos named for one reason; the others are counted.
const NAMED: usize = 5;

/// The state, line by line: what it is about, and what there is to say.
pub fn lines(state: &State) -> Vec<(&'static str, String)> {
    let summary = &state.summary;
    let mut lines = vec![
        ("Borne", format!("{} {}", summary.borne, summary.site)),
        ("Version", summary.version.to_owned()),
        ("Écran", screen(summary)),
    ];
    lines.extend(playing(summary).map(|text| ("Lecture", text)));
    lines.extend([
        ("Synchronisation", synchronisation(state)),
        ("Dernier contact", last_contact(state)),
        ("Réseau", network(state)),
        ("Catalogue", catalogue(summary)),
    ]);
    lines.extend(system::line(state).map(|text| ("Système", text)));
    lines.extend(way_back(state).map(|text| ("Retour", text)));
    lines.extend(missing(summary).map(|text| ("Indisponible", text)));
    lines.extend(refused(summary).map(|text| ("Refusé", text)));
    lines.extend(import(state).map(|text| ("Import", text)));
    lines.extend([
        ("Statistiques", statistics(summary)),
        ("Disque", disk(summary)),
        ("Relecture", reading(state)),
        ("Horloge", clock(state)),
    ]);
    lines
}

fn sync(summary: &Summary) -> Option<&SyncStatus> {
    summary.sync.status.as_ref()
}

fn screen(summary: &Summary) -> String {
    match &summary.play.status {
        Some(status) if summary.play.running => {
            let video = status.video.as_deref().unwrap_or("aucune vidéo");
            let last = status.last_error.as_deref();
            let last = last.map_or_else(String::new, |last| format!(" (le dernier : {last})"));
            let errors = match status.errors {
                0 => String::new(),
                errors => format!(", {errors} échecs de lecture depuis le démarrage{last}"),
            };
            format!("en marche : {}, {video}{errors}", status.screen)
        }
        _ => "arrêté".to_owned(),
    }
}

/// How the last video played; nothing before the first.
fn playing(summary: &Summary) -> Option<String> {
    let status = summary.play.status.as_ref()?;
    let first = status.first_frame_ms?;
    let decoder = status.decoder.as_deref().unwrap_or("décodeur inconnu");
    Some(format!(
        "première image après {first} ms, {} images perdues, {} ms d'arrêt ({decoder}, {})",
        status.frames_dropped, status.stalled_ms, status.renderer
    ))
}

fn synchronisation(state: &State) -> String {
    let (Some(activity), Some(status)) = (state.activity, sync(&state.summary)) else {
        return "arrêtée".to_owned();
    };
    let progress = status.progress;
    let files = format!(
        "{} fichiers sur {}, {} Mo sur {}",
        progress.files_done,
        progress.files_total,
        progress.bytes_done / 1_000_000,
        progress.bytes_total / 1_000_000
    );
    match activity {
        SyncState::Checking => "en marche, lit le catalogue".to_owned(),
        SyncState::Downloading => format!("en marche, télécharge : {files}"),
        SyncState::Importing => format!("en marche, importe d'une clé : {files}"),
        SyncState::Stopped => "arrêtée".to_owned(),
        SyncState::Waiting => match status.next_attempt {
            Some(next) => format!("en marche, prochain essai à {}", moment(next)),
            None => "en marche".to_owned(),
        },
    }
}

fn last_contact(state: &State) -> String {
    let last = state.last_contact;
    last.map_or_else(|| "jamais".to_owned(), moment)
}

fn network(state: &State) -> String {
    match (state.summary.network.as_str(), &state.mirror) {
        ("ok", Some(mirror)) => {
            let why = wording::explain(&mirror.code);
            format!("la copie {} répond à la place du dépôt : {why}", mirror.url)
        }
        ("ok", None) => "en ordre".to_owned(),
        ("unknown", _) => "pas encore essayé".to_owned(),
        (code, _) => wording::explain(code).to_owned(),
    }
}

fn catalogue(summary: &Summary) -> String {
    let Some(catalogue) = &summary.catalogue else {
        return "aucun : première synchronisation à faire".to_owned();
    };
    let issued = catalogue.issued.map_or_else(
        || "sans date".to_owned(),
        |day| format!("du {}", day.strftime("%d/%m/%Y")),
    );
    format!(
        "{issued}, {} vidéos, génération {} en place depuis le {} ({})",
        catalogue.videos,
        catalogue.generation,
        moment(catalogue.promoted_at),
        catalogue.version
    )
}

/// What is not as the repository would have it, by choice.
fn way_back(state: &State) -> impl Iterator<Item = String> {
    let refused = state.refused.map(|refused| {
        format!(
            "le catalogue {} est refusé depuis le {}, jusqu'à plus récent",
            refused.generation,
            moment(refused.since)
        )
    });
    let postponed = state.postponed.then(|| {
        "un catalogue plus récent attend les heures de téléchargement (sync.window)".to_owned()
    });
    refused.into_iter().chain(postponed)
}

fn missing(summary: &Summary) -> impl Iterator<Item = String> {
    summary.missing.iter().map(|(reason, keys)| {
        let mut named = keys
            .iter()
            .take(NAMED)
            .cloned()
            .collect::<Vec<_>>()
            .join(", ");
        if keys.len() > NAMED {
            named += &format!(" et {} autres", keys.len() - NAMED);
        }
        format!("{named} : {}", wording::explain(reason))
    })
}

fn refused(summary: &Summary) -> impl Iterator<Item = String> {
    let failures = sync(summary).into_iter().flat_map(|status| &status.refused);
    failures.map(|failure| {
        let why = wording::explain(&failure.code);
        format!(
            "catalogue de « {} » : {why} ({})",
            failure.partner, failure.detail
        )
    })
}

fn import(state: &State) -> Option<String> {
    let import = state.import.as_ref()?;
    let what = match &import.error {
        Some(error) => format!(
            "échec : {} ({})",
            wording::explain(&error.code),
            error.detail
        ),
        None if import.promoted => "nouveau catalogue en place".to_owned(),
        None => "rien de nouveau".to_owned(),
    };
    Some(format!(
        "le {}, de {} : {what}",
        moment(import.at),
        import.folder
    ))
}

fn statistics(summary: &Summary) -> String {
    let Some(queue) = summary.queue else {
        return "aucune encore".to_owned();
    };
    let error: Option<&Failure> = sync(summary).and_then(|it| it.delivery.last_error.as_ref());
    let trouble = error.map_or_else(String::new, |error| {
        format!(" ; {}", wording::explain(&error.code))
    });
    format!(
        "{} en attente, {} refusées{trouble}",
        queue.waiting, queue.rejected
    )
}

fn disk(summary: &Summary) -> String {
    let Some(disk) = summary.disk else {
        return "inconnu".to_owned();
    };
    let narrow = if disk.is_narrow() {
        " ; presque plein"
    } else {
        ""
    };
    format!(
        "{} Mo libres sur {} (réserve : {} Mo){narrow}",
        disk.free_mb, disk.total_mb, disk.reserve_mb
    )
}

fn reading(state: &State) -> String {
    let Some(scrub) = state.scrub else {
        return "pas encore ; chaque mois, ou « borne store verify »".to_owned();
    };
    let when = match scrub.finished {
        Some(finished) => format!("terminée le {}", moment(finished)),
        None => format!("en cours depuis le {}", moment(scrub.started)),
    };
    match scrub.rotten {
        0 => format!("{when}, rien d'abîmé"),
        rotten => {
            format!("{when}, {rotten} fichiers abîmés mis de côté et repris : surveillez ce disque")
        }
    }
}

fn clock(state: &State) -> String {
    match state.clock {
        ClockState::Synced => "synchronisée".to_owned(),
        ClockState::Unsynced => {
            "pas synchronisée : les heures enregistrées sont sans garantie".to_owned()
        }
        ClockState::Impossible => format!(
            "fausse ({}) : réglez-la ou activez un service d'heure",
            moment(state.summary.at)
        ),
    }
}

#[cfg(test)]
mod tests;
