use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use media_manifest::firmware::{Release, Version};
use media_manifest::publish::{
    Keys, NewFirmware, Outcome, PublishError, offer_firmware, withdraw_firmware,
};

use super::{Ending, outcome, say};

/// Offre aux bornes une mise à jour de leur système, signée comme le catalogue.
#[derive(Debug, Args)]
pub struct Firmware {
    /// Mise à jour signée, le fichier .raucb fait par « deploy/image/build ».
    #[arg(
        value_name = "MISE_A_JOUR",
        required_unless_present = "withdraw",
        requires = "version"
    )]
    bundle: Option<PathBuf>,
    /// Version de cette mise à jour, par exemple 1.2.0 ; elle est comparée à celle du fichier.
    #[arg(long, value_name = "VERSION")]
    version: Option<Version>,
    /// Produit de cette mise à jour ; sans lui, celui que dit le fichier.
    #[arg(long, value_name = "PRODUIT")]
    product: Option<String>,
    /// N'offre plus rien aux bornes de ce produit ; au lieu d'un fichier. Ce qui est installé reste.
    #[arg(long, value_name = "PRODUIT", conflicts_with_all = ["bundle", "version", "product"])]
    withdraw: Option<String>,
    /// Dossier des clés targets, snapshot et timestamp.
    #[arg(long, value_name = "DOSSIER")]
    keys: PathBuf,
    /// Dossier du dépôt, qu'un serveur web met en ligne tel quel.
    #[arg(long, value_name = "DOSSIER")]
    repository: PathBuf,
    /// Répond en JSON, pour les programmes.
    #[arg(long)]
    json: bool,
}

impl Firmware {
    pub fn run(&self) -> Result<Ending> {
        match self.publish() {
            Ok((release, outcome)) => {
                self.report(release.as_ref(), &outcome);
                Ok(Ending::Done)
            }
            Err(error @ (PublishError::Firmware(_) | PublishError::Rehearsal(_))) => {
                say::error(&error.sentences().join("\n"));
                say::error("Rien n'est publié.");
                Ok(Ending::Refused)
            }
            Err(error) => anyhow::bail!(error.sentences().join("\n")),
        }
    }

    fn publish(&self) -> Result<(Option<Release>, Outcome), PublishError> {
        let keys = Keys::read(&self.keys)?;
        let now = say::now();
        if let Some(product) = &self.withdraw {
            let outcome = withdraw_firmware(product, &self.repository, &keys, now)?;
            return Ok((None, outcome));
        }
        // clap asks for both unless --withdraw is given.
        let (Some(bundle), Some(version)) = (&self.bundle, &self.version) else {
            return Ok((None, Outcome::default()));
        };
        let new = NewFirmware {
            bundle: bundle.clone(),
            version: version.clone(),
            product: self.product.clone(),
        };
        let bar = say::progress();
        let offered = offer_firmware(&new, &self.repository, &keys, now, &mut |step| {
            bar.set_message(step.to_owned());
        });
        bar.finish_and_clear();
        let (release, outcome) = offered?;
        Ok((Some(release), outcome))
    }

    fn report(&self, release: Option<&Release>, outcome: &Outcome) {
        if self.json {
            let answer = serde_json::json!({ "ok": true, "release": release, "outcome": outcome });
            say::line(&answer.to_string());
            return;
        }
        if let Some(release) = release {
            say::line(&offered(release));
        }
        if let Some(product) = &self.withdraw {
            say::line(&format!(
                "« {product} » : plus aucun système n'est offert. Le fichier part avec \
                 « media-manifest prune », après son délai."
            ));
        }
        outcome::report(outcome, &self.repository);
    }
}

/// A release as people read it.
pub fn offered(release: &Release) -> String {
    format!(
        "Système {} : version {}, {} Mo",
        release.product,
        release.version,
        release.bundle.length.div_ceil(1_000_000)
    )
}
