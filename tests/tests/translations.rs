//! What the screens say exists in every bundled language: each `@tr("…")` under `ui/` has a
//! finished entry in each `ui/lang/<language>/LC_MESSAGES/borne-markup.po`, with the same placeholders,
//! and no entry is left over from a text that is gone.
//!
//! As in Slint, a text is found by its context, which is the enclosing component unless the call
//! names another.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use Token::{Sign, Text, Word};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Context and text, as a translation is looked up.
type Key = (String, String);

/// A text of the screens: where it stands and what it says.
struct Source {
    place: String,
    key: Key,
    plural: Option<String>,
}

/// An entry of a `.po` file.
#[derive(Default)]
struct Entry {
    line: usize,
    key: Key,
    plural: Option<String>,
    forms: Vec<String>,
    unsure: bool,
}

enum Token {
    Word(String),
    Text(String),
    Sign(char),
}

/// Splits Slint markup into words, texts and signs, each with its line; comments are left out.
struct Lexer {
    /// What is still to be read, last character first.
    rest: Vec<char>,
    line: usize,
}

impl Lexer {
    fn tokens(markup: &str) -> Vec<(usize, Token)> {
        let mut lexer = Self {
            rest: markup.chars().rev().collect(),
            line: 1,
        };
        let mut tokens = Vec::new();
        while let Some(next) = lexer.take() {
            let line = lexer.line;
            tokens.extend(lexer.token(next).map(|token| (line, token)));
        }
        tokens
    }

    fn take(&mut self) -> Option<char> {
        let next = self.rest.pop()?;
        self.line += usize::from(next == '\n');
        Some(next)
    }

    fn skip_past(&mut self, end: &str) -> Option<Token> {
        let mut seen = String::new();
        while !seen.ends_with(end)
            && let Some(next) = self.take()
        {
            seen.push(next);
        }
        None
    }

    fn token(&mut self, next: char) -> Option<Token> {
        match (next, self.rest.last()) {
            ('/', Some('/')) => self.skip_past("\n"),
            ('/', Some('*')) => self.skip_past("*/"),
            ('"', _) => Some(Text(self.text())),
            (c, _) if c.is_whitespace() => None,
            (c, _) if c.is_alphanumeric() || c == '_' => Some(Word(self.word(c))),
            (c, _) => Some(Sign(c)),
        }
    }

    /// The rest of a word; Slint takes `_` and `-` in a name for the same.
    fn word(&mut self, first: char) -> String {
        let mut word = String::from(first);
        let inside = |c: &char| c.is_alphanumeric() || *c == '_' || *c == '-';
        while self.rest.last().is_some_and(inside) {
            word.extend(self.take());
        }
        word.replace('_', "-")
    }

    /// What follows an opening quote, up to the closing one. Escapes stay: gettext's are the same.
    fn text(&mut self) -> String {
        let mut raw = String::new();
        while let Some(next) = self.take()
            && next != '"'
        {
            raw.push(next);
            if next == '\\' {
                raw.extend(self.take());
            }
        }
        raw
    }
}

/// Every `@tr("…")` of one file.
fn sources(file: &str, markup: &str) -> Vec<Source> {
    let (lines, tokens): (Vec<_>, Vec<_>) = Lexer::tokens(markup).into_iter().unzip();
    let mut depth = 0_usize;
    let mut component = "";
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match &tokens[at..] {
            [Sign('{'), ..] => depth += 1,
            [Sign('}'), ..] => depth = depth.saturating_sub(1),
            [Word(kind), Word(name), ..] if depth == 0 => match kind.as_str() {
                "component" | "global" => component = name,
                _ => {}
            },
            [Sign('@'), Word(tr), Sign('('), call @ ..] if tr == "tr" => {
                let place = format!("{file}:{line}");
                found.extend(source(place, component, call));
            }
            _ => {}
        }
    }
    found
}

/// Reads `"text"`, `"context" => "text"` and `"one" | "many" % n`.
fn source(place: String, component: &str, call: &[Token]) -> Option<Source> {
    let (context, text, tail) = match call {
        [Text(context), Sign('='), Sign('>'), Text(text), tail @ ..] => (&**context, text, tail),
        [Text(text), tail @ ..] => (component, text, tail),
        _ => return None,
    };
    let plural = match tail {
        [Sign('|'), Text(plural), ..] => Some(plural.clone()),
        _ => None,
    };
    let key = (context.to_owned(), text.clone());
    Some(Source { place, key, plural })
}

/// The entries of a `.po` file, its header left out.
fn entries(po: &str) -> Vec<Entry> {
    let mut entries = vec![Entry::default()];
    let mut field = "";
    for (at, line) in po.lines().map(str::trim).enumerate() {
        let (word, rest) = line.split_once('"').unwrap_or((line, ""));
        let word = word.trim_end();
        if !word.is_empty() {
            if field.starts_with("msgstr") && !word.starts_with("msgstr") {
                entries.push(Entry::default());
            }
            field = word;
        }
        if let Some(entry) = entries.last_mut() {
            let text = rest.strip_suffix('"').unwrap_or(rest);
            entry.read(at + 1, field, !word.is_empty(), text);
        }
    }
    entries.retain(|entry| !entry.key.1.is_empty());
    entries
}

impl Entry {
    /// Takes one line in: the first of a field, or one that carries the field on.
    fn read(&mut self, line: usize, field: &str, begins: bool, text: &str) {
        if begins && field == "msgid" {
            self.line = line;
        }
        if begins && field.starts_with("msgstr") {
            self.forms.push(String::new());
        }
        match field {
            "msgctxt" => self.key.0 += text,
            "msgid" => self.key.1 += text,
            "msgid_plural" => *self.plural.get_or_insert_default() += text,
            _ if field.starts_with("#,") => self.unsure |= field.contains("fuzzy"),
            _ if field.starts_with('#') => {}
            _ => {
                if let Some(form) = self.forms.last_mut() {
                    form.push_str(text);
                }
            }
        }
    }
}

/// The `{…}` of a text, in the order of the alphabet.
fn placeholders(text: &str) -> Vec<&str> {
    let parts = text.split('{').skip(1);
    let inside = parts.filter_map(|part| part.split_once('}'));
    let mut found: Vec<_> = inside.map(|(name, _)| name).collect();
    found.sort_unstable();
    found
}

/// What is wrong with a text's entry, if anything is.
fn fault(source: &Source, entry: &Entry) -> Option<&'static str> {
    let forms = 1 + usize::from(source.plural.is_some());
    let same = |form: &String| placeholders(form) == placeholders(&source.key.1);
    match &entry.forms {
        all if all.len() != forms || entry.plural != source.plural => Some("not the same plural"),
        all if entry.unsure || all.iter().any(String::is_empty) => Some("not translated"),
        all if !all.iter().all(same) => Some("not the same placeholders"),
        _ => None,
    }
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|end| end == "slint") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn all_sources() -> io::Result<Vec<Source>> {
    let mut all = Vec::new();
    for path in files(&Path::new(ROOT).join("ui"))? {
        let name = path.strip_prefix(ROOT).unwrap_or(&path).to_string_lossy();
        let markup = fs::read_to_string(&path)?;
        let found = sources(&name, &markup);
        if found.len() != markup.matches("@tr(").count() {
            return Err(io::Error::other(format!("{name}: not every @tr is read")));
        }
        all.extend(found);
    }
    Ok(all)
}

/// Every bundled language's `.po` file and its entries.
fn bundled() -> io::Result<Vec<(String, Vec<Entry>)>> {
    let mut bundled = Vec::new();
    for folder in fs::read_dir(Path::new(ROOT).join("ui/lang"))? {
        let language = folder?.file_name();
        let file = format!("ui/lang/{}/LC_MESSAGES/borne-markup.po", language.display());
        let po = fs::read_to_string(Path::new(ROOT).join(&file))?;
        bundled.push((file, entries(&po)));
    }
    Ok(bundled)
}

#[test]
fn every_text_is_translated_in_every_bundled_language() {
    let (sources, bundled) = (all_sources().unwrap(), bundled().unwrap());
    assert!(!sources.is_empty() && !bundled.is_empty());
    let mut faults = Vec::new();
    for (file, entries) in &bundled {
        let by_key: BTreeMap<_, _> = entries.iter().map(|entry| (&entry.key, entry)).collect();
        for source in &sources {
            let Source { place, key, .. } = source;
            let (line, fault) = match by_key.get(key) {
                Some(entry) => (entry.line, fault(source, entry)),
                None => (1, Some("no entry")),
            };
            faults.extend(fault.map(|what| format!("{place}: {what} in {file}:{line}: {key:?}")));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn no_translation_outlives_its_text() {
    let sources = all_sources().unwrap();
    let keys: BTreeSet<_> = sources.iter().map(|source| &source.key).collect();
    let mut faults = Vec::new();
    for (file, entries) in bundled().unwrap() {
        for Entry { line, key, .. } in entries {
            if !keys.contains(&key) {
                faults.push(format!("{file}:{line}: {key:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
