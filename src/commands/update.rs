//! `borne update`: the newer system that synchronisation has brought.

use std::process::ExitCode;

use borne::settings::Settings;
use borne::status::wording;
use borne::update::{Decision, How, Outcome, Rauc, Update, UpdateError, Why};
use clap::Args;

pub const HELP: &str = "
Installe dans l'autre moitié du disque le système plus récent que « borne sync » a apporté, puis
redémarre. Rien ne se fait tant que quelqu'un est là, ni hors des heures (firmware.hours des
réglages, sinon sync.window). Un système qui n'a pas tenu, et dont la borne est revenue, n'est plus
essayé. Demande root, et la section [firmware] des réglages.

Codes de sortie :
  0  rien à faire, ou c'est fait : le nouveau système est installé et la borne redémarre
  1  échec ou refus : le système en place reste
  2  réglages ou ligne de commande à corriger
  3  plus tard : le message dit ce qui est attendu, ou pourquoi cette version n'est plus essayée";

#[derive(Args)]
pub struct Options {
    /// Sans attendre l'heure ni le départ des visiteurs : pour une personne devant la borne
    #[arg(long)]
    now: bool,
    /// Dit ce qui se ferait, sans rien installer, noter ni redémarrer
    #[arg(long)]
    dry_run: bool,
}

pub fn run(settings: &Settings, options: &Options) -> ExitCode {
    let update = Update {
        settings,
        clock: &*super::clock(settings),
        installer: &Rauc,
        how: How {
            now: options.now,
            dry: options.dry_run,
        },
    };
    match update.run() {
        Ok(outcome) => {
            println!("{}", told(&outcome, options.dry_run));
            ExitCode::from(code(&outcome))
        }
        Err(error) => {
            let why = wording::explain(error.code());
            eprintln!("Mise à jour impossible : {why} ({error}).");
            match error {
                UpdateError::NoSlots => ExitCode::from(super::BAD_SETTINGS),
                _ => ExitCode::FAILURE,
            }
        }
    }
}

const fn code(outcome: &Outcome) -> u8 {
    match (outcome.decision, outcome.restart) {
        (Decision::Wait(_) | Decision::Refuse(_), _) | (_, Some(Err(_))) => super::INCOMPLETE,
        _ => 0,
    }
}

fn told(outcome: &Outcome, dry: bool) -> String {
    let running = &outcome.running;
    let Some(offered) = &outcome.offered else {
        return format!("Système {running} : le réseau n'en offre pas d'autre.");
    };
    let because = |why: Why| wording::explain(why.code()).to_owned();
    match (outcome.decision, outcome.restart) {
        (Decision::Current, _) => {
            format!("Système {running} : à jour (version offerte : {offered}).")
        }
        (Decision::Wait(why), _) => {
            format!("Système {running}, {offered} attend : {}.", because(why))
        }
        (Decision::Refuse(why), _) => {
            format!(
                "Système {running}, {offered} n'est plus essayé : {}.",
                because(why)
            )
        }
        (_, _) if dry => format!("Système {running} : {offered} serait installé maintenant."),
        (_, Some(Err(why))) => format!(
            "Système {offered} installé à côté de {running} ; le redémarrage attend : {}.",
            because(why)
        ),
        (_, _) => format!("Système {offered} installé à côté de {running} : la borne redémarre."),
    }
}
