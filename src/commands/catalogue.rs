//! `borne catalogue`: the generations on disk, and the way back to the previous one.

use std::path::Path;
use std::process::ExitCode;

use borne::settings::Settings;
use borne::store::{Generation, Media, Refusal, StoreError, generation};
use clap::{Args, Subcommand};
use serde::Serialize;

use super::moment;

pub const HELP: &str = "
« borne catalogue use précédent » remet tout de suite le catalogue d'avant ; l'écran suit en quelques
secondes, sans redémarrage. Ce qui est quitté reste refusé jusqu'à ce que le partenaire publie plus
récent ; « borne catalogue use N » avec le numéro quitté lève ce refus.

Codes de sortie :
  0  fait
  1  échec, ou ce catalogue n'est pas sur la borne : rien n'a changé
  2  réglages ou ligne de commande à corriger";

#[derive(Args)]
pub struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Montre les catalogues présents sur la borne
    List {
        /// En JSON, pour une machine
        #[arg(long)]
        json: bool,
    },
    /// Met un de ces catalogues en service, tout de suite et durablement
    Use {
        /// Le numéro que donne « borne catalogue list », ou « précédent »
        #[arg(value_name = "N|précédent", value_parser = which)]
        which: Which,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    Previous,
    Number(u64),
}

/// Where a generation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Standing {
    Current,
    Previous,
    Other,
}

/// One generation as told.
#[derive(Debug, Serialize)]
struct Listed {
    number: u64,
    standing: Standing,
    refused: bool,
    promoted_at: jiff::Timestamp,
    version: String,
    issued: Option<jiff::civil::Date>,
    videos: usize,
    unavailable: usize,
}

pub fn run(settings: &Settings, options: &Options) -> ExitCode {
    let data = &settings.storage.data;
    match &options.action {
        Action::List { json } => list(data, *json),
        Action::Use { which } => take(data, *which, super::clock(settings).read().time),
    }
}

fn which(text: &str) -> Result<Which, String> {
    if matches!(text, "précédent" | "precedent") {
        return Ok(Which::Previous);
    }
    let number = text.parse().map(Which::Number);
    number.map_err(|_| "donnez un numéro de « borne catalogue list », ou « précédent »".to_owned())
}

fn list(data: &Path, json: bool) -> ExitCode {
    let listed = listed(data);
    if json {
        return super::print_json(&listed);
    }
    if listed.is_empty() {
        println!("Aucun catalogue encore. Lancez « borne sync --once » ou « borne import ».");
    }
    for one in &listed {
        println!("{}", line(one));
    }
    ExitCode::SUCCESS
}

fn listed(data: &Path) -> Vec<Listed> {
    let (current, previous) = (
        generation::current_number(data),
        generation::previous_number(data),
    );
    let refused = Refusal::load(data).map(|refusal| refusal.generation);
    let found = generation::on_disk(data).into_iter();
    found
        .map(|found| Listed {
            standing: match Some(found.number) {
                number if number == current => Standing::Current,
                number if number == previous => Standing::Previous,
                _ => Standing::Other,
            },
            refused: refused == Some(found.number) && current != refused,
            number: found.number,
            promoted_at: found.promoted_at,
            version: found.merged.version(),
            issued: found.merged.partners.iter().map(|it| it.issued).max(),
            videos: found.merged.videos.len(),
            unavailable: unavailable(data, &found),
        })
        .collect()
}

fn line(one: &Listed) -> String {
    let standing = match one.standing {
        Standing::Current => "en service",
        Standing::Previous => "précédent",
        Standing::Other => "ancien",
    };
    let refused = if one.refused {
        ", refusé jusqu'à plus récent"
    } else {
        ""
    };
    let issued = one.issued.map_or_else(
        || "sans date".to_owned(),
        |day| day.strftime("%d/%m/%Y").to_string(),
    );
    format!(
        "{:>6}  {standing}{refused} : du {issued}, en place depuis le {}, {} vidéos dont {} indisponibles ({})",
        one.number,
        moment(one.promoted_at),
        one.videos,
        one.unavailable,
        one.version
    )
}

fn take(data: &Path, which: Which, now: jiff::Timestamp) -> ExitCode {
    let number = match which {
        Which::Number(number) => Some(number),
        Which::Previous => generation::previous_number(data),
    };
    let Some(number) = number else {
        eprintln!("Il n'y a pas de catalogue précédent sur cette borne : rien n'a changé.");
        return ExitCode::FAILURE;
    };
    match generation::take(data, number, now) {
        Ok(taken) => {
            println!("Le catalogue {number} est en service.");
            told(data, &taken);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}", refused(data, number, &error));
            ExitCode::FAILURE
        }
    }
}

/// What whoever went back should know.
fn told(data: &Path, taken: &Generation) {
    if let Some(refusal) = Refusal::load(data) {
        println!(
            "Le catalogue {} est refusé jusqu'à ce qu'un plus récent soit publié.",
            refusal.generation
        );
    }
    match unavailable(data, taken) {
        0 => {}
        count => println!(
            "{count} de ses vidéos ne sont pas sur la borne ; la synchronisation va les chercher."
        ),
    }
}

fn refused(data: &Path, number: u64, error: &StoreError) -> String {
    let found = generation::on_disk(data)
        .iter()
        .any(|it| it.number == number);
    if found {
        return format!("Le catalogue {number} ne peut pas être mis en service : {error}.");
    }
    format!(
        "Le catalogue {number} n'est pas sur cette borne, ou il est abîmé : rien n'a changé. \
         « borne catalogue list » montre ceux qui y sont."
    )
}

/// Videos whose main file is not there.
fn unavailable(data: &Path, generation: &Generation) -> usize {
    let media = Media::new(data);
    let videos = generation.merged.videos.iter();
    videos
        .filter(|entry| media.path(&entry.video.media.file).is_none())
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generation_wanted_is_a_number_or_the_previous_one() {
        assert_eq!(which("12"), Ok(Which::Number(12)));
        assert_eq!(which("précédent"), Ok(Which::Previous));
        assert!(which("dernier").unwrap_err().contains("numéro"));
    }

    #[test]
    fn the_list_says_where_each_stands_and_what_is_refused() {
        let data = tempfile::TempDir::new().unwrap();
        for _ in 0..2 {
            generation::promote(
                data.path(),
                <_>::default(),
                Vec::new(),
                jiff::Timestamp::UNIX_EPOCH,
            )
            .unwrap();
        }
        generation::take(data.path(), 1, jiff::Timestamp::UNIX_EPOCH).unwrap();
        let listed = listed(data.path());
        let stands = listed
            .iter()
            .map(|one| (one.number, one.standing, one.refused));
        assert_eq!(
            stands.collect::<Vec<_>>(),
            [(2, Standing::Previous, true), (1, Standing::Current, false)]
        );
        assert!(line(&listed[0]).contains("précédent, refusé jusqu'à plus récent"));
        assert!(line(&listed[1]).contains("en service"));
    }
}
