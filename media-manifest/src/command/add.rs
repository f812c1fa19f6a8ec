mod copies; // files put into the source's folder

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use media_manifest::check::{Problem, Report};
use media_manifest::probe::GstProber;
use media_manifest::publish::{Media, Prober, Refusal, as_long};
use media_manifest::source::{Addition, MANIFEST, Source, append, free_id};

use super::{Ending, check, say};
use copies::Copies;

/// Ajoute une vidéo à votre dossier, après l'avoir décodée en entier.
#[derive(Debug, Args)]
pub struct Add {
    /// Fichier de la vidéo, en MP4 ou en WebM.
    #[arg(value_name = "FICHIER")]
    file: PathBuf,
    /// Titre, comme les visiteurs le liront.
    #[arg(long, value_name = "TITRE")]
    title: String,
    /// Genre : metier (portrait d'un métier) ou conseil.
    #[arg(long, value_name = "GENRE", hide_possible_values = true)]
    kind: Kind,
    /// Univers, pour un métier ; peut être répété, le principal d'abord.
    #[arg(long = "univers", value_name = "ID")]
    univers: Vec<String>,
    /// Rubrique, pour un conseil.
    #[arg(long, value_name = "ID")]
    rubrique: Option<String>,
    /// Goût de qui aime cette vidéo ; peut être répété, trois au plus.
    #[arg(long = "like", value_name = "ID")]
    likes: Vec<String>,
    /// Code à taper sur un téléphone : de 3 à 8 minuscules ou chiffres.
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Identifiant ; sans lui, il est tiré du titre.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Résumé en une à trois phrases courtes.
    #[arg(long, value_name = "TEXTE")]
    summary: Option<String>,
    /// Langue parlée.
    #[arg(
        long,
        value_name = "LANGUE",
        default_value = "fr",
        hide_default_value = true
    )]
    language: String,
    /// Sous-titres dans la langue parlée, au format WebVTT.
    #[arg(long, value_name = "FICHIER")]
    captions: Option<PathBuf>,
    /// Texte de ce qui est dit, en texte brut.
    #[arg(long, value_name = "FICHIER")]
    transcript: Option<PathBuf>,
    /// La même vidéo avec audiodescription, un fichier aussi long.
    #[arg(long, value_name = "FICHIER")]
    audio_description: Option<PathBuf>,
    /// La même vidéo en langue des signes, un fichier aussi long.
    #[arg(long, value_name = "FICHIER")]
    sign_language: Option<PathBuf>,
    /// Affiche en JPEG ou PNG ; sans elle, une image de la vidéo.
    #[arg(long, value_name = "FICHIER")]
    poster: Option<PathBuf>,
    /// Autre forme du titre que la recherche doit trouver ; peut être répétée.
    #[arg(long = "alias", value_name = "TEXTE")]
    aliases: Vec<String>,
    /// Mot que la recherche doit trouver ; peut être répété.
    #[arg(long = "keyword", value_name = "MOT")]
    keywords: Vec<String>,
    /// Met la vidéo à la une.
    #[arg(long)]
    featured: bool,
    /// Dossier où se trouve manifest.toml.
    #[arg(
        long,
        value_name = "DOSSIER",
        default_value = ".",
        hide_default_value = true
    )]
    source: PathBuf,
    /// Classement du réseau, s'il n'est pas celui fourni.
    #[arg(long, value_name = "FICHIER")]
    classification: Option<PathBuf>,
    /// Répond en JSON, pour les programmes.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Metier,
    Conseil,
}

/// What stops an addition: something to put right, or something to tell.
enum Stop {
    Problems(Vec<Problem>),
    Error(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

impl Add {
    pub fn run(&self) -> Result<Ending> {
        let added = self.add();
        match added {
            Ok(id) => {
                if self.json {
                    say::line(&serde_json::json!({ "ok": true, "id": id }).to_string());
                } else {
                    say::line(&format!(
                        "« {} » est ajoutée sous l'identifiant {id}.",
                        self.title
                    ));
                }
                Ok(Ending::Done)
            }
            Err(Stop::Problems(problems)) => {
                let ending = say::problems(&problems, self.json);
                say::error("Rien n'est ajouté.");
                Ok(ending)
            }
            Err(Stop::Error(error)) => Err(error),
        }
    }

    fn add(&self) -> Result<String, Stop> {
        let classification =
            check::classification(self.classification.as_deref()).map_err(Stop::Problems)?;
        let source = Source::read(&self.source, &classification).map_err(Stop::Problems)?;
        let prober = GstProber::new().context("GStreamer n'est pas installé comme il faut")?;
        let media = probe(&prober, &self.file)?;
        let renditions = [
            (DESCRIBED, &self.audio_description),
            ("lsfb", &self.sign_language),
        ];
        let id = free_id(&source, self.id.as_deref(), &self.title);
        let mut copies = Copies::new(&self.source);
        let mut names = [None, None];
        for ((mark, file), name) in renditions.into_iter().zip(&mut names) {
            if let Some(file) = file {
                let other = probe(&prober, file)?;
                let fits = as_long(&media, &other).and_then(|()| match mark {
                    DESCRIBED => speaks(&other),
                    _ => Ok(()),
                });
                fits.map_err(|refusal| refused(file, refusal))?;
                *name = Some(copies.copy(file, &format!("{id}.{mark}.{}", other.extension()))?);
            }
        }
        let addition = self.copy(&mut copies, &id, &media, &prober, names)?;
        self.write(&addition, &copies, || {
            Source::read(&self.source, &classification).map(|_| ())
        })?;
        copies.keep();
        Ok(id)
    }

    /// Copies the files under names made from the identifier.
    fn copy(
        &self,
        copies: &mut Copies,
        id: &str,
        media: &Media,
        prober: &GstProber,
        [audio_description, sign_language]: [Option<String>; 2],
    ) -> Result<Addition, Stop> {
        let file = copies.copy(&self.file, &format!("{id}.{}", media.extension()))?;
        let poster = match &self.poster {
            Some(poster) => {
                let extension = poster
                    .extension()
                    .and_then(|text| text.to_str())
                    .unwrap_or("jpg");
                copies.copy(poster, &format!("{id}.{}", extension.to_lowercase()))?
            }
            None => {
                let name = format!("{id}.jpg");
                let path = copies.free(&name)?;
                prober
                    .frame(&self.file, media.poster_at_ms(), &path)
                    .map_err(|refusal| refused(&self.file, refusal))?;
                name
            }
        };
        let text = |copies: &mut Copies, path: &Option<PathBuf>, name: String| {
            path.as_ref()
                .map(|path| copies.copy(path, &name))
                .transpose()
        };
        Ok(Addition {
            captions: text(
                copies,
                &self.captions,
                format!("{id}.{}.vtt", self.language),
            )?,
            transcript: text(copies, &self.transcript, format!("{id}.txt"))?,
            id: id.to_owned(),
            title: self.title.clone(),
            kind: match self.kind {
                Kind::Metier => "metier",
                Kind::Conseil => "conseil",
            },
            univers: self.univers.clone(),
            rubrique: self.rubrique.clone(),
            likes: self.likes.clone(),
            code: self.code.clone(),
            summary: self.summary.clone(),
            language: self.language.clone(),
            aliases: self.aliases.clone(),
            keywords: self.keywords.clone(),
            featured: self.featured,
            added: say::now().to_zoned(jiff::tz::TimeZone::system()).date(),
            file,
            audio_description,
            sign_language,
            poster,
        })
    }

    /// Adds the entry, and takes it away again when the manifest is not in order with it.
    fn write(
        &self,
        addition: &Addition,
        copies: &Copies,
        check: impl FnOnce() -> Result<(), Vec<Problem>>,
    ) -> Result<(), Stop> {
        let path = copies.folder.join(MANIFEST);
        let before = fs::read_to_string(&path)?;
        let after = append(&before, addition).context("manifest.toml")?;
        media_manifest::source::write(&path, &after)?;
        check().map_err(|mut problems| {
            // The lines are those of an entry that goes again.
            problems.iter_mut().for_each(|problem| problem.line = None);
            match media_manifest::source::write(&path, &before) {
                Ok(()) => Stop::Problems(problems),
                Err(error) => error.into(),
            }
        })
    }
}

/// Decodes a file whole.
fn probe(prober: &GstProber, file: &Path) -> Result<Media, Stop> {
    let bar = say::progress();
    bar.set_message("décodage de la vidéo entière");
    let probed = prober.probe(file);
    bar.finish_and_clear();
    probed.map_err(|refusal| refused(file, refusal))
}

/// Mark of audio description in the name of a file.
const DESCRIBED: &str = "ad";

/// Audio description is heard.
fn speaks(rendition: &Media) -> Result<(), Refusal> {
    if rendition.sound {
        return Ok(());
    }
    Err(Refusal {
        problem: "elle n'a pas de son".to_owned(),
        remedy: "exportez la vidéo avec sa description parlée".to_owned(),
    })
}

fn refused(file: &Path, refusal: Refusal) -> Stop {
    let mut report = Report::new(file.display().to_string());
    report.add("", refusal.problem, refusal.remedy);
    Stop::Problems(report.into_problems())
}
