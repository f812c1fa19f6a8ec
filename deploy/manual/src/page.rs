//! One command as a manual page.

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::closing::{self, Part};

/// How the titles of exit codes begin.
const EXIT_CODES: &str = "Codes de sortie";

/// A manual page.
pub struct Page {
    /// Name of the file.
    pub file: String,
    /// Its text.
    pub roff: String,
}

/// What the pages of one command share.
struct Book<'a> {
    root: &'a Command,
    files: &'a [(&'a str, &'a str)],
    date: &'a str,
}

/// The pages of a command and of all commands in it.
pub fn all(root: &Command, files: &[(&str, &str)], date: &str) -> Vec<Page> {
    let book = Book { root, files, date };
    let mut commands = vec![root];
    let mut pages = Vec::new();
    while let Some(command) = commands.pop() {
        commands.extend(command.get_subcommands().filter(|it| !it.is_hide_set()));
        pages.push(book.page(command));
    }
    pages
}

impl Book<'_> {
    fn page(&self, command: &Command) -> Page {
        let version = self.root.get_version().unwrap_or_default();
        let man = Man::new(command.clone().subcommand_help_heading("COMMANDES"))
            .date(self.date)
            .source(format!("{} {version}", self.root.get_name()))
            .manual("Bornes VIDÉO");
        let mut text = Vec::new();
        // A vector takes all that is written to it.
        let _ = man.render_title(&mut text);
        text.extend(name(command).to_roff().into_bytes());
        let _ = man.render_synopsis_section(&mut text);
        text.extend(self.description(command).to_roff().into_bytes());
        let _ = man.render_options_section(&mut text);
        if command.get_subcommands().any(|it| !it.is_hide_set()) {
            let _ = man.render_subcommands_section(&mut text);
        }
        text.extend(self.end(command).to_roff().into_bytes());
        Page {
            file: man.get_filename(),
            roff: String::from_utf8_lossy(&text).into_owned(),
        }
    }

    /// What the command does: the first line of its help, then the running text after it.
    fn description(&self, command: &Command) -> Roff {
        let mut roff = Roff::new();
        roff.control("SH", ["DESCRIPTION"]);
        roff.text([roman(sentence(&about(command)))]);
        for part in closing(command) {
            if let Part::Paragraph(text) = part {
                roff.control("PP", []).text([roman(text)]);
            }
        }
        roff
    }

    fn end(&self, command: &Command) -> Roff {
        let mut roff = Roff::new();
        let mut parts = closing(command);
        if !parts.iter().any(is_exit_codes) {
            parts.extend(closing(self.root).into_iter().filter(is_exit_codes));
        }
        for part in &parts {
            titled(&mut roff, part);
        }
        if !self.files.is_empty() {
            list(&mut roff, "FICHIERS", self.files.iter().copied());
        }
        if command.get_name() != self.root.get_name() {
            roff.control("SH", ["VOIR AUSSI"]);
            roff.text([bold(self.root.get_name()), roman("(1)")]);
        }
        roff
    }
}

fn about(command: &Command) -> String {
    let about = command.get_about().or_else(|| command.get_long_about());
    about.map(ToString::to_string).unwrap_or_default()
}

/// A help begins without a capital where it follows a name, and ends without a full stop.
fn sentence(about: &str) -> String {
    let mut letters = about.trim_end_matches('.').chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}.", letters.as_str())
}

fn name(command: &Command) -> Roff {
    let name = command.get_display_name().unwrap_or(command.get_name());
    let about = about(command);
    let mut roff = Roff::new();
    roff.control("SH", ["NOM"]);
    roff.text([roman(format!("{name} - {}", about.trim_end_matches('.')))]);
    roff
}

fn closing(command: &Command) -> Vec<Part> {
    let text = command
        .get_after_long_help()
        .or_else(|| command.get_after_help());
    text.map(|text| closing::parts(&text.to_string()))
        .unwrap_or_default()
}

fn is_exit_codes(part: &Part) -> bool {
    matches!(part, Part::List { title, .. } if title.starts_with(EXIT_CODES))
}

fn titled(roff: &mut Roff, part: &Part) {
    match part {
        Part::Paragraph(_) => {}
        Part::List { title, items } => {
            let items = items.iter().map(|(word, meaning)| (&**word, &**meaning));
            list(roff, &heading(title), items);
        }
        Part::Lines { title, lines } => {
            roff.control("SH", [heading(title).as_str()])
                .control("nf", []);
            for line in lines {
                roff.text([roman(line)]);
            }
            roff.control("fi", []);
        }
    }
}

fn list<'a>(roff: &mut Roff, title: &str, items: impl Iterator<Item = (&'a str, &'a str)>) {
    roff.control("SH", [title]);
    for (word, meaning) in items {
        roff.control("TP", []);
        roff.text([bold(word)]);
        roff.text([roman(meaning)]);
    }
}

/// Titles are written in capitals; options keep their name.
fn heading(title: &str) -> String {
    let capitals = |word: &str| match word.starts_with('-') {
        true => word.to_owned(),
        false => word.to_uppercase(),
    };
    title.split(' ').map(capitals).collect::<Vec<_>>().join(" ")
}
