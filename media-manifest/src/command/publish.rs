use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use media_manifest::check::Problem;
use media_manifest::probe::GstProber;
use media_manifest::publish::{self, Outcome, Publication, PublishError};
use media_manifest::source::Source;

use super::{Ending, check, say};

/// Publie un ou plusieurs dossiers dans un dépôt signé.
#[derive(Debug, Args)]
pub struct Publish {
    /// Dossier d'un partenaire ; peut être répété. Les autres partenaires du dépôt restent.
    #[arg(long = "source", value_name = "DOSSIER", required = true)]
    sources: Vec<PathBuf>,
    /// Dossier des clés.
    #[arg(long, value_name = "DOSSIER")]
    keys: PathBuf,
    /// Dossier du dépôt, qu'un serveur web met en ligne tel quel.
    #[arg(long, value_name = "DOSSIER")]
    repository: PathBuf,
    /// Classement du réseau, s'il n'est pas celui fourni.
    #[arg(long, value_name = "FICHIER")]
    classification: Option<PathBuf>,
    /// Répond en JSON, pour les programmes.
    #[arg(long)]
    json: bool,
}

impl Publish {
    pub fn run(&self) -> Result<Ending> {
        match self.publish() {
            Ok(outcome) => {
                self.report(&outcome);
                Ok(Ending::Done)
            }
            Err(PublishError::Problems(problems)) => {
                let ending = say::problems(&problems, self.json);
                say::error("Rien n'est publié.");
                Ok(ending)
            }
            Err(error) => anyhow::bail!(error.sentences().join("\n")),
        }
    }

    fn publish(&self) -> Result<Outcome, PublishError> {
        let classification = check::classification(self.classification.as_deref())
            .map_err(PublishError::Problems)?;
        let mut sources = Vec::new();
        let mut problems: Vec<Problem> = Vec::new();
        for folder in &self.sources {
            match Source::read(folder, &classification) {
                Ok(source) => sources.push(source),
                Err(found) => problems.extend(found),
            }
        }
        if !problems.is_empty() {
            return Err(PublishError::Problems(problems));
        }
        let keys = publish::Keys::read(&self.keys)?;
        let publication = Publication {
            sources: &sources,
            classification: &classification,
            keys: &keys,
            elsewhere: None,
            now: say::now(),
        };
        let prober = GstProber::new().map_err(|error| PublishError::Io {
            path: "GStreamer".into(),
            source: std::io::Error::other(error),
        })?;
        let bar = say::progress();
        let outcome = publish::publish(&publication, &self.repository, &prober, &mut |step| {
            bar.set_message(step.to_owned());
        });
        bar.finish_and_clear();
        outcome
    }

    fn report(&self, outcome: &Outcome) {
        if self.json {
            say::line(&serde_json::json!({ "ok": true, "outcome": outcome }).to_string());
            return;
        }
        for (partner, count) in &outcome.videos {
            say::line(&format!("{partner} : {count} vidéo(s)."));
        }
        if outcome.signed.is_empty() {
            say::line("Rien de nouveau : le dépôt est déjà à jour.");
        } else {
            say::line(&format!(
                "Publié dans {} : {} fichier(s) ajouté(s).",
                self.repository.display(),
                outcome.media_added
            ));
        }
        for role in &outcome.expiring {
            say::error(&format!(
                "Attention : la signature « {role} » vieillit. Que faire : publiez bientôt avec les \
                 clés root-1 et root-2 dans le dossier des clés."
            ));
        }
    }
}
