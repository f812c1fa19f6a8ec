//! Central as a process, with one enrolled borne, and what its database holds.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{self, Running};
use crate::{address, programs};

/// Plays by video, from the events themselves and not from what is counted of them.
const PLAYS: &str = "SELECT json_extract(body, '$.video'), count(*) FROM event \
                     WHERE json_extract(body, '$.type') = 'play' GROUP BY 1";

/// Central on a free loopback port.
pub struct Central {
    program: PathBuf,
    folder: PathBuf,
    address: SocketAddr,
    running: Option<Running>,
}

impl Central {
    /// Prepares a central that knows one borne; it is not started.
    ///
    /// # Errors
    /// `central` is missing or refuses.
    pub fn new(folder: &Path, borne_id: &str) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let central = Self {
            program: programs::program("central")?,
            folder: folder.to_owned(),
            address: address::free_address()?,
            running: None,
        };
        let settings = format!(
            "[server]\nlisten = \"{}\"\n\n[storage]\ndata = \"data\"\n",
            central.address
        );
        fs::write(central.config(), settings)?;
        let mut enrol = Command::new(&central.program);
        enrol.args(["borne", "add", borne_id, "--site", "Lieu de test"]);
        enrol.arg("--token-file").arg(central.token_file());
        enrol.arg("--config").arg(central.config());
        process::succeed(&mut enrol)?;
        Ok(central)
    }

    /// The settings a borne needs to deliver here.
    #[must_use]
    pub fn settings(&self) -> String {
        format!(
            "[central]\nurl = \"http://{}/\"\ntoken_file = \"{}\"\ninterval_s = 1\n",
            self.address,
            self.token_file().display()
        )
    }

    /// Starts it.
    ///
    /// # Errors
    /// It does not answer.
    pub fn start(&mut self) -> Result<()> {
        let mut serve = Command::new(&self.program);
        serve.arg("serve").arg("--config").arg(self.config());
        let mut running = Running::start("central", serve, &self.folder)?;
        address::answers("central", self.address, || running.must_be_alive())?;
        self.running = Some(running);
        Ok(())
    }

    /// Ends it at once.
    ///
    /// # Errors
    /// It cannot be waited for.
    pub fn kill(&mut self) -> Result<()> {
        match self.running.take() {
            Some(mut running) => running.kill().map(drop),
            None => Ok(()),
        }
    }

    /// Plays it has stored, by video.
    ///
    /// # Errors
    /// sqlite3 is missing, or the database is not as expected.
    pub fn plays(&self) -> Result<BTreeMap<String, u64>> {
        let mut sqlite = Command::new("sqlite3");
        sqlite.args(["-readonly", "-separator", " "]);
        sqlite.arg(self.database()).arg(PLAYS);
        let rows = process::succeed(&mut sqlite)?;
        rows.lines()
            .map(|row| {
                let (video, plays) = row.rsplit_once(' ').context("ligne de sqlite3")?;
                Ok((video.to_owned(), plays.parse()?))
            })
            .collect()
    }

    /// One value of its database.
    ///
    /// # Errors
    /// sqlite3 is missing, or the database is not as expected.
    pub fn number(&self, sql: &str) -> Result<i64> {
        let mut sqlite = Command::new("sqlite3");
        sqlite.arg("-readonly").arg(self.database()).arg(sql);
        let row = process::succeed(&mut sqlite)?;
        row.trim().parse().with_context(|| format!("{sql} : {row}"))
    }

    /// Runs one of its commands, which must succeed.
    ///
    /// # Errors
    /// It refuses.
    pub fn run(&self, arguments: &[&str]) -> Result<String> {
        let mut command = Command::new(&self.program);
        command.args(arguments).arg("--config").arg(self.config());
        process::succeed(&mut command)
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    fn database(&self) -> PathBuf {
        self.folder.join("data/central.db")
    }

    fn config(&self) -> PathBuf {
        self.folder.join("central.toml")
    }

    /// Where the borne finds its token.
    #[must_use]
    pub fn token_file(&self) -> PathBuf {
        self.folder.join("token")
    }
}
