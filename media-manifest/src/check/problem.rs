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
    /// Path of the entry in the file, `playlist[0].item[2]`: finds the line.
    #[serde(skip)]
    pub place: Option<String>,
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
    place: Option<String>,
    problems: Vec<Problem>,
}

impl Report {
    /// A report about a file in which nothing is wrong yet.
    #[must_use]
    pub fn new(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            entry: None,
            place: None,
            problems: Vec::new(),
        }
    }

    /// What follows is about this entry; `place` is its path in the file, `video[3]`.
    pub fn enter(&mut self, entry: impl Into<String>, place: impl Into<String>) {
        self.entry = Some(entry.into());
        self.place = Some(place.into());
    }

    /// The entry that is spoken of, and its place.
    #[cfg(feature = "sign")]
    pub(crate) fn entered(&self) -> (String, String) {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        (text(&self.entry), text(&self.place))
    }

    /// What follows is about the file as a whole.
    pub fn leave(&mut self) {
        self.entry = None;
        self.place = None;
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
            place: self.place.clone(),
        });
    }

    /// Everything found.
    #[must_use]
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}
