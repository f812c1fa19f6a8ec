//! The network's classification.

use std::collections::HashSet;

use crate::catalogue::Classification;

use super::{Problem, Report, colour, format_version, limits, text};

/// What univers and rubriques have in common.
struct Class<'a> {
    noun: &'static str,
    id: &'a str,
    name: &'a str,
    icon: &'a str,
    colour: &'a str,
}

/// Checks the network's classification.
#[must_use]
pub fn classification(classification: &Classification) -> Vec<Problem> {
    let mut report = Report::new("classification.json");
    format_version(&mut report, classification.format);
    let univers = classification.univers.iter().map(|univers| Class {
        noun: "univers",
        id: &univers.id,
        name: &univers.name,
        icon: &univers.icon,
        colour: &univers.colour,
    });
    classes(&mut report, "univers", &univers.collect::<Vec<_>>());
    let rubriques = classification.rubriques.iter().map(|rubrique| Class {
        noun: "rubrique",
        id: &rubrique.id,
        name: &rubrique.name,
        icon: &rubrique.icon,
        colour: &rubrique.colour,
    });
    classes(&mut report, "rubriques", &rubriques.collect::<Vec<_>>());
    report.into_problems()
}

fn classes(report: &mut Report, field: &str, classes: &[Class<'_>]) {
    report.leave();
    if !(1..=limits::CLASSES).contains(&classes.len()) {
        let problem = format!("{} entrées", classes.len());
        report.add(
            field,
            problem,
            format!("il en faut entre 1 et {}", limits::CLASSES),
        );
        return;
    }
    let mut seen = HashSet::new();
    for (index, class) in classes.iter().enumerate() {
        report.enter(
            format!("{} « {} »", class.noun, text::shown(class.id)),
            Some(index),
        );
        if !seen.insert(class.id) {
            report.add(
                "id",
                "cet identifiant est donné deux fois",
                "changez l'un des deux",
            );
        }
        self::class(report, class);
    }
    report.leave();
}

fn class(report: &mut Report, class: &Class<'_>) {
    text::id(report, "id", class.id);
    text::required(report, "name", class.name, limits::KEYWORD_CHARS);
    text::id(report, "icon", class.icon);
    match colour::under_white(class.colour) {
        None => report.add(
            "colour",
            format!("« {} » n'est pas une couleur", text::shown(class.colour)),
            "écrivez-la comme « #1D4FC4 »",
        ),
        Some(contrast) if contrast < limits::CONTRAST => report.add(
            "colour",
            format!("contraste de {contrast:.1} sous un texte blanc"),
            format!(
                "choisissez une couleur plus foncée, {} au moins",
                limits::CONTRAST
            ),
        ),
        Some(_) => {}
    }
}
