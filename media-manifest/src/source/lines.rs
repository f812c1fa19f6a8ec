use std::collections::BTreeMap;
use std::ops::Range;

use toml_edit::{Document, Item, Key, TableLike, Value};

use crate::check::{Problem, place};

/// On which line everything of a file is written, by its path: `video[3].title`.
#[derive(Clone, Debug, Default)]
pub struct Lines(BTreeMap<String, usize>);

impl Lines {
    /// Notes the lines of all tables and fields.
    pub(super) fn of(document: &Document<String>) -> Self {
        let mut walk = Walk {
            breaks: breaks(document.raw()),
            lines: BTreeMap::new(),
        };
        walk.table("", document.as_table());
        Self(walk.lines)
    }

    /// The line of a field of the entry at a place, or else of what it is in.
    #[must_use]
    pub fn line(&self, place: Option<&str>, field: &str) -> Option<usize> {
        let mut path = join(place.unwrap_or_default(), field);
        while !path.is_empty() {
            if let Some(line) = self.0.get(&path) {
                return Some(*line);
            }
            path.truncate(path.rfind(['.', '[']).unwrap_or_default());
        }
        None
    }

    /// Gives problems their lines.
    pub fn locate(&self, problems: &mut [Problem]) {
        for problem in problems.iter_mut().filter(|problem| problem.line.is_none()) {
            problem.line = self.line(problem.place.as_deref(), &problem.field);
        }
    }
}

/// A walk over a document.
struct Walk {
    breaks: Vec<usize>,
    lines: BTreeMap<String, usize>,
}

impl Walk {
    fn table(&mut self, path: &str, table: &dyn TableLike) {
        for (name, item) in table.iter() {
            let path = join(path, name);
            let key = table.key(name).and_then(Key::span);
            let span = if item.is_value() {
                key.or_else(|| item.span())
            } else {
                item.span().or(key)
            };
            self.note(&path, span);
            self.item(&path, item);
        }
    }

    fn item(&mut self, path: &str, item: &Item) {
        match item {
            Item::ArrayOfTables(entries) => {
                for (index, entry) in entries.iter().enumerate() {
                    let path = place(path, index);
                    self.note(&path, entry.span());
                    self.table(&path, entry);
                }
            }
            Item::Table(table) => self.table(path, table),
            Item::Value(Value::InlineTable(table)) => self.table(path, table),
            Item::Value(Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let path = place(path, index);
                    self.note(&path, item.span());
                    if let Value::InlineTable(table) = item {
                        self.table(&path, table);
                    }
                }
            }
            Item::None | Item::Value(_) => {}
        }
    }

    fn note(&mut self, path: &str, span: Option<Range<usize>>) {
        if let Some(span) = span {
            let before = self.breaks.partition_point(|at| *at < span.start);
            self.lines.insert(path.to_owned(), before + 1);
        }
    }
}

fn join(place: &str, field: &str) -> String {
    match (place, field) {
        ("", path) | (path, "") => path.to_owned(),
        (place, field) => format!("{place}.{field}"),
    }
}

/// Where lines end, bytes.
fn breaks(text: &str) -> Vec<usize> {
    let bytes = text.bytes().enumerate();
    let breaks = bytes.filter(|(_, byte)| *byte == b'\n');
    breaks.map(|(at, _)| at).collect()
}

/// Line of a byte, from 1.
pub(super) fn line_at(text: &str, byte: usize) -> usize {
    let before = text.as_bytes().iter().take(byte);
    1 + before.filter(|byte| **byte == b'\n').count()
}
