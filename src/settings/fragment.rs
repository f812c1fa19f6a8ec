//! Files of settings, read in order, the later ones over the earlier ones.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::error::{Place, SettingsError};

/// Name of the file that a folder's others complete: it is read first.
const FIRST: &str = "borne.toml";

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Located {
    pub(super) value: toml::Value,
    pub(super) place: Place,
}

/// What stands under a name at the top of a file.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Value(Located),
    Section {
        place: Place,
        values: BTreeMap<String, Located>,
    },
}

/// Reads a file, or the `.toml` files of a folder: `borne.toml`, then the others by name.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, Item>, SettingsError> {
    merged(&files(path)?, text_of)
}

/// Reads the `.toml` files of a folder as if `name`, which may be absent, held `text`.
pub(super) fn read_with(
    path: &Path,
    name: &str,
    text: &str,
) -> Result<BTreeMap<String, Item>, SettingsError> {
    let with = path.join(name);
    let mut files = files(path)?;
    files.retain(|file| *file != with);
    files.push(with.clone());
    in_order(&mut files);
    merged(&files, |file| {
        if file == with {
            Ok(text.to_owned())
        } else {
            text_of(file)
        }
    })
}

fn merged(
    files: &[PathBuf],
    text: impl Fn(&Path) -> Result<String, SettingsError>,
) -> Result<BTreeMap<String, Item>, SettingsError> {
    let mut items = BTreeMap::new();
    for file in files {
        merge(&mut items, parse(file, &text(file)?)?);
    }
    Ok(items)
}

fn text_of(file: &Path) -> Result<String, SettingsError> {
    std::fs::read_to_string(file).map_err(|source| unreadable(file, source))
}

fn in_order(files: &mut [PathBuf]) {
    files.sort_by_key(|file| (!file.ends_with(FIRST), file.clone()));
}

/// A link to a file that is not there yet says nothing.
fn is_there(file: &Path) -> bool {
    !matches!(file.try_exists(), Ok(false))
}

fn files(path: &Path) -> Result<Vec<PathBuf>, SettingsError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path).map_err(|source| unreadable(path, source))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|file| {
            file.extension()
                .is_some_and(|extension| extension == "toml")
                && is_there(file)
        })
        .collect();
    if files.is_empty() {
        return Err(SettingsError::Empty {
            path: path.to_owned(),
        });
    }
    in_order(&mut files);
    Ok(files)
}

fn unreadable(path: &Path, source: std::io::Error) -> SettingsError {
    SettingsError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

/// Reads the text of a file.
pub(super) fn parse(file: &Path, text: &str) -> Result<BTreeMap<String, Item>, SettingsError> {
    let place = |offset: usize| Place {
        file: file.to_owned(),
        line: 1 + text[..offset.min(text.len())].matches('\n').count(),
    };
    let table = DeTable::parse(text).map_err(|error| SettingsError::Syntax {
        place: place(error.span().map_or(0, |span| span.start)),
        detail: error.message().to_owned(),
    })?;
    let item = |key_start: usize, value: DeValue<'_>| match value {
        DeValue::Table(table) => Item::Section {
            place: place(key_start),
            values: table
                .into_iter()
                .map(|(key, value)| {
                    let located = Located {
                        place: place(key.span().start),
                        value: plain(value.into_inner()),
                    };
                    (key.into_inner().into_owned(), located)
                })
                .collect(),
        },
        value => Item::Value(Located {
            place: place(key_start),
            value: plain(value),
        }),
    };
    Ok(table
        .into_inner()
        .into_iter()
        .map(|(key, value)| {
            let start = key.span().start;
            (
                key.into_inner().into_owned(),
                item(start, value.into_inner()),
            )
        })
        .collect())
}

/// The value without positions; what no setting uses becomes a text that no setting accepts.
fn plain(value: DeValue<'_>) -> toml::Value {
    match value {
        DeValue::String(text) => toml::Value::String(text.into_owned()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(toml::Value::Array(Vec::new()), toml::Value::Integer),
        DeValue::Boolean(flag) => toml::Value::Boolean(flag),
        DeValue::Datetime(at) => toml::Value::Datetime(at),
        DeValue::Float(number) => number
            .as_str()
            .parse()
            .map_or(toml::Value::Array(Vec::new()), toml::Value::Float),
        DeValue::Array(values) => toml::Value::Array(
            values
                .into_iter()
                .map(|value| plain(value.into_inner()))
                .collect(),
        ),
        DeValue::Table(_) => toml::Value::Table(toml::Table::new()),
    }
}

fn merge(items: &mut BTreeMap<String, Item>, later: BTreeMap<String, Item>) {
    for (name, item) in later {
        match (items.get_mut(&name), item) {
            (Some(Item::Section { values, .. }), Item::Section { values: over, .. }) => {
                values.extend(over);
            }
            (_, item) => {
                items.insert(name, item);
            }
        }
    }
}
