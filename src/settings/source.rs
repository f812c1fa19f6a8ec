//! All settings as read, section by section.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use media_manifest::check::shown;

use super::error::SettingsError;
use super::fragment::{self, Item};
use super::reader::{Section, nearest};

/// All settings as read, not yet understood.
pub(super) struct Source {
    path: PathBuf,
    items: BTreeMap<String, Item>,
    asked: Vec<&'static str>,
}

impl Source {
    pub(super) fn read(path: &Path) -> Result<Self, SettingsError> {
        Ok(Self::new(path, fragment::read(path)?))
    }

    /// The settings of a folder as if one of its files held `text`.
    pub(super) fn with(path: &Path, name: &str, text: &str) -> Result<Self, SettingsError> {
        Ok(Self::new(path, fragment::read_with(path, name, text)?))
    }

    /// The settings of one file.
    pub(super) fn of(file: &Path, text: &str) -> Result<Self, SettingsError> {
        Ok(Self::new(file, fragment::parse(file, text)?))
    }

    fn new(path: &Path, items: BTreeMap<String, Item>) -> Self {
        Self {
            path: path.to_owned(),
            items,
            asked: Vec::new(),
        }
    }

    /// Takes a section; an absent one is empty.
    pub(super) fn section(&mut self, name: &'static str) -> Result<Section, SettingsError> {
        let section = self.optional_section(name)?;
        Ok(section.unwrap_or_else(|| Section::new(name, &self.path, BTreeMap::new())))
    }

    /// Takes a section when it is there.
    pub(super) fn optional_section(
        &mut self,
        name: &'static str,
    ) -> Result<Option<Section>, SettingsError> {
        self.asked.push(name);
        match self.items.remove(name) {
            None => Ok(None),
            Some(Item::Section { values, .. }) => Ok(Some(Section::new(name, &self.path, values))),
            Some(Item::Value(located)) => {
                Err(located.invalid(name.to_owned(), &format!("une section [{name}]")))
            }
        }
    }

    /// Takes what stands above all sections.
    pub(super) fn top(&mut self) -> Section {
        let (values, sections) = std::mem::take(&mut self.items)
            .into_iter()
            .partition(|(_, item)| matches!(item, Item::Value(_)));
        self.items = sections;
        let values: BTreeMap<String, Item> = values;
        let values = values.into_iter().filter_map(|(key, item)| match item {
            Item::Value(located) => Some((key, located)),
            Item::Section { .. } => None,
        });
        Section::new("", &self.path, values.collect())
    }

    /// Refuses sections that nobody asked for.
    pub(super) fn finish(self) -> Result<(), SettingsError> {
        let Some((name, Item::Section { place, .. })) = self.items.into_iter().next() else {
            return Ok(());
        };
        Err(SettingsError::Unknown {
            place,
            nearest: nearest(&name, &self.asked).map(|near| format!("[{near}]")),
            key: format!("[{}]", shown(&name)),
        })
    }
}
