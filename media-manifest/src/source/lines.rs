use std::collections::BTreeMap;

use toml_edit::{Document, Item, TableLike};

use crate::check::Problem;

/// On which line each field of a manifest is written.
#[derive(Clone, Debug, Default)]
pub struct Lines(BTreeMap<(Option<usize>, String), usize>);

impl Lines {
    /// Notes the lines of all `[[video]]` entries and of the tables outside them.
    pub(super) fn of(document: &Document<String>) -> Self {
        let mut lines = Self::default();
        let text = document.raw();
        for (name, item) in document.iter() {
            lines.note(text, None, name, item.span());
            match item {
                Item::ArrayOfTables(entries) => {
                    for (index, entry) in entries.iter().enumerate() {
                        lines.note(text, Some(index), "", entry.span());
                        lines.note_fields(text, Some(index), "", entry);
                    }
                }
                Item::Table(table) => lines.note_fields(text, None, &format!("{name}."), table),
                _ => {}
            }
        }
        lines
    }

    fn note_fields(
        &mut self,
        text: &str,
        index: Option<usize>,
        prefix: &str,
        table: &dyn TableLike,
    ) {
        for (name, item) in table.iter() {
            let key = table.key(name).and_then(toml_edit::Key::span);
            self.note(
                text,
                index,
                &format!("{prefix}{name}"),
                key.or_else(|| item.span()),
            );
        }
    }

    fn note(
        &mut self,
        text: &str,
        index: Option<usize>,
        field: &str,
        span: Option<std::ops::Range<usize>>,
    ) {
        if let Some(span) = span {
            self.0
                .insert((index, field.to_owned()), line_at(text, span.start));
        }
    }

    /// The line of a field, or else of its entry.
    #[must_use]
    pub fn line(&self, index: Option<usize>, field: &str) -> Option<usize> {
        let at = |field: &str| self.0.get(&(index, field.to_owned())).copied();
        let outer = field.split('.').next().unwrap_or_default();
        at(field).or_else(|| at(outer)).or_else(|| at(""))
    }

    /// Gives problems their lines.
    pub fn locate(&self, problems: &mut [Problem]) {
        for problem in problems.iter_mut().filter(|problem| problem.line.is_none()) {
            problem.line = self.line(problem.index, &problem.field);
        }
    }
}

/// Line of a byte, from 1.
pub(super) fn line_at(text: &str, byte: usize) -> usize {
    let before = text.as_bytes().iter().take(byte);
    1 + before.filter(|byte| **byte == b'\n').count()
}
