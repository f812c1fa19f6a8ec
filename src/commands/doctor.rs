//! `borne doctor`: is everything there that the borne needs?

mod options;
mod root; // the root of trust
#[cfg(feature = "ui")]
mod screen;

use std::path::Path;
use std::process::ExitCode;

use borne::ergonomics::Screen;
use borne::http::Http;
use borne::settings::{self, Settings};
use borne::status::summary;
use borne::store::{Media, generation};

/// Objects of the media store that are read through.
const SAMPLE: usize = 5;

/// What a borne that was built without its screen says of it.
#[cfg(not(feature = "ui"))]
const WITHOUT_SCREEN: &str = "programme construit sans écran";

/// One thing looked at: what is well, or what to do.
pub type Finding = Result<String, String>;

pub use options::Options;

pub fn run(config: Option<&Path>, options: &Options) -> ExitCode {
    let settings = settings::load(config);
    let hung = settings.as_ref().ok().map(|settings| &settings.screen);
    if let Some(screen) = options.screen(hung) {
        return look_at(&screen).map_or_else(without_screen, ended);
    }
    let settings = match settings {
        Ok(settings) => settings,
        Err(error) => {
            tell("Réglages", &Err(error.to_string()));
            return ExitCode::FAILURE;
        }
    };
    let installed = look_through(&settings);
    let readable = look_at(&options.screen_of(&settings.screen));
    ended(installed && readable.unwrap_or(true))
}

fn without_screen() -> ExitCode {
    eprintln!("Ce programme a été construit sans écran (fonctionnalité « ui »).");
    ExitCode::from(super::BAD_SETTINGS)
}

fn ended(well: bool) -> ExitCode {
    if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Whether everything that is installed is well.
fn look_through(settings: &Settings) -> bool {
    let findings = [
        ("Réglages", Ok("lus sans erreur".to_owned())),
        ("Dossier de données", data_folder(settings)),
        ("Racine de confiance", root::look(settings)),
        ("Réseau", client(settings)),
        ("Catalogue", catalogue(settings)),
        ("Vidéos", media(settings)),
        ("Lecture", decoders(settings)),
        (
            "Lecture à voix haute",
            super::doctor_speech::voices(settings),
        ),
        ("Statistiques", token(settings)),
        ("Disque", disk(settings)),
        ("Horloge", clock(settings)),
    ];
    for (label, finding) in &findings {
        tell(label, finding);
    }
    findings.iter().all(|(_, finding)| finding.is_ok())
}

/// Whether everything on the screen is within reach, large enough and readable; `None` when this
/// program has no screen.
#[cfg(feature = "ui")]
fn look_at(screen: &Screen) -> Option<bool> {
    const LABEL: &str = "Écran";
    let findings = match borne::demonstration::measure(screen) {
        Ok(findings) => findings,
        Err(error) => {
            let help = format!("les écrans ne se mesurent pas ({error})");
            tell(LABEL, &Err(help));
            return Some(false);
        }
    };
    if findings.is_empty() {
        tell(LABEL, &Ok(screen::describe(screen)));
        return Some(true);
    }
    tell(LABEL, &Err(screen::describe(screen)));
    for line in screen::lines(&findings) {
        println!("            {line}");
    }
    Some(false)
}

#[cfg(not(feature = "ui"))]
const fn look_at(_screen: &Screen) -> Option<bool> {
    None
}

/// What plays the videos: without a decoder for the formats of the catalogue, nothing does.
#[cfg(feature = "ui")]
fn decoders(settings: &Settings) -> Finding {
    let decoders = borne::gst::decoders(&settings.playback.refused_decoders)
        .map_err(|error| format!("GStreamer ne démarre pas ({error}). Réinstallez GStreamer."))?;
    let missing: Vec<_> = decoders
        .iter()
        .filter(|decoder| decoder.required && decoder.elements.is_empty())
        .map(|decoder| decoder.format)
        .collect();
    if missing.is_empty() {
        let able = decoders
            .iter()
            .filter(|decoder| !decoder.elements.is_empty());
        let formats: Vec<_> = able.map(|decoder| decoder.format).collect();
        return Ok(formats.join(", "));
    }
    Err(format!(
        "aucun décodeur pour {}. Installez gstreamer1.0-libav.",
        missing.join(", ")
    ))
}

#[cfg(not(feature = "ui"))]
fn decoders(_settings: &Settings) -> Finding {
    Ok(WITHOUT_SCREEN.to_owned())
}

fn tell(label: &str, finding: &Finding) {
    match finding {
        Ok(text) => println!("ok          {label:<20} {text}"),
        Err(text) => println!("à corriger  {label:<20} {text}"),
    }
}

fn data_folder(settings: &Settings) -> Finding {
    let data = &settings.storage.data;
    let probe = data.join(".doctor");
    std::fs::create_dir_all(data)
        .and_then(|()| std::fs::write(&probe, b"ok"))
        .and_then(|()| std::fs::remove_file(&probe))
        .map(|()| data.display().to_string())
        .map_err(|error| {
            let data = data.display();
            format!(
                "{data} : écriture impossible ({error}). Donnez ce dossier au compte de la borne."
            )
        })
}

fn client(settings: &Settings) -> Finding {
    Http::new(settings.sync.proxy.as_ref())
        .map(|_| settings.sync.url.to_string())
        .map_err(|error| format!("{error}. Vérifiez sync.proxy et les certificats du système."))
}

fn catalogue(settings: &Settings) -> Finding {
    match generation::load_current(&settings.storage.data) {
        Ok(Some(current)) => Ok(format!(
            "génération {}, {} vidéos",
            current.number,
            current.merged.videos.len()
        )),
        Ok(None) => Err("aucun encore. Lancez « borne sync --once ».".to_owned()),
        Err(error) => Err(format!(
            "illisible ({error}). Lancez « borne sync --once »."
        )),
    }
}

/// Reads some videos through: a rotten disk shows here before it shows to a visitor.
fn media(settings: &Settings) -> Finding {
    let data = &settings.storage.data;
    let Ok(Some(current)) = generation::load_current(data) else {
        return Ok("rien à contrôler encore".to_owned());
    };
    let media = Media::new(data);
    let files = current
        .merged
        .videos
        .iter()
        .map(|entry| &entry.video.media.file);
    let held: Vec<_> = files.filter(|file| media.path(file).is_some()).collect();
    let step = held.len().div_ceil(SAMPLE).max(1);
    for file in held.iter().step_by(step) {
        match media.verify(file) {
            Ok(true) => {}
            Ok(false) => {
                let name = &file.sha256;
                return Err(format!(
                    "{name} est abîmé. Lancez « borne store verify --repair » puis « borne sync --once »."
                ));
            }
            Err(error) => {
                return Err(format!(
                    "lecture impossible ({error}). Contrôlez le disque."
                ));
            }
        }
    }
    match current.missing.len() {
        0 => Ok(format!("{} présentes, échantillon relu", held.len())),
        missing => Err(format!(
            "{missing} indisponibles. « borne status » dit lesquelles et pourquoi."
        )),
    }
}

fn token(settings: &Settings) -> Finding {
    let Some(central) = &settings.central else {
        return Ok("pas de serveur central : elles restent sur la borne".to_owned());
    };
    let path = central.token_file.display();
    match std::fs::read_to_string(&central.token_file) {
        Ok(token) if !token.trim().is_empty() => Ok(central.url.to_string()),
        Ok(_) => Err(format!(
            "{path} : vide. Inscrivez la borne et écrivez-y son jeton."
        )),
        Err(error) => Err(format!(
            "{path} : lecture impossible ({error}). Inscrivez la borne et écrivez-y son jeton."
        )),
    }
}

fn disk(settings: &Settings) -> Finding {
    let summary = summary::gather(settings, &*super::clock(settings));
    let Some(disk) = summary.disk else {
        return Err("place libre inconnue. Contrôlez le dossier de données.".to_owned());
    };
    let text = format!(
        "{} Mo libres, réserve de {} Mo",
        disk.free_mb, disk.reserve_mb
    );
    if disk.is_narrow() {
        Err(format!("{text}. Libérez de la place."))
    } else {
        Ok(text)
    }
}

fn clock(settings: &Settings) -> Finding {
    if super::clock(settings).read().synced {
        Ok("synchronisée".to_owned())
    } else {
        Err("pas synchronisée. Activez un service d'heure, ou clock.synced = \"yes\" si la machine hôte s'en charge.".to_owned())
    }
}
