//! A partner who publishes with `media-manifest`: sources, keys, repository.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::Result;

use crate::borne;
use crate::film::Film;
use crate::process;

/// Identifier of the partner.
pub const PARTNER: &str = "essai";

const HEAD: &str = "[partner]\nid = \"essai\"\nname = \"Partenaire d'essai\"\n";

/// One cue for each two seconds of a film, as its captions say.
const CUE_S: u32 = 2;

/// A partner's folders.
pub struct Publisher {
    program: PathBuf,
    source: PathBuf,
    keys: PathBuf,
    repository: PathBuf,
}

impl Publisher {
    /// A partner with new keys and an empty manifest.
    ///
    /// # Errors
    /// `media-manifest` is missing or fails.
    pub fn new(folder: &Path) -> Result<Self> {
        let publisher = Self {
            program: borne::program("media-manifest")?,
            source: folder.join("source"),
            keys: folder.join("keys"),
            repository: folder.join("repository"),
        };
        fs::create_dir_all(&publisher.source)?;
        fs::create_dir_all(&publisher.repository)?;
        publisher.write_manifest(HEAD)?;
        let mut keys = publisher.command("keys");
        keys.args(["new", "--partner", PARTNER]);
        process::succeed(keys.arg("--keys").arg(&publisher.keys))?;
        Ok(publisher)
    }

    /// The folder of sources.
    #[must_use]
    pub fn source(&self) -> &Path {
        &self.source
    }

    /// What is hosted.
    #[must_use]
    pub fn repository(&self) -> &Path {
        &self.repository
    }

    /// The root of trust a borne is delivered with: a copy of the first one published.
    #[must_use]
    pub fn root(&self) -> PathBuf {
        self.keys.with_file_name("root.json")
    }

    /// The manifest as it stands.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn manifest(&self) -> Result<String> {
        Ok(fs::read_to_string(self.source.join("manifest.toml"))?)
    }

    /// Writes the manifest anew.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write_manifest(&self, text: &str) -> Result<()> {
        Ok(fs::write(self.source.join("manifest.toml"), text)?)
    }

    /// Makes a film with captions and enters it in the manifest, featured; gives its key.
    ///
    /// # Errors
    /// ffmpeg fails, or a file cannot be written.
    pub fn shoot(&self, film: &Film) -> Result<String> {
        let path = film.make(&self.source)?;
        let name = &film.name;
        fs::write(self.source.join(format!("{name}.vtt")), captions(film)?)?;
        let file = path
            .file_name()
            .and_then(|file| file.to_str())
            .unwrap_or_default();
        let mut manifest = self.manifest()?;
        write!(
            manifest,
            "\n[[video]]\nid = \"{name}\"\nkind = \"metier\"\ntitle = \"Film {name}\"\n\
             univers = [\"informatique\"]\nfeatured = true\nadded = 2026-01-15\n\
             file = \"{file}\"\ncaptions = \"{name}.vtt\"\n"
        )?;
        self.write_manifest(&manifest)?;
        Ok(format!("{PARTNER}/{name}"))
    }

    /// Runs `media-manifest add FILE --title TITLE …`.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn add(&self, file: &Path, title: &str) -> Result<Output> {
        let mut add = self.command("add");
        add.arg(file).arg("--title").arg(title);
        add.args(["--kind", "metier", "--univers", "informatique"]);
        add.arg("--source").arg(&self.source);
        process::run(&mut add)
    }

    /// Runs `media-manifest publish`.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn publish(&self) -> Result<Output> {
        process::run(&mut self.publication())
    }

    /// Runs `media-manifest publish`, which must succeed.
    ///
    /// # Errors
    /// It fails: with all it wrote.
    pub fn must_publish(&self) -> Result<()> {
        process::succeed(&mut self.publication())?;
        if !self.root().exists() {
            fs::copy(self.repository.join("metadata/1.root.json"), self.root())?;
        }
        Ok(())
    }

    /// Runs `media-manifest firmware` with more arguments.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn firmware(&self, arguments: &[&str]) -> Result<Output> {
        let mut firmware = self.command("firmware");
        firmware.args(arguments);
        firmware.arg("--keys").arg(&self.keys);
        firmware.arg("--repository").arg(&self.repository);
        process::run(&mut firmware)
    }

    /// Runs `media-manifest status`.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn status(&self) -> Result<Output> {
        let mut status = self.command("status");
        process::run(status.arg("--repository").arg(&self.repository))
    }

    /// Runs `media-manifest verify`.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn verify(&self) -> Result<Output> {
        let mut verify = self.command("verify");
        verify.arg("--repository").arg(&self.repository);
        process::run(verify.arg("--root").arg(self.root()))
    }

    fn publication(&self) -> Command {
        let mut publish = self.command("publish");
        publish.arg("--source").arg(&self.source);
        publish.arg("--keys").arg(&self.keys);
        publish.arg("--repository").arg(&self.repository);
        publish
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(name);
        command
    }
}

fn captions(film: &Film) -> Result<String> {
    let mut text = "WEBVTT\n".to_owned();
    for start in (0..film.seconds).step_by(CUE_S as usize) {
        let end = (start + CUE_S).min(film.seconds);
        write!(
            text,
            "\n00:00:{start:02}.000 --> 00:00:{end:02}.000\nPhrase de la seconde {start}\n"
        )?;
    }
    Ok(text)
}
