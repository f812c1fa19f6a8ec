use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use media_manifest::catalogue::FileRef;
use media_manifest::firmware::Release;
use media_manifest::trust::{
    CatalogueError, Client, Datastore, Directory, FirmwareFile, Now, TrustError, Update, Verified,
};
use sha2::{Digest, Sha256};

use super::{Ending, say};

/// Vérifie un dépôt comme le fait une borne, et l'empreinte de chaque fichier.
#[derive(Debug, Args)]
pub struct Verify {
    /// Dossier du dépôt.
    #[arg(long, value_name = "DOSSIER")]
    repository: PathBuf,
    /// Racine de confiance que vos bornes ont reçue (1.root.json).
    #[arg(long, value_name = "FICHIER")]
    root: PathBuf,
    /// Répond en JSON, pour les programmes.
    #[arg(long)]
    json: bool,
}

/// What a borne reads of a repository.
type Read = (Verified<Update>, Option<Verified<FirmwareFile>>);

impl Verify {
    pub fn run(&self) -> Result<Ending> {
        let root = std::fs::read(&self.root).with_context(|| {
            let root = self.root.display();
            format!("{root} ne peut pas être lu. Que faire : donnez le fichier 1.root.json de vos bornes")
        })?;
        let (problems, videos) = match self.catalogue(&root)? {
            Ok((update, firmware)) => {
                let mut problems = self.examine(&update);
                problems.extend(self.examine_firmware(firmware.as_deref()));
                (problems, update.merged.videos.len())
            }
            Err(error) => (vec![sentence("le dépôt", &error)], 0),
        };
        if self.json {
            let ok = problems.is_empty();
            let answer = serde_json::json!({ "ok": ok, "videos": videos, "problems": problems });
            say::line(&answer.to_string());
        } else {
            problems.iter().for_each(|problem| say::error(problem));
        }
        if problems.is_empty() {
            if !self.json {
                say::line(&format!(
                    "Dépôt en ordre : {videos} vidéo(s), signatures et fichiers vérifiés."
                ));
            }
            return Ok(Ending::Done);
        }
        Ok(Ending::Refused)
    }

    fn catalogue(&self, root: &[u8]) -> Result<Result<Read, TrustError>> {
        let store = tempfile::tempdir().context("dossier temporaire")?;
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        Ok(runtime.block_on(async {
            let now = Now {
                time: say::now(),
                check_expiry: true,
            };
            let store = Datastore::init(store.path(), root)?;
            let mut client = Client::new(Directory::new(&self.repository), store, now);
            client.refresh().await?;
            let update = client.catalogue(None).await?;
            Ok((update, client.firmware(None).await?))
        }))
    }

    /// What is wrong with the systems offered.
    fn examine_firmware(&self, firmware: Option<&FirmwareFile>) -> Vec<String> {
        let releases = firmware.map_or(&[][..], |file| &file.firmware.releases);
        let problem = |release: &Release| {
            let problem = file_problem(&self.repository, &release.bundle)?;
            Some(format!(
                "système « {} » : {problem}. Que faire : publiez de nouveau cette mise à jour, ou \
                 retirez-la avec « media-manifest firmware --withdraw ».",
                release.product
            ))
        };
        releases.iter().filter_map(problem).collect()
    }

    fn examine(&self, update: &Update) -> Vec<String> {
        let mut problems: Vec<String> = update
            .failures
            .iter()
            .map(|failure| sentence(&failure.partner, &failure.error))
            .collect();
        let bar = say::progress();
        for entry in &update.merged.videos {
            bar.set_message(entry.key.clone());
            for file in entry.video.files() {
                if let Some(problem) = file_problem(&self.repository, file) {
                    problems.push(format!(
                        "vidéo « {} » : {problem}. Que faire : publiez de nouveau.",
                        entry.key
                    ));
                }
            }
        }
        bar.finish_and_clear();
        problems
    }
}

/// What is wrong with a file that is published in a repository.
fn file_problem(repository: &Path, file: &FileRef) -> Option<String> {
    let url = file.urls.iter().find(|url| !url.contains("://"))?;
    match measure(&repository.join(url)) {
        Err(error) => Some(format!("le fichier {url} ne peut pas être lu ({error})")),
        Ok((_, length)) if length != file.length => Some(format!(
            "le fichier {url} a {length} octets au lieu de {}",
            file.length
        )),
        Ok((sha256, _)) if sha256 != file.sha256 => Some(format!(
            "le fichier {url} a été modifié (son empreinte diffère)"
        )),
        Ok(_) => None,
    }
}

fn measure(path: &Path) -> std::io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    let mut length = 0;
    loop {
        let count = file.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else {
            return Ok((hex::encode(hash.finalize()), length));
        };
        hash.update(bytes);
        length += bytes.len() as u64;
    }
}

/// Why something cannot be trusted, in words for partners; the detail is for whoever helps them.
fn sentence(who: &str, error: &TrustError) -> String {
    let (problem, remedy) = match error {
        TrustError::NoRoot { .. } => (
            "la racine de confiance n'est pas valable",
            "donnez le fichier 1.root.json que vos bornes ont reçu",
        ),
        TrustError::Signature { .. } => (
            "la signature n'est pas la bonne",
            "vérifiez que les clés et la racine sont celles de ce dépôt, puis publiez de nouveau",
        ),
        TrustError::Expired { .. } => (
            "la signature est trop ancienne",
            "voyez avec « media-manifest status » laquelle, et comment la renouveler",
        ),
        TrustError::Catalogue(CatalogueError::Empty { .. }) => (
            "le catalogue est vide, les bornes gardent le précédent",
            "ajoutez au moins une vidéo",
        ),
        TrustError::Catalogue(_) => (
            "le catalogue ne peut pas être montré",
            "corrigez-le puis publiez de nouveau",
        ),
        _ => (
            "un fichier manque ou n'est pas celui qui a été signé",
            "publiez de nouveau",
        ),
    };
    format!("{who} : {problem} ({error}). Que faire : {remedy}.")
}
