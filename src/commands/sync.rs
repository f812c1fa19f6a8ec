//! `borne sync`: catalogue, media and statistics.

use std::process::ExitCode;

use borne::settings::Settings;
use borne::status::wording;
use borne::sync::{Command, Outcome, SyncError, Worker, worker};
use clap::Args;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

pub const HELP: &str = "
Sans --once, recommence à intervalles réguliers jusqu'à SIGTERM ou SIGINT ; SIGHUP : tout de suite.

Avec --once, ce que contient le dossier « sync.import » des réglages est importé d'abord. Quand cet
import réussit et que le réseau manque, le code est celui de l'import.

Codes de sortie avec --once :
  0  à jour
  1  échec : la dernière bonne version du catalogue reste en place
  2  réglages à corriger
  3  à jour, mais il manque quelque chose : une vidéo indisponible ou le catalogue
     d'un partenaire refusé
Des statistiques qui n'ont pas pu partir attendent sur la borne : le code n'en dépend pas.";

#[derive(Args)]
pub struct Options {
    /// Une seule fois, puis rend la main
    #[arg(long)]
    once: bool,
    /// Ne synchronise rien : dit seulement si la borne est mise en service (code 0) ou non (code 1)
    #[arg(long, conflicts_with = "once")]
    pub settled: bool,
}

pub fn run(settings: Settings, options: &Options) -> ExitCode {
    if options.settled {
        return settled(&settings);
    }
    let result = if options.once {
        once(settings)
    } else {
        forever(settings)
    };
    result.unwrap_or_else(|error| failed(&error))
}

fn settled(settings: &Settings) -> ExitCode {
    if settings.is_settled() {
        ExitCode::SUCCESS
    } else {
        println!("La borne n'est pas encore mise en service : l'écran le propose.");
        ExitCode::FAILURE
    }
}

fn once(settings: Settings) -> Result<ExitCode, SyncError> {
    let clock = super::clock(&settings);
    let done = worker::once(settings, clock, super::random)?;
    if let Some(Err(error)) = done.delivery {
        let why = wording::explain(error.code());
        eprintln!("Statistiques en attente : {why} ({error}).");
    }
    let imported = done.import.and_then(|result| {
        println!("Import :");
        result.map_or_else(
            |error| {
                failed(&error);
                None
            },
            |outcome| Some(report(&outcome)),
        )
    });
    match (done.look, imported) {
        (Ok(outcome), _) => Ok(report(&outcome)),
        (Err(error), Some(code)) => {
            failed(&error);
            Ok(code)
        }
        (Err(error), None) => Err(error),
    }
}

fn forever(settings: Settings) -> Result<ExitCode, SyncError> {
    let clock = super::clock(&settings);
    // Before the worker starts: a signal from here on ends it in order.
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).map_err(SyncError::Thread)?;
    let worker = Worker::start(settings, clock, super::random)?;
    let commands = worker.commands();
    for signal in &mut signals {
        if signal == SIGHUP {
            let _ = commands.send(Command::Look);
            continue;
        }
        let _ = commands.send(Command::Stop);
        break;
    }
    worker.join();
    Ok(ExitCode::SUCCESS)
}

pub fn report(outcome: &Outcome) -> ExitCode {
    let number = outcome.generation;
    if outcome.promoted {
        println!("Nouveau catalogue en place (génération {number}).");
    } else {
        println!("Catalogue à jour (génération {number}).");
    }
    if outcome.postponed {
        println!("Un catalogue plus récent attend les heures de téléchargement (sync.window).");
    }
    if let Some(mirror) = &outcome.mirror {
        let why = wording::explain(&mirror.code);
        println!(
            "Lu sur la copie {} : {why} à la première adresse.",
            mirror.url
        );
    }
    if !outcome.expiry_checked {
        println!(
            "L'horloge n'est pas synchronisée : les dates de validité n'ont pas été contrôlées."
        );
    }
    for missing in &outcome.missing {
        let why = wording::explain(&missing.reason);
        println!("Vidéo indisponible : {} ({why}).", missing.key);
    }
    for refused in &outcome.refused {
        println!(
            "Catalogue de « {} » refusé, le précédent reste en place : {}.",
            refused.partner, refused.detail
        );
    }
    if outcome.missing.is_empty() && outcome.refused.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(super::INCOMPLETE)
    }
}

fn failed(error: &SyncError) -> ExitCode {
    let why = wording::explain(error.code());
    eprintln!("Synchronisation impossible : {why} ({error}).");
    ExitCode::FAILURE
}
