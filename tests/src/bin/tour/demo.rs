//! The running demonstration, as `deploy/demo` describes it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

/// What the tour needs to know of the demonstration.
#[derive(Debug, Deserialize)]
pub struct Demo {
    /// Data folder of the borne.
    pub data: PathBuf,
    /// Where central answers.
    pub central_url: String,
    /// Name of the member of staff.
    pub staff_login: String,
    /// Their password.
    pub staff_password: String,
    /// The X screen, such as `:3`.
    pub display: String,
    /// The web server that is the network.
    pub nginx_pid: u32,
}

impl Demo {
    /// Reads the description.
    ///
    /// # Errors
    /// It is missing, or lacks a field.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).with_context(|| format!("{}", path.display()))?;
        serde_json::from_slice(&bytes).with_context(|| format!("{}", path.display()))
    }
}
