//! Typed reading of values: whatever is not asked for is unknown and refused.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use media_manifest::check::shown;
use toml::Value;
use url::Url;

use super::error::SettingsError;
use super::fragment::Located;

/// Two names resemble each other from here on (Jaro-Winkler, 0 to 1): one or two letters apart.
const RESEMBLES: f64 = 0.8;

/// One section: each key is taken once, what remains is refused.
pub(super) struct Section {
    name: &'static str,
    path: PathBuf,
    values: BTreeMap<String, Located>,
    asked: Vec<&'static str>,
}

impl Section {
    /// A section as read from `path`; without a name, what stands above all sections.
    pub(super) fn new(name: &'static str, path: &Path, values: BTreeMap<String, Located>) -> Self {
        Self {
            name,
            path: path.to_owned(),
            values,
            asked: Vec::new(),
        }
    }

    pub(super) fn text(&mut self, key: &'static str) -> Result<Option<String>, SettingsError> {
        self.take(key, "un texte entre guillemets", |located| {
            located.value.as_str().map(str::to_owned)
        })
    }

    /// A text that must be there and pass `check`.
    pub(super) fn required(
        &mut self,
        key: &'static str,
        expected: &str,
        check: impl Fn(&str) -> bool,
    ) -> Result<String, SettingsError> {
        let value = self.checked_text(key, expected, check)?;
        value.ok_or_else(|| self.missing(key))
    }

    /// A text that passes `check` when it is there.
    pub(super) fn checked_text(
        &mut self,
        key: &'static str,
        expected: &str,
        check: impl Fn(&str) -> bool,
    ) -> Result<Option<String>, SettingsError> {
        self.take(key, expected, |located| {
            let text = located.value.as_str()?;
            check(text).then(|| text.to_owned())
        })
    }

    /// A text that `parse` understands.
    pub(super) fn parsed<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, SettingsError> {
        self.take(key, expected, |located| parse(located.value.as_str()?))
    }

    /// A path; a relative one starts at the folder of the file that names it.
    pub(super) fn path(&mut self, key: &'static str) -> Result<Option<PathBuf>, SettingsError> {
        self.take(key, "un chemin entre guillemets", |located| {
            let folder = located.place.file.parent().unwrap_or(Path::new(""));
            located.value.as_str().map(|text| folder.join(text))
        })
    }

    /// A path that must be there.
    pub(super) fn required_path(&mut self, key: &'static str) -> Result<PathBuf, SettingsError> {
        self.path(key)?.ok_or_else(|| self.missing(key))
    }

    /// An `http` or `https` address of a folder: a final `/` is added when it lacks.
    pub(super) fn url(&mut self, key: &'static str) -> Result<Option<Url>, SettingsError> {
        self.take(key, "une adresse http:// ou https://", |located| {
            folder_url(located.value.as_str()?)
        })
    }

    /// An address that must be there.
    pub(super) fn required_url(&mut self, key: &'static str) -> Result<Url, SettingsError> {
        self.url(key)?.ok_or_else(|| self.missing(key))
    }

    /// An address, or this one.
    pub(super) fn url_or(&mut self, key: &'static str, or: &str) -> Result<Url, SettingsError> {
        let url = self.url(key)?.or_else(|| folder_url(or));
        url.ok_or_else(|| self.missing(key))
    }

    pub(super) fn urls(&mut self, key: &'static str) -> Result<Vec<Url>, SettingsError> {
        let urls = self.list(
            key,
            "une liste d'adresses http:// ou https://",
            0,
            folder_url,
        )?;
        Ok(urls.unwrap_or_default())
    }

    pub(super) fn number<N>(
        &mut self,
        key: &'static str,
        default: N,
        range: RangeInclusive<N>,
    ) -> Result<N, SettingsError>
    where
        N: TryFrom<i64> + PartialOrd + std::fmt::Display,
    {
        Ok(self.optional_number(key, range)?.unwrap_or(default))
    }

    pub(super) fn optional_number<N>(
        &mut self,
        key: &'static str,
        range: RangeInclusive<N>,
    ) -> Result<Option<N>, SettingsError>
    where
        N: TryFrom<i64> + PartialOrd + std::fmt::Display,
    {
        let expected = format!("un nombre entier de {} à {}", range.start(), range.end());
        self.take(key, &expected, |located| {
            let number = N::try_from(located.value.as_integer()?).ok()?;
            range.contains(&number).then_some(number)
        })
    }

    pub(super) fn flag(&mut self, key: &'static str, default: bool) -> Result<bool, SettingsError> {
        let flag = self.take(key, "true ou false", |located| located.value.as_bool())?;
        Ok(flag.unwrap_or(default))
    }

    /// One of a few words; the first is the default.
    pub(super) fn choice<T: Copy + Default>(
        &mut self,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Result<T, SettingsError> {
        let words: Vec<String> = choices
            .iter()
            .map(|(word, _)| format!("\"{word}\""))
            .collect();
        let choice = self.take(key, &words.join(" ou "), |located| {
            let text = located.value.as_str()?;
            let found = choices.iter().find(|(word, _)| *word == text);
            found.map(|(_, choice)| *choice)
        })?;
        Ok(choice.unwrap_or_default())
    }

    /// One of a few numbers; the first is the default.
    pub(super) fn one_of(
        &mut self,
        key: &'static str,
        choices: &[u16],
    ) -> Result<u16, SettingsError> {
        let numbers: Vec<String> = choices.iter().map(u16::to_string).collect();
        let choice = self.take(key, &numbers.join(" ou "), |located| {
            let number = u16::try_from(located.value.as_integer()?).ok()?;
            choices.contains(&number).then_some(number)
        })?;
        Ok(choice.or(choices.first().copied()).unwrap_or_default())
    }

    /// A list of at least so many texts, each of which `parse` understands.
    pub(super) fn list<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        least: usize,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<Vec<T>>, SettingsError> {
        self.take(key, expected, |located| {
            let values = located.value.as_array()?.iter();
            let parsed: Option<Vec<T>> = values.map(|value| parse(value.as_str()?)).collect();
            parsed.filter(|parsed| parsed.len() >= least)
        })
    }

    /// Refuses keys that nobody asked for.
    pub(super) fn finish(self) -> Result<(), SettingsError> {
        let Some((key, located)) = self.values.iter().next() else {
            return Ok(());
        };
        let nearest = nearest(key, &self.asked).map(str::to_owned);
        Err(self.unknown(key, located, nearest))
    }

    fn take<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        read: impl FnOnce(&Located) -> Option<T>,
    ) -> Result<Option<T>, SettingsError> {
        self.asked.push(key);
        let Some(located) = self.values.remove(key) else {
            return Ok(None);
        };
        match read(&located) {
            Some(value) => Ok(Some(value)),
            None => Err(located.invalid(self.full(key), expected)),
        }
    }

    /// An absent key, or the misspelt one that stands for it.
    fn missing(&self, key: &'static str) -> SettingsError {
        let misspelt = self
            .values
            .iter()
            .find(|(other, _)| nearest(other, &[key]).is_some());
        match misspelt {
            Some((other, located)) => self.unknown(other, located, Some(key.to_owned())),
            None => SettingsError::Missing {
                path: self.path.clone(),
                key: self.full(key),
            },
        }
    }

    fn unknown(&self, key: &str, located: &Located, nearest: Option<String>) -> SettingsError {
        SettingsError::Unknown {
            place: located.place.clone(),
            key: self.full(&shown(key)),
            nearest,
        }
    }

    fn full(&self, key: &str) -> String {
        match self.name {
            "" => key.to_owned(),
            name => format!("{name}.{key}"),
        }
    }
}

impl Located {
    pub(super) fn invalid(&self, key: String, expected: &str) -> SettingsError {
        SettingsError::Invalid {
            place: self.place.clone(),
            key,
            expected: expected.to_owned(),
            found: match &self.value {
                Value::Table(_) => "une section".to_owned(),
                value => shown(&value.to_string()),
            },
        }
    }
}

fn folder_url(text: &str) -> Option<Url> {
    let with_slash = format!("{}/", text.trim_end_matches('/'));
    let url = Url::parse(&with_slash).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    (web && url.query().is_none() && url.fragment().is_none()).then_some(url)
}

pub(super) fn nearest<'a>(key: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|name| (strsim::jaro_winkler(key, name), *name))
        .filter(|(likeness, _)| *likeness >= RESEMBLES)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}
