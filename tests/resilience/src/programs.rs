//! Where the programs under test are.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

/// A program under test: in `BORNE_BIN_DIR`, else beside the tests, as built with them.
///
/// # Errors
/// It has not been built.
pub fn program(name: &str) -> Result<PathBuf> {
    let folder = match std::env::var_os("BORNE_BIN_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => built()?,
    };
    let program = folder.join(name);
    if !program.is_file() {
        bail!(
            "{} manque : « cargo build -p borne --no-default-features -p central -p resilience » d'abord",
            program.display()
        );
    }
    Ok(program)
}

/// The folder of this profile's programs, from `target/PROFILE/deps/TEST`.
fn built() -> Result<PathBuf> {
    let this = std::env::current_exe()?;
    let folder = this.ancestors().nth(2).context("dossier target")?;
    Ok(folder.to_owned())
}

/// A tool of the system that a test cannot do without.
///
/// # Errors
/// It is not installed; names the Debian package.
pub fn tool(name: &str, package: &str) -> Result<PathBuf> {
    let folders = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"];
    let found = folders
        .iter()
        .map(|folder| PathBuf::from(folder).join(name));
    found
        .into_iter()
        .find(|path| path.is_file())
        .with_context(|| format!("{name} manque : « apt-get install {package} » d'abord"))
}
