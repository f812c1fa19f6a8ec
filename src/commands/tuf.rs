//! `borne tuf`: the trust client alone, as a conformance driver calls it. Nothing here decides about
//! trust: it is the client that `borne sync` uses.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use borne::clock;
use borne::http::Http;
use borne::sync::HttpTransport;
use clap::{Args, Subcommand};
use media_manifest::trust::{Client, Datastore, Now};
use url::Url;

#[derive(Args)]
pub struct Options {
    /// Dossier des métadonnées de confiance
    #[arg(long, value_name = "DOSSIER")]
    metadata_dir: PathBuf,
    /// Adresse des métadonnées
    #[arg(long, value_name = "ADRESSE")]
    metadata_url: Option<Url>,
    /// Cible à télécharger ; peut être répété, dans l'ordre
    #[arg(long, value_name = "NOM")]
    target_name: Vec<String>,
    /// Dossier où mettre les cibles
    #[arg(long, value_name = "DOSSIER")]
    target_dir: Option<PathBuf>,
    /// Adresse des cibles
    #[arg(long, value_name = "ADRESSE")]
    target_base_url: Option<Url>,
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Fait confiance à un root.json, sans rien demander au réseau
    Init {
        /// Le root.json
        root: PathBuf,
    },
    /// Met les métadonnées à jour
    Refresh,
    /// Met à jour puis télécharge les cibles nommées
    Download,
}

pub fn run(options: &Options) -> ExitCode {
    match act(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn act(options: &Options) -> anyhow::Result<()> {
    if let Action::Init { root } = &options.action {
        let bytes = std::fs::read(root).with_context(|| root.display().to_string())?;
        Datastore::init(&options.metadata_dir, &bytes)?;
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(update(options))
}

async fn update(options: &Options) -> anyhow::Result<()> {
    let metadata = options
        .metadata_url
        .clone()
        .context("--metadata-url manque")?;
    let targets = options.target_base_url.as_ref().unwrap_or(&metadata);
    let transport = HttpTransport::split(Http::new(None)?, folder(&metadata), folder(targets));
    // A driver sets the system's clock: it is trusted here.
    let now = Now {
        time: clock::now(),
        check_expiry: true,
    };
    let store = Datastore::open(&options.metadata_dir)?;
    let mut client = Client::new(transport, store, now);
    client.refresh().await?;
    if matches!(options.action, Action::Download) {
        download(&mut client, options).await?;
    }
    Ok(())
}

async fn download(client: &mut Client<HttpTransport>, options: &Options) -> anyhow::Result<()> {
    let Some(folder) = &options.target_dir else {
        bail!("--target-dir manque");
    };
    if options.target_base_url.is_none() {
        bail!("--target-base-url manque");
    }
    std::fs::create_dir_all(folder)?;
    for name in &options.target_name {
        let target = client.find(name).await?;
        let path = folder.join(file_name(name));
        if held(&path).is_some_and(|bytes| target.check(&bytes).is_ok()) {
            continue;
        }
        let bytes = client.download(&target).await?;
        store(&path, &bytes)?;
    }
    Ok(())
}

fn held(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

/// Whole or absent.
fn store(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let temporary = path.with_extension("part");
    std::fs::write(&temporary, bytes)?;
    std::fs::rename(&temporary, path)
}

/// A target's name as one file name: folders and odd signs are percent-encoded.
fn file_name(name: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || (b"-_.".contains(&byte) && !encoded.is_empty()) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The same address with a final `/`.
fn folder(url: &Url) -> Url {
    let mut url = url.clone();
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    url
}
