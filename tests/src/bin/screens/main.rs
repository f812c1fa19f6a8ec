//! Takes a picture of every screen, without a window system: in both orientations, with each
//! comfort option that changes the layout, with a catalogue as it should be and with two that make
//! it hard.
//!
//! Exit codes: 0 all pictures are there, 1 one could not be taken, 2 the command line is wrong.

mod catalogues;
mod pictures;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use borne::demonstration;
use borne::view::Gallery;
use clap::Parser;

use catalogues::Catalogue;
use pictures::{SIZES, Size};

/// Photographie tous les écrans de la borne, sans écran : en paysage et en portrait, avec chaque
/// réglage de confort qui change la mise en page.
#[derive(Parser)]
struct Arguments {
    /// Dossier des images ECRAN-ORIENTATION-VARIANTE.png.
    out: PathBuf,
    /// Dossier de données d'une borne, à la place du catalogue de démonstration.
    #[arg(long, value_name = "DOSSIER")]
    data: Option<PathBuf>,
    /// Dossier des vidéos de démonstration ; sans elles, des aplats de couleur.
    #[arg(long, value_name = "DOSSIER", default_value = "target/demo/media")]
    media: PathBuf,
    /// Taille de l’écran, autant de fois qu’il en faut [par défaut : 1920x1080 et 1080x1920].
    #[arg(long, value_name = "LxH")]
    size: Vec<Size>,
    /// Langue de l’interface ; sans elle, le français.
    #[arg(long, value_name = "LANGUE")]
    language: Option<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(taken) => {
            println!("{taken} images dans {}", arguments.out.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("Les images n'ont pas toutes été prises : {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<usize> {
    let work = tempfile::tempdir().context("dossier temporaire")?;
    let mut taken = 0;
    for catalogue in Catalogue::ALL {
        let data = match (&arguments.data, catalogue) {
            (Some(data), Catalogue::Demonstration) => data.clone(),
            _ => {
                let data = work.path().join(catalogue.folder()).join("data");
                catalogue.set_up(&data, &arguments.media)?;
                data
            }
        };
        let out = arguments.out.join(catalogue.folder());
        std::fs::create_dir_all(&out).with_context(|| format!("{}", out.display()))?;
        taken += take(catalogue, &data, work.path(), arguments, &out)?;
    }
    Ok(taken)
}

fn take(
    catalogue: Catalogue,
    data: &Path,
    work: &Path,
    arguments: &Arguments,
    out: &Path,
) -> Result<usize> {
    let mut settings = demonstration::settings(work, &std::path::absolute(data)?)?;
    let asked = arguments.size.as_slice();
    let sizes = if asked.is_empty() { &SIZES } else { asked };
    let mut taken = 0;
    for size in sizes {
        for first_start in [false, true] {
            let mut walked = catalogue.stops();
            walked.retain(|stop| stop.first_start == first_start);
            if walked.is_empty() {
                continue;
            }
            if first_start {
                settings.borne.id.clear();
            } else {
                "demonstration".clone_into(&mut settings.borne.id);
            }
            let machine = Arc::new(demonstration::Machine);
            let gallery = Gallery::on(&settings, (size.width, size.height), machine)?;
            for stop in walked {
                taken +=
                    pictures::take(&gallery, &stop, *size, arguments.language.as_deref(), out)?;
            }
        }
    }
    Ok(taken)
}
