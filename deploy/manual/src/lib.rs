//! Manual pages and completions of our commands, written by the commands themselves.
//!
//! Each command knows a word that its help does not tell: `COMMAND manual FOLDER DATE` writes, below
//! `FOLDER`, what a package installs below `/usr`. The pages are French, as the help is.

mod closing; // the text after a help, as parts
mod page; // one command as a manual page
mod words; // what clap says in English

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Command, CommandFactory, FromArgMatches};
use clap_complete::Shell;

pub use words::french;

/// The word that asks for the manual, in place of a command.
const WORD: &str = "manual";

/// Where each shell looks for the completions of packages, below `/usr`, and its name for a file.
const SHELLS: [(Shell, &str, [&str; 2]); 3] = [
    (Shell::Bash, "share/bash-completion/completions", ["", ""]),
    (Shell::Zsh, "share/zsh/vendor-completions", ["_", ""]),
    (
        Shell::Fish,
        "share/fish/vendor_completions.d",
        ["", ".fish"],
    ),
];

/// A command and what its definition does not say.
pub struct Manual {
    /// The command line, as it is parsed.
    pub command: Command,
    /// Files that the command reads and writes, each with what it is for.
    pub files: &'static [(&'static str, &'static str)],
}

/// What cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("{path} ne peut pas être écrit : {source}")]
pub struct ManualError {
    /// The file or folder.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

/// Writes the manual if the arguments ask for it: all of them, the program's name included.
/// `None` when they ask for something else.
pub fn asked(
    arguments: impl IntoIterator<Item = OsString>,
    manual: impl FnOnce() -> Manual,
) -> Option<ExitCode> {
    let arguments: Vec<_> = arguments.into_iter().collect();
    let [_, word, folder, date] = arguments.as_slice() else {
        return None;
    };
    if word != WORD {
        return None;
    }
    Some(
        match manual().write(Path::new(folder), &date.to_string_lossy()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        },
    )
}

/// The command line, with a help in French.
///
/// # Errors
/// It asks for help or the version, or cannot be used.
pub fn arguments<T: CommandFactory + FromArgMatches>() -> Result<T, clap::Error> {
    let matches = french(T::command()).try_get_matches()?;
    T::from_arg_matches(&matches)
}

impl Manual {
    /// Writes a page for each command and the completions, below `folder`. `date` stands at the foot of
    /// the pages, as `2026-01-31`.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn write(&self, folder: &Path, date: &str) -> Result<(), ManualError> {
        let mut command = french(self.command.clone()).disable_help_subcommand(true);
        command.build();
        let pages = folder.join("share/man/fr/man1");
        for page in page::all(&command, self.files, date) {
            write(&pages.join(&page.file), |file| {
                io::Write::write_all(file, page.roff.as_bytes())
            })?;
        }
        for (shell, place, [before, after]) in SHELLS {
            let name = command.get_name().to_owned();
            let path = folder.join(place).join(format!("{before}{name}{after}"));
            write(&path, |file| {
                clap_complete::generate(shell, &mut command.clone(), &name, file);
                Ok(())
            })?;
        }
        Ok(())
    }
}

fn write(
    path: &Path,
    content: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<(), ManualError> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent)
        .and_then(|()| File::create(path))
        .and_then(|mut file| content(&mut file))
        .map_err(|source| ManualError {
            path: path.to_owned(),
            source,
        })
}

#[cfg(test)]
mod tests;
