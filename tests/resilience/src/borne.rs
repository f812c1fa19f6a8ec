//! A borne: settings, data, its commands.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::{process, programs};

/// Identifier of the borne.
pub const ID: &str = "borne-test";

/// A borne in a folder.
#[derive(Clone, Debug)]
pub struct Borne {
    folder: PathBuf,
    /// Its data folder.
    pub data: PathBuf,
}

/// What a command left behind.
#[derive(Clone, Debug)]
pub struct Ran {
    /// Exit code; `None` after a signal.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// Reads what a command left behind.
    #[must_use]
    pub fn of(output: &Output) -> Self {
        let (out, err) = process::texts(output);
        Self {
            code: output.status.code(),
            out,
            err,
        }
    }

    /// Fails unless it ended with this code.
    #[track_caller]
    pub fn must(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }
}

impl Borne {
    /// A borne that trusts `root` and looks at `url`, its data in `data`.
    #[must_use]
    pub fn new(folder: &Path, data: &Path, url: &str, root: &Path) -> Self {
        let borne = Self {
            folder: folder.join("etc"),
            data: data.to_owned(),
        };
        fs::create_dir_all(&borne.folder).unwrap();
        fs::copy(root, borne.folder.join("root.json")).unwrap();
        borne.set("borne", &format!("[borne]\nid = \"{ID}\"\n"));
        let storage = format!("[storage]\ndata = \"{}\"\nreserve_mb = 0\n", data.display());
        borne.set("storage", &storage);
        borne.set("clock", "[clock]\nsynced = \"yes\"\n");
        borne.look_at(url);
        borne
    }

    /// The folder of its settings.
    #[must_use]
    pub fn settings(&self) -> &Path {
        &self.folder
    }

    /// Writes a file of its settings.
    pub fn set(&self, name: &str, text: &str) {
        fs::write(self.folder.join(format!("{name}.toml")), text).unwrap();
    }

    /// Makes it look at another server.
    pub fn look_at(&self, url: &str) {
        self.look_with(url, "");
    }

    /// Makes it look at a server with more settings of `[sync]`.
    pub fn look_with(&self, url: &str, more: &str) {
        let root = self.folder.join("root.json");
        let text = format!(
            "[sync]\nurl = \"{url}\"\nroot = \"{}\"\n{more}",
            root.display()
        );
        self.set("sync", &text);
    }

    /// Replaces the root of trust it was delivered with.
    pub fn trust(&self, root: &Path) {
        fs::copy(root, self.folder.join("root.json")).unwrap();
    }

    /// One of its commands.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.command_under(&[], arguments)
    }

    /// One of its commands as the child of another program.
    #[must_use]
    pub fn command_under(&self, wrapper: &[&str], arguments: &[&str]) -> Command {
        let program = programs::program("borne").unwrap();
        let mut command = match wrapper {
            [] => Command::new(program),
            [first, more @ ..] => {
                let mut command = Command::new(first);
                command.args(more).arg(program);
                command
            }
        };
        command.args(arguments).arg("--config").arg(&self.folder);
        command.env("RUST_LOG", "warn");
        command
    }

    /// Looks once.
    pub fn sync(&self) -> Ran {
        self.run(&[])
    }

    /// Looks once, as the child of another program.
    pub fn run(&self, wrapper: &[&str]) -> Ran {
        let mut command = self.command_under(wrapper, &["sync", "--once"]);
        Ran::of(&process::run(&mut command).unwrap())
    }

    /// What `borne status --json` says.
    pub fn status(&self) -> Value {
        let ran = process::run(&mut self.command(&["status", "--json"])).unwrap();
        let ran = Ran::of(&ran);
        serde_json::from_str(&ran.must(0).out).unwrap()
    }

    /// The network's trouble, or `ok`, as its status says.
    pub fn network(&self) -> String {
        self.status()["network"].as_str().unwrap().to_owned()
    }
}
