use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use media_manifest::check::{Problem, Report};
use media_manifest::probe::GstProber;
use media_manifest::publish::{Media, Prober, Refusal};
use media_manifest::source::{Addition, MANIFEST, Source, append, free_id};

use super::{Ending, check, say};

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
        let bar = say::progress();
        bar.set_message("décodage de la vidéo entière");
        let probed = prober.probe(&self.file);
        bar.finish_and_clear();
        let media = probed.map_err(|refusal| self.refused(refusal))?;
        let id = free_id(&source, self.id.as_deref(), &self.title);
        let mut copies = Copies::new(&self.source);
        let addition = self.copy(&mut copies, &id, &media, &prober)?;
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
                    .map_err(|refusal| self.refused(refusal))?;
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

    fn refused(&self, refusal: Refusal) -> Stop {
        let mut report = Report::new(self.file.display().to_string());
        report.add("", refusal.problem, refusal.remedy);
        Stop::Problems(report.into_problems())
    }
}

/// Files put into the source's folder, taken away again unless kept.
struct Copies {
    folder: PathBuf,
    made: Vec<PathBuf>,
}

impl Copies {
    fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            made: Vec::new(),
        }
    }

    /// A path in the folder that no file has yet.
    fn free(&mut self, name: &str) -> Result<PathBuf> {
        let path = self.folder.join(name);
        anyhow::ensure!(
            !path.exists(),
            "{} existe déjà. Que faire : donnez un autre identifiant avec --id, ou renommez ce fichier.",
            path.display()
        );
        self.made.push(path.clone());
        Ok(path)
    }

    fn copy(&mut self, from: &Path, name: &str) -> Result<String> {
        let to = self.folder.join(name);
        // A file that lies in the folder under this name already is used as it is.
        if to.exists() && fs::canonicalize(&to)? == fs::canonicalize(from)? {
            return Ok(name.to_owned());
        }
        let to = self.free(name)?;
        fs::copy(from, &to).with_context(|| {
            let from = from.display();
            format!("{from} ne peut pas être copié. Que faire : vérifiez son nom et la place libre")
        })?;
        Ok(name.to_owned())
    }

    fn keep(mut self) {
        self.made.clear();
    }
}

impl Drop for Copies {
    fn drop(&mut self) {
        for path in &self.made {
            // What cannot be removed was perhaps never written.
            let _ = fs::remove_file(path);
        }
    }
}
