//! A whole place in a temporary folder: a partner who publishes, hosting, a borne.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use tempfile::TempDir;

use crate::borne::{self, Borne};
use crate::publisher::Publisher;
use crate::server::Server;
use crate::shelf::Shelf;

/// Identifier of the borne.
pub const BORNE: &str = "borne-test";

/// A partner, the hosting of what they publish, and a borne that syncs from it.
pub struct Place {
    /// The partner.
    pub publisher: Publisher,
    /// The hosting.
    pub server: Server,
    /// The borne.
    pub borne: Borne,
    folder: TempDir,
}

impl Place {
    /// A place where nothing has been published yet.
    ///
    /// # Errors
    /// A program is missing, or hosting does not start.
    pub fn new() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("borne-test-").tempdir()?;
        let publisher = Publisher::new(&folder.path().join("partner"))?;
        let hosting = folder.path().join("hosting");
        fs::create_dir_all(&hosting)?;
        let server = Server::start(publisher.repository(), &hosting)?;
        let borne = Borne {
            program: borne::program("borne")?,
            config: folder.path().join("etc"),
            data: folder.path().join("data"),
        };
        let place = Self {
            publisher,
            server,
            borne,
            folder,
        };
        fs::create_dir_all(&place.borne.config)?;
        place.settings("borne", &place.usual_settings())?;
        Ok(place)
    }

    /// Writes a file of the borne's settings; `borne` holds the usual ones, others win over it.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn settings(&self, name: &str, text: &str) -> Result<()> {
        let file = self.borne.config.join(format!("{name}.toml"));
        Ok(fs::write(file, text)?)
    }

    fn usual_settings(&self) -> String {
        format!(
            "[borne]\nid = \"{BORNE}\"\nsite = \"Lieu de test\"\n\n\
             [storage]\ndata = \"{data}\"\nreserve_mb = 10\n\n\
             [sync]\nurl = \"{url}/\"\nroot = \"{root}\"\ninterval_s = 5\n\n\
             [clock]\nsynced = \"yes\"\n\n\
             [screen]\nrenderer = \"software\"\n\n\
             [idle]\nask_after_s = 600\ncountdown_s = 30\n",
            data = self.borne.data.display(),
            url = self.server.url(),
            root = self.publisher.root().display(),
        )
    }

    /// The temporary folder, for logs and anything more.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the borne holds now.
    ///
    /// # Errors
    /// It has never synced.
    pub fn shelf(&self) -> Result<Shelf> {
        Shelf::open(&self.borne.data)
    }
}

/// Where pictures of a test are kept for people to look at: `target/pictures/NAME`.
///
/// # Errors
/// The folder cannot be made.
pub fn pictures(name: &str) -> Result<PathBuf> {
    let folder = borne::target()?.join("pictures").join(name);
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
