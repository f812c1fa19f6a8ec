//! The network's classification.

use crate::catalogue::{Audience, Classification};

use super::{Problem, Report, colour, contact, format_version, limits, named, place, text, unique};

/// What univers, rubriques and likes have in common.
struct Class<'a> {
    id: &'a str,
    name: &'a str,
    icon: &'a str,
    colour: &'a str,
}

impl<'a> Class<'a> {
    const fn of(id: &'a str, name: &'a str, icon: &'a str, colour: &'a str) -> Self {
        Self {
            id,
            name,
            icon,
            colour,
        }
    }
}

/// Checks the network's classification.
#[must_use]
pub fn classification(classification: &Classification) -> Vec<Problem> {
    let mut report = Report::new("classification.json");
    format_version(&mut report, classification.format);
    let univers = classification.univers.iter();
    let univers = univers.map(|it| Class::of(&it.id, &it.name, &it.icon, &it.colour));
    let rubriques = classification.rubriques.iter();
    let rubriques = rubriques.map(|it| Class::of(&it.id, &it.name, &it.icon, &it.colour));
    let likes = classification.likes.iter();
    let likes = likes.map(|it| Class::of(&it.id, &it.name, &it.icon, &it.colour));
    classes(&mut report, ("univers", "univers"), 1, univers);
    classes(&mut report, ("rubriques", "rubrique"), 1, rubriques);
    classes(&mut report, ("likes", "goût"), 0, likes);
    audiences(&mut report, &classification.audiences);
    if let Some(adviser) = &classification.adviser {
        contact::adviser(&mut report, adviser);
    }
    if let Some(phone) = &classification.phone {
        contact::phone(&mut report, phone);
    }
    report.into_problems()
}

fn classes<'a>(
    report: &mut Report,
    names: (&str, &str),
    least: usize,
    classes: impl Iterator<Item = Class<'a>>,
) {
    let (field, noun) = names;
    let classes: Vec<Class<'_>> = classes.collect();
    if !count(report, field, least, classes.len()) {
        return;
    }
    let ids = classes.iter().map(|class| class.id);
    entries(report, names, ids);
    for (index, class) in classes.iter().enumerate() {
        report.enter(named(noun, class.id), place(field, index));
        self::class(report, class);
    }
    report.leave();
}

fn audiences(report: &mut Report, audiences: &[Audience]) {
    if !count(report, "audiences", 0, audiences.len()) {
        return;
    }
    let ids = audiences.iter().map(|audience| audience.id.as_str());
    entries(report, ("audiences", "public"), ids);
    for (index, audience) in audiences.iter().enumerate() {
        report.enter(named("public", &audience.id), place("audiences", index));
        text::id(report, "id", &audience.id);
        text::required(report, "name", &audience.name, limits::KEYWORD_CHARS);
    }
    report.leave();
}

/// Whether a list is neither too short nor too long to be looked at.
fn count(report: &mut Report, field: &str, least: usize, count: usize) -> bool {
    report.leave();
    let most = limits::CLASSES;
    let fits = (least..=most).contains(&count);
    if !fits {
        let problem = format!("{count} entrées");
        report.add(
            field,
            problem,
            format!("il en faut entre {least} et {most}"),
        );
    }
    fits
}

/// Refuses two entries of one identifier.
fn entries<'a>(
    report: &mut Report,
    (field, noun): (&str, &str),
    ids: impl Iterator<Item = &'a str>,
) {
    let ids = ids.enumerate().map(|(index, id)| (place(field, index), id));
    unique(report, noun, ids);
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
