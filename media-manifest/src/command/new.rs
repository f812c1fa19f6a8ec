use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::Args;
use media_manifest::check::is_id;
use media_manifest::source::MANIFEST;

use super::{Ending, say};

/// Crée un dossier de vidéos prêt à remplir.
#[derive(Debug, Args)]
pub struct New {
    /// Dossier à créer.
    #[arg(long, value_name = "DOSSIER")]
    source: PathBuf,
    /// Identifiant de votre organisme : minuscules, chiffres et tirets.
    #[arg(long, value_name = "ID")]
    partner: String,
    /// Nom de votre organisme, comme les visiteurs le liront.
    #[arg(long, value_name = "NOM")]
    name: String,
}

impl New {
    pub fn run(&self) -> Result<Ending> {
        ensure!(
            is_id(&self.partner),
            "« {} » n'est pas un identifiant. Que faire : employez des minuscules sans accent, des \
             chiffres et des tirets, comme « mon-organisme ».",
            self.partner
        );
        let path = self.source.join(MANIFEST);
        let failed = || {
            format!(
                "{} n'a pas pu être créé. Que faire : vérifiez que le dossier est à vous et ne contient pas déjà ce fichier",
                path.display()
            )
        };
        fs::create_dir_all(&self.source).with_context(failed)?;
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .with_context(failed)?;
        let mut table = toml_edit::Table::new();
        table["id"] = toml_edit::value(&self.partner);
        table["name"] = toml_edit::value(&self.name);
        let text = format!(
            "# Vidéos de notre organisme. Ajoutez-en avec « media-manifest add », ou à la main\n\
             # comme GUIDE.md l'explique.\n\n[partner]\n{table}"
        );
        file.write_all(text.as_bytes()).with_context(failed)?;
        say::line(&format!("{} est prêt.", path.display()));
        Ok(Ending::Done)
    }
}
