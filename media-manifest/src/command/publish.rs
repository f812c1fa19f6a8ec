use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use media_manifest::catalogue::Classification;
use media_manifest::check::Problem;
use media_manifest::probe::GstProber;
use media_manifest::publish::{
    self, Elsewhere, Outcome, Prepared, PublicKey, Publication, PublishError, publish_signed,
};
use media_manifest::source::Source;

use super::{Ending, check, outcome, rotate, say};

/// Publie un ou plusieurs dossiers dans un dépôt signé.
#[derive(Debug, Args)]
pub struct Publish {
    /// Dossier d'un partenaire ; peut être répété. Les autres partenaires du dépôt restent.
    #[arg(
        long = "source",
        value_name = "DOSSIER",
        required_unless_present = "signed"
    )]
    sources: Vec<PathBuf>,
    /// Racine ou catalogue préparés et signés ; au lieu de --source.
    #[arg(long, value_name = "FICHIER", conflicts_with_all = ["sources", "prepare", "classification"])]
    signed: Option<PathBuf>,
    /// Dossier où préparer les catalogues des partenaires qui gardent leur clé.
    #[arg(long, value_name = "DOSSIER")]
    prepare: Option<PathBuf>,
    /// Clé publique d'un partenaire qui arrive ou qui change de clé ; peut être répété.
    #[arg(long = "partner-key", value_name = "ID=CLE.pub", value_parser = rotate::pair)]
    partner_keys: Vec<(String, PathBuf)>,
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
        anyhow::ensure!(
            self.partner_keys.is_empty() || self.prepare.is_some() || self.signed.is_some(),
            "--partner-key ne va qu'avec --prepare ou --signed. Que faire : ajoutez « --prepare \
             DOSSIER » pour préparer le catalogue que ce partenaire signera."
        );
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
            Err(error @ (PublishError::Prepared(_) | PublishError::Rehearsal(_))) => {
                say::error(&error.sentences().join("\n"));
                Ok(Ending::Refused)
            }
            Err(error) => anyhow::bail!(error.sentences().join("\n")),
        }
    }

    fn publish(&self) -> Result<Outcome, PublishError> {
        let keys = publish::Keys::read(&self.keys)?;
        let known = self.partner_keys()?;
        if let Some(file) = &self.signed {
            let role = Prepared::read(file)?;
            let key = known.get(role.role());
            let now = say::now();
            return publish_signed(&role, key, &keys, &self.repository, now, &mut |_| {});
        }
        let elsewhere = self.prepare.as_ref().map(|_| Elsewhere { keys: known });
        let outcome = self.publish_sources(&keys, elsewhere.as_ref())?;
        for role in &outcome.prepared {
            let file = self.waiting(role);
            role.write(&file)?;
        }
        Ok(outcome)
    }

    fn partner_keys(&self) -> Result<BTreeMap<String, PublicKey>, PublishError> {
        let pairs = self.partner_keys.iter();
        pairs
            .map(|(id, file)| Ok((id.clone(), PublicKey::read(file)?)))
            .collect()
    }

    /// The file of a role that waits for its signature.
    fn waiting(&self, role: &Prepared) -> PathBuf {
        let folder = self.prepare.clone().unwrap_or_default();
        folder.join(format!("{}-{}.json", role.role(), role.version()))
    }

    fn publish_sources(
        &self,
        keys: &publish::Keys,
        elsewhere: Option<&Elsewhere>,
    ) -> Result<Outcome, PublishError> {
        let classification = check::classification(self.classification.as_deref())
            .map_err(PublishError::Problems)?;
        let publication = Publication {
            sources: &self.sources(&classification)?,
            classification: &classification,
            keys,
            elsewhere,
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

    fn sources(&self, classification: &Classification) -> Result<Vec<Source>, PublishError> {
        let mut sources = Vec::new();
        let mut problems: Vec<Problem> = Vec::new();
        for folder in &self.sources {
            match Source::read(folder, classification) {
                Ok(source) => sources.push(source),
                Err(found) => problems.extend(found),
            }
        }
        if problems.is_empty() {
            Ok(sources)
        } else {
            Err(PublishError::Problems(problems))
        }
    }

    fn report(&self, outcome: &Outcome) {
        if self.json {
            say::line(&serde_json::json!({ "ok": true, "outcome": outcome }).to_string());
            return;
        }
        outcome::report(outcome, &self.repository);
        for role in &outcome.prepared {
            outcome::say_prepared(role, &self.waiting(role));
        }
    }
}
