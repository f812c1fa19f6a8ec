use std::fmt::Write;

use serde::Serialize;

use super::limits;

/// Something that must be put right, and how. The words are French: partners read them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// File it is in.
    pub file: String,
    /// Line, from 1, where it is known.
    pub line: Option<usize>,
    /// What in the file: `vidéo « rediger-cv »`. None for the file itself.
    pub entry: Option<String>,
    /// Field, as written in the file; empty for the whole entry.
    pub field: String,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
    /// Place of the entry in the file, from 0: finds the line.
    #[serde(skip)]
    pub index: Option<usize>,
}

impl Problem {
    /// The problem as a sentence for partners:
    /// `manifest.toml, ligne 42, vidéo « rediger-cv », champ « rubrique » : … Que faire : …`
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut text = self.file.clone();
        // Writing to a string does not fail.
        if let Some(line) = self.line {
            let _ = write!(text, ", ligne {line}");
        }
        if let Some(entry) = &self.entry {
            let _ = write!(text, ", {entry}");
        }
        if !self.field.is_empty() {
            let _ = write!(text, ", champ « {} »", self.field);
        }
        let _ = write!(text, " : {}. Que faire : {}.", self.problem, self.remedy);
        text
    }
}

/// Collects problems of one file.
#[derive(Debug)]
pub struct Report {
    file: String,
    entry: Option<String>,
    index: Option<usize>,
    problems: Vec<Problem>,
}

impl Report {
    /// A report about a file in which nothing is wrong yet.
    #[must_use]
    pub fn new(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            entry: None,
            index: None,
            problems: Vec::new(),
        }
    }

    /// What follows is about this entry, at this place of its list.
    pub fn enter(&mut self, entry: impl Into<String>, index: Option<usize>) {
        self.entry = Some(entry.into());
        self.index = index;
    }

    /// What follows is about the file as a whole.
    pub fn leave(&mut self) {
        self.entry = None;
        self.index = None;
    }

    /// Notes a problem. Past [`limits::PROBLEMS`] it is one too many to be of use.
    pub fn add(
        &mut self,
        field: impl Into<String>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        if self.problems.len() >= limits::PROBLEMS {
            return;
        }
        self.problems.push(Problem {
            file: self.file.clone(),
            line: None,
            entry: self.entry.clone(),
            field: field.into(),
            problem: problem.into(),
            remedy: remedy.into(),
            index: self.index,
        });
    }

    /// Everything found.
    #[must_use]
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}
