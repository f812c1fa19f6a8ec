//! Settings on a stick: `borne.toml` at its root.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::places::absent_or;
use super::{Refusal, policy};

/// Name of the file.
const FILE: &str = "borne.toml";

/// Sections that a stick does not bring: where the borne keeps its data, and which system it takes.
const SECTIONS: [&str; 2] = ["storage", "firmware"];

/// Keys that a stick does not bring: they name files of the machine.
const KEYS: [(&str, &str); 2] = [("sync", "root"), ("sync", "import")];

/// The one file that `central.token_file` may name: any other would be read and sent away.
const TOKEN_FILE: &str = "/data/borne/token";

/// Reads the settings of a stick; `None` without any.
///
/// # Errors
/// A file that cannot be read, is too long, or is no text.
pub fn read(folder: &Path) -> io::Result<Option<String>> {
    let Some(file) = absent_or(File::open(folder.join(FILE)))? else {
        return Ok(None);
    };
    let mut text = String::new();
    file.take(policy::STICK_BYTES + 1)
        .read_to_string(&mut text)?;
    if text.len() as u64 > policy::STICK_BYTES {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(Some(text))
}

/// Whether a stick may bring these settings. What is no TOML is left to the settings themselves, which
/// name the line.
///
/// # Errors
/// The first key that it may not.
pub fn check(text: &str) -> Result<(), Refusal> {
    let Ok(table) = toml::from_str::<toml::Table>(text) else {
        return Ok(());
    };
    if let Some(section) = SECTIONS.iter().find(|it| table.contains_key(**it)) {
        return Err(refused(section));
    }
    let value = |section: &str, key: &str| table.get(section)?.get(key);
    if let Some((section, key)) = KEYS.iter().find(|(it, key)| value(it, key).is_some()) {
        return Err(refused(&format!("{section}.{key}")));
    }
    match value("central", "token_file").and_then(toml::Value::as_str) {
        None | Some(TOKEN_FILE) => Ok(()),
        Some(_) => Err(Refusal::Setting {
            key: "central.token_file".to_owned(),
            sentence: format!(
                "{FILE} de la clé : « central.token_file » ne peut désigner que {TOKEN_FILE}. \
                 Corrigez cette ligne."
            ),
        }),
    }
}

fn refused(key: &str) -> Refusal {
    Refusal::Setting {
        key: key.to_owned(),
        sentence: format!(
            "{FILE} de la clé : « {key} » appartient au système de la borne et ne vient pas d'une clé. \
             Retirez-le."
        ),
    }
}

/// What is wrong with a file that cannot be read.
#[must_use]
pub fn unreadable(error: &io::Error) -> Refusal {
    let sentence = if error.kind() == io::ErrorKind::FileTooLarge {
        format!(
            "{FILE} de la clé : ce fichier dépasse {} ko. Écrivez-le à nouveau.",
            policy::STICK_BYTES / 1024
        )
    } else {
        format!("{FILE} de la clé : lecture impossible ({error}). Écrivez-le à nouveau.")
    };
    Refusal::Setting {
        key: String::new(),
        sentence,
    }
}

/// The same, naming the file on the stick instead of the one that it would become.
#[must_use]
pub fn named(refusal: Refusal, becomes: &Path) -> Refusal {
    match refusal {
        Refusal::Setting { key, sentence } => Refusal::Setting {
            key,
            sentence: sentence
                .replace(&becomes.display().to_string(), &format!("{FILE} de la clé")),
        },
        other => other,
    }
}

/// What is wrong, for a person.
#[must_use]
pub fn problem(refusal: Refusal) -> String {
    match refusal {
        Refusal::Setting { sentence, .. } => sentence,
        other => format!("{FILE} de la clé : {other:?}"),
    }
}
