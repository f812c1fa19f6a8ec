//! Makes the demonstration videos once: speech, moving picture, poster, captions, transcript, and the
//! manifest that publishes them.

mod captions;
mod clock;
mod collection;
mod command;
mod decor;
mod description;
mod face;
mod film;
mod layer;
mod manifest;
mod palette;
mod picture;
mod programme;
mod progress;
mod recipe;
mod sound;
mod speech;
mod studio;
mod svg;
mod timeline;
mod typography;

use std::{collections::VecDeque, num::NonZero, path::PathBuf, process::ExitCode, sync::Mutex};

use anyhow::{Context, Result, bail};
use clap::Parser;

use crate::{
    collection::{Collection, Video},
    programme::Programme,
    progress::Progress,
    studio::{Materials, Outcome, Studio},
};

/// Fabrique les vidéos de démonstration : voix, image animée, affiche, sous-titres, texte et manifeste.
#[derive(Debug, Parser)]
#[command(name = "demo-media", disable_help_flag = true)]
struct Args {
    /// Dossier où les fichiers sont écrits.
    #[arg(long, value_name = "DOSSIER")]
    out: PathBuf,
    /// Ne fabrique que cette vidéo (son identifiant) ; le manifeste n’est pas écrit.
    #[arg(long, value_name = "ID")]
    only: Option<String>,
    /// Nombre de vidéos fabriquées en même temps [par défaut : autant que de processeurs].
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
    /// Dossier des textes et des icônes.
    #[arg(long, value_name = "DOSSIER", default_value = env!("CARGO_MANIFEST_DIR"))]
    source: PathBuf,
    /// Dossier des polices.
    #[arg(long, value_name = "DOSSIER",
          default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/assets/fonts"))]
    fonts: PathBuf,
    /// Classement du réseau : noms et couleurs des univers et des rubriques.
    #[arg(long, value_name = "FICHIER", default_value = concat!(
        env!("CARGO_MANIFEST_DIR"), "/../../media-manifest/classification.toml"))]
    classification: PathBuf,
    /// Jour à partir duquel les dates de l’agenda sont comptées [par défaut : aujourd’hui].
    #[arg(long, value_name = "AAAA-MM-JJ")]
    today: Option<jiff::civil::Date>,
    /// Affiche cette aide.
    #[arg(short = 'h', long, action = clap::ArgAction::Help)]
    help: Option<bool>,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Erreur : {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<()> {
    let collection = Collection::load(&args.source)?;
    let videos = chosen(&collection, args.only.as_deref())?;
    let studio = Studio::open(
        &Materials {
            source: &args.source,
            fonts: &args.fonts,
            classification: &args.classification,
        },
        &args.out,
        &collection,
    )?;
    make_all(&studio, &videos, jobs(args))?;
    if args.only.is_none() {
        let programme = Programme::load(&args.source)?;
        let today = args.today.unwrap_or_else(clock::today);
        manifest::write(&args.out, &collection, &programme, today)?;
    }
    Ok(())
}

fn chosen<'a>(collection: &'a Collection, only: Option<&str>) -> Result<Vec<&'a Video>> {
    let videos: Vec<&Video> = collection
        .videos
        .iter()
        .filter(|video| only.is_none_or(|id| video.id == id))
        .collect();
    if let (true, Some(id)) = (videos.is_empty(), only) {
        bail!("aucune vidéo « {id} » dans videos.toml");
    }
    Ok(videos)
}

fn jobs(args: &Args) -> usize {
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    args.jobs.map_or(processors, NonZero::get)
}

/// Makes the videos on `jobs` threads; the first error stops the taking of new ones.
fn make_all(studio: &Studio, videos: &[&Video], jobs: usize) -> Result<()> {
    let progress = Progress::new(videos.len());
    let queue: Mutex<VecDeque<&Video>> = Mutex::new(videos.iter().copied().collect());
    let next = || queue.lock().ok().and_then(|mut queue| queue.pop_front());
    let work = || -> Result<()> {
        while let Some(video) = next() {
            progress.begin(&video.title);
            let outcome = studio
                .make(video)
                .with_context(|| format!("vidéo « {} »", video.id))
                .inspect_err(|_| {
                    if let Ok(mut queue) = queue.lock() {
                        queue.clear();
                    }
                })?;
            progress.end(&video.title, outcome == Outcome::Kept);
        }
        Ok(())
    };
    let results: Vec<Result<()>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..jobs.min(videos.len()))
            .map(|_| scope.spawn(work))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| bail!("arrêt imprévu")))
            .collect()
    });
    progress.finish();
    results.into_iter().collect()
}
