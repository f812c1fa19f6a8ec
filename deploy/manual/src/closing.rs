//! The text after a help, as parts: paragraphs, lists such as exit codes, and commands to copy.
//!
//! A line at the margin that ends with a colon, with indented lines below it, is the title of a part.

/// A part of the text.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// Running text.
    Paragraph(String),
    /// Words with their meaning.
    List {
        /// Its title, without the colon.
        title: String,
        /// Each word and what it means.
        items: Vec<(String, String)>,
    },
    /// Lines that are kept as they are.
    Lines {
        /// Their title, without the colon.
        title: String,
        /// The lines.
        lines: Vec<String>,
    },
}

/// How far a line of a titled part stands from the margin.
const INDENT: &str = "  ";

/// Reads the parts of a text.
pub fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut paragraph = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let indented = lines.peek().is_some_and(|next| next.starts_with(INDENT));
        match line.trim_end().strip_suffix(':') {
            Some(title) if indented => {
                flush(&mut paragraph, &mut parts);
                let mut below = Vec::new();
                while let Some(next) = lines.next_if(|next| next.starts_with(INDENT)) {
                    below.push(next.strip_prefix(INDENT).unwrap_or(next));
                }
                parts.push(titled(title.trim_end(), &below));
            }
            _ if line.trim().is_empty() => flush(&mut paragraph, &mut parts),
            _ => paragraph.push(line.trim()),
        }
    }
    flush(&mut paragraph, &mut parts);
    parts
}

fn flush(paragraph: &mut Vec<&str>, parts: &mut Vec<Part>) {
    if !paragraph.is_empty() {
        parts.push(Part::Paragraph(paragraph.join(" ")));
        paragraph.clear();
    }
}

fn titled(title: &str, below: &[&str]) -> Part {
    let title = title.to_owned();
    items(below).map_or_else(
        || Part::Lines {
            title: title.clone(),
            lines: below.iter().map(|&line| line.to_owned()).collect(),
        },
        |items| Part::List {
            title: title.clone(),
            items,
        },
    )
}

/// Lines as words with their meaning; `None` when they are something else.
fn items(lines: &[&str]) -> Option<Vec<(String, String)>> {
    let mut items: Vec<(String, String)> = Vec::new();
    for line in lines {
        if line.starts_with(' ') {
            let (_, meaning) = items.last_mut()?;
            meaning.push(' ');
            meaning.push_str(line.trim());
        } else {
            let (word, meaning) = line.split_once(INDENT)?;
            items.push((word.to_owned(), meaning.trim().to_owned()));
        }
    }
    Some(items)
}
