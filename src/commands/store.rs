//! `borne store`: whether the videos on the disk are still what the catalogue says.

use std::process::ExitCode;

use borne::settings::Settings;
use borne::store::audit::Finding;
use borne::store::{Audit, Media, StoreError, generation};
use clap::{Args, Subcommand};
use serde::Serialize;

pub const HELP: &str = "
« borne store verify » relit tout, sans réseau : comptez une minute pour 5 à 20 Go. La borne peut
rester en marche. Avec --repair, ce qui est abîmé est mis de côté : l'écran ne le montre plus et la
prochaine synchronisation le reprend.

Codes de sortie :
  0  tout est là et intact
  1  échec : le message dit lequel
  2  réglages ou ligne de commande à corriger
  3  des fichiers sont abîmés ou manquent";

#[derive(Args)]
pub struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Relit tous les fichiers et dit lesquels sont abîmés, manquants ou étrangers
    Verify {
        /// Met de côté ce qui est abîmé, pour que la prochaine synchronisation le reprenne
        #[arg(long)]
        repair: bool,
        /// En JSON, pour une machine
        #[arg(long)]
        json: bool,
    },
}

/// What was found, and done about it.
#[derive(Debug, Serialize)]
struct Verdict {
    #[serde(flatten)]
    audit: Audit,
    whole: bool,
    repaired: bool,
}

pub fn run(settings: &Settings, options: &Options) -> ExitCode {
    let Action::Verify { repair, json } = options.action;
    match verify(settings, repair) {
        Ok(verdict) => told(&verdict, json),
        Err(error) => {
            eprintln!(
                "La relecture a échoué : {error}. Contrôlez le disque et les droits du dossier de données."
            );
            ExitCode::FAILURE
        }
    }
}

fn verify(settings: &Settings, repair: bool) -> Result<Verdict, StoreError> {
    let data = &settings.storage.data;
    let media = Media::new(data);
    let current = generation::load_current(data)?;
    let audit = Audit::run(&media, current.as_ref())?;
    if repair {
        for rotten in &audit.rotten {
            media.set_aside(&rotten.sha256)?;
        }
    }
    Ok(Verdict {
        whole: audit.is_whole(),
        repaired: repair && !audit.rotten.is_empty(),
        audit,
    })
}

fn told(verdict: &Verdict, json: bool) -> ExitCode {
    if json {
        let printed = super::print_json(verdict);
        if printed != ExitCode::SUCCESS {
            return printed;
        }
    } else {
        lines(verdict).iter().for_each(|line| println!("{line}"));
    }
    if verdict.whole {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(super::INCOMPLETE)
    }
}

fn lines(verdict: &Verdict) -> Vec<String> {
    let audit = &verdict.audit;
    let mut lines = Vec::new();
    lines.extend(
        audit
            .rotten
            .iter()
            .map(|it| format!("Abîmé : {}", named(it))),
    );
    lines.extend(
        audit
            .missing
            .iter()
            .map(|it| format!("Manquant : {}", named(it))),
    );
    let foreign = audit.foreign.iter();
    lines.extend(foreign.map(|path| format!("Étranger, inutile à la borne : {}", path.display())));
    lines.push(format!(
        "{} fichiers intacts ({} Mo), {} abîmés, {} manquants, {} étrangers, {} en cours de réception.",
        audit.sound,
        audit.sound_bytes / 1_000_000,
        audit.rotten.len(),
        audit.missing.len(),
        audit.foreign.len(),
        audit.unfinished
    ));
    lines.extend(advice(verdict).map(str::to_owned));
    lines
}

const fn advice(verdict: &Verdict) -> Option<&'static str> {
    if verdict.repaired {
        return Some(
            "Les fichiers abîmés sont mis de côté ; « borne sync --once » ou la prochaine synchronisation les reprend.",
        );
    }
    if !verdict.audit.rotten.is_empty() {
        return Some("Relancez avec --repair pour mettre de côté ce qui est abîmé.");
    }
    if !verdict.audit.missing.is_empty() {
        return Some(
            "« borne sync --once » reprend ce qui manque ; « borne status » dit pourquoi.",
        );
    }
    None
}

fn named(finding: &Finding) -> String {
    match &finding.video {
        Some(video) => format!("{} ({video})", finding.sha256),
        None => format!(
            "{} (d'aucune vidéo du catalogue en service)",
            finding.sha256
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(video: Option<&str>) -> Finding {
        Finding {
            sha256: "ab".repeat(32),
            video: video.map(str::to_owned),
        }
    }

    fn verdict(rotten: Vec<Finding>, missing: Vec<Finding>, repaired: bool) -> Verdict {
        let audit = Audit {
            rotten,
            missing,
            ..Audit::default()
        };
        Verdict {
            whole: audit.is_whole(),
            repaired,
            audit,
        }
    }

    #[test]
    fn each_finding_names_its_video_and_what_to_do() {
        let rotten = verdict(vec![finding(Some("demo/cv"))], Vec::new(), false);
        let lines = lines(&rotten);
        assert!(lines[0].starts_with("Abîmé : abab") && lines[0].contains("demo/cv"));
        assert!(lines.last().unwrap().contains("--repair"));
        assert_eq!(
            told(&rotten, true),
            ExitCode::from(super::super::INCOMPLETE)
        );
    }

    #[test]
    fn what_was_set_aside_and_what_is_missing_is_fetched_by_the_next_look() {
        let repaired = verdict(vec![finding(None)], Vec::new(), true);
        assert!(advice(&repaired).unwrap().contains("mis de côté"));
        let missing = verdict(Vec::new(), vec![finding(None)], false);
        assert!(advice(&missing).unwrap().contains("reprend ce qui manque"));
        assert_eq!(
            told(&missing, false),
            ExitCode::from(super::super::INCOMPLETE)
        );
    }

    #[test]
    fn a_whole_store_is_a_success() {
        let whole = verdict(Vec::new(), Vec::new(), false);
        assert_eq!(told(&whole, true), ExitCode::SUCCESS);
        assert_eq!(advice(&whole), None);
    }
}
