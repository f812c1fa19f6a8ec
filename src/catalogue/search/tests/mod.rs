//! What visitors type and what they find.

mod places;
mod properties;

use media_manifest::catalogue::Video;

use super::Hit;
use crate::catalogue::Catalogue;
use crate::catalogue::fixture::{captioned, catalogue, named_in_2021, spoken, video};

/// Titles found, the best first.
pub fn titles(catalogue: &Catalogue, query: &str) -> Vec<String> {
    catalogue
        .search(query, 100)
        .iter()
        .filter_map(|hit| catalogue.video(&hit.key))
        .map(|item| item.title().to_owned())
        .collect()
}

fn first(catalogue: &Catalogue, query: &str) -> Hit {
    let mut hits = catalogue.search(query, 10);
    assert!(!hits.is_empty(), "nothing found for {query:?}");
    hits.remove(0)
}

/// What is lit up.
fn lit<'a>(text: &'a str, ranges: &[std::ops::Range<usize>]) -> Vec<&'a str> {
    ranges.iter().map(|range| &text[range.clone()]).collect()
}

const FINANCE: &str = "Analyste financier.ère";
const FUNCTION: &str = "Analyste fonctionnel.le";
const BUSINESS: &str = "Analyste business";
const VISIO: &str = "Bien préparer son entretien en visioconférence !";
const SOCIAL: &str = "Les réseaux sociaux, une arme pour décrocher un emploi !";
const FLANDERS: &str = "Travailler en Flandre ? C'est possible !";
const LANGUAGES: &str = "Mettez en avant vos compétences en langues !";
const PROFILE: &str = "Publiez votre profil en ligne sur leforem.be !";

#[test]
fn visitors_find_the_one_video_that_they_mean() {
    let catalogue = catalogue(named_in_2021());
    for (query, title) in [
        ("financiere", FINANCE),
        ("financier", FINANCE),
        ("financière", FINANCE),
        ("FINANCIÈRES", FINANCE),
        ("financier.ère", FINANCE),
        ("financier·ère", FINANCE),
        ("analyste financier", FINANCE),
        ("financière analyste", FINANCE),
        ("anlyste fin", FINANCE),
        ("analiste finan", FINANCE),
        ("fonctionnelle", FUNCTION),
        ("fonctionelle", FUNCTION),
        ("fonctionnel", FUNCTION),
        ("analyste business", BUSINESS),
        ("analyste buisness", BUSINESS),
        ("entretien visio", VISIO),
        ("visio conférence", VISIO),
        ("visio-conférence", VISIO),
        ("reseaux sociaux", SOCIAL),
        ("réseau social", SOCIAL),
        ("sociale", SOCIAL),
        ("flandre", FLANDERS),
        ("travailler en flandre", FLANDERS),
        ("je veux travailler en flandre", FLANDERS),
        ("flander", FLANDERS),
        ("compétence langue", LANGUAGES),
        ("competances langues", LANGUAGES),
        ("leforem", PROFILE),
        ("leforem.be", PROFILE),
        ("le forem", PROFILE),
    ] {
        let found = titles(&catalogue, query);
        assert_eq!(
            found.first().map(String::as_str),
            Some(title),
            "{query:?} gives {found:?}"
        );
    }
}

#[test]
fn nothing_else_comes_with_a_word_that_one_title_holds() {
    let catalogue = catalogue(named_in_2021());
    for query in [
        "financiere",
        "financier",
        "flandre",
        "reseaux sociaux",
        "analyste business",
    ] {
        assert_eq!(titles(&catalogue, query).len(), 1, "{query:?}");
    }
}

#[test]
fn all_that_hold_the_word_are_found_the_shortest_title_first() {
    let catalogue = catalogue(named_in_2021());
    assert_eq!(
        titles(&catalogue, "analiste"),
        [FINANCE, FUNCTION, BUSINESS]
    );
    let cv = titles(&catalogue, "cv");
    let in_title = cv.iter().filter(|title| title.contains("CV")).count();
    assert_eq!(in_title, 3);
    assert!(cv[..3].iter().all(|title| title.contains("CV")), "{cv:?}");
}

#[test]
fn a_title_is_found_from_its_first_letter_on() {
    let catalogue = catalogue(named_in_2021());
    let query = "analyste financ";
    for (end, _) in query.char_indices().skip(1) {
        let found = titles(&catalogue, &query[..end]);
        assert!(
            found.iter().any(|title| title == FINANCE),
            "{:?}",
            &query[..end]
        );
    }
}

#[test]
fn words_in_any_gender_and_spelling_are_found() {
    for (title, queries) in [
        (
            "Développeur web",
            &["développeuse", "developpeus", "developeuse", "DEVELOPPEURS"][..],
        ),
        ("Développeuse web", &["développeur", "developpeurs"]),
        ("Développeur·euse web", &["développeur", "développeuse web"]),
        ("Développeur.se", &["développeuse"]),
        ("Acteur / Actrice", &["acteur", "actrice", "actric"]),
        (
            "Conducteur(trice) de bus",
            &["conductrice", "conducteur bus", "conductrices"],
        ),
        (
            "Conseiller·ère·s",
            &["conseillère", "conseillers", "conseiller"],
        ),
        (
            "Technicien-ne de maintenance",
            &["technicienne", "technicien"],
        ),
        (
            "Étudiant(e)s jobistes",
            &["etudiante", "étudiants jobiste", "étudiantes"],
        ),
        ("Sportif de haut niveau", &["sportive", "sportives"]),
        ("Ambulancière", &["ambulancier"]),
        ("Éducatrice", &["éducateur", "educateurs"]),
        (
            "Travaux publics",
            &["travail", "travaux public", "publique"],
        ),
        (
            "Sœur et œuvre d’art",
            &["soeur", "sœur", "oeuvre d'art", "œuvre"],
        ),
        (
            "L’emploi aujourd’hui",
            &["l'emploi", "lemploi", "aujourdhui", "aujourd'hui"],
        ),
        (
            "Porte-parole",
            &["porte parole", "porteparole", "porte-parole"],
        ),
        ("Un weekend d'études", &["week-end", "weekend"]),
        ("Envoyer un e-mail", &["email", "mail", "e-mail"]),
        ("Ressources humaines (R.H.)", &["rh", "R.H."]),
        ("Ｐeintre ﬁn", &["peintre", "fin"]),
    ] {
        let catalogue = catalogue([video("a", title)]);
        for query in queries {
            assert_eq!(titles(&catalogue, query), [title], "{query:?}");
        }
    }
}

#[test]
fn every_word_must_be_found_but_small_ones() {
    let catalogue = catalogue(named_in_2021());
    assert!(titles(&catalogue, "analyste boulanger").is_empty());
    assert!(titles(&catalogue, "boulangerie").is_empty());
    assert_eq!(
        titles(&catalogue, "un analyste qui est dans le business"),
        [BUSINESS]
    );
}

#[test]
fn a_query_without_words_finds_nothing() {
    let catalogue = catalogue(named_in_2021());
    for query in ["", " ", "?!", "🙂", "'", "\u{301}"] {
        assert!(catalogue.search(query, 10).is_empty(), "{query:?}");
    }
}

#[test]
fn small_words_alone_are_looked_for() {
    let catalogue = catalogue([video("a", "Qui suis-je ?"), video("b", "Boucher")]);
    assert_eq!(titles(&catalogue, "qui"), ["Qui suis-je ?"]);
}

#[test]
fn one_error_is_forgiven_and_not_two_nor_one_in_a_short_word() {
    let catalogue = catalogue([video("a", "Boulanger"), video("b", "Bus")]);
    for query in [
        "bolanger",
        "buolanger",
        "boulamger",
        "boullanger",
        "oulanger",
        "bpul",
    ] {
        assert_eq!(titles(&catalogue, query), ["Boulanger"], "{query:?}");
    }
    for query in ["bolamger", "bux", "2oulanger"] {
        assert!(titles(&catalogue, query).is_empty(), "{query:?}");
    }
}

#[test]
fn an_error_is_looked_for_only_when_nothing_shown_is_written_so() {
    let catalogue = catalogue([video("a", "Porte"), video("b", "Poste")]);
    assert_eq!(titles(&catalogue, "poste"), ["Poste"]);
}

pub fn everywhere() -> Vec<Video> {
    let mut videos: Vec<Video> = ["e", "d", "c", "b", "a"]
        .map(|id| video(id, "Métier"))
        .into();
    videos[0].title = "Soudeur".to_owned();
    videos[1].aliases = vec!["Soudeur industriel".to_owned()];
    videos[2].keywords = vec!["soudeur".to_owned()];
    videos[3].summary = "Il travaille. Avec un soudeur, sur le chantier. Fin.".to_owned();
    videos[4] = captioned("a", "Métier");
    videos
}

pub const SPOKEN: &str = "WEBVTT\n\n00:01.000 --> 00:02.000\nBonjour à tous.\n\n\
    00:12.500 --> 00:14.000\nDans l'atelier, le métier\n\n\
    00:14.000 --> 00:16.000\nde soudeur s'apprend vite.\n\n\
    00:20.000 --> 00:21.000\nAu revoir.\n";

#[test]
fn a_video_that_cannot_play_is_not_found() {
    let mut catalogue = catalogue(named_in_2021());
    catalogue.set_available(|video| video.title != FINANCE);
    assert!(titles(&catalogue, "financier").is_empty());
    assert_eq!(titles(&catalogue, "analyste").len(), 2);
}

#[test]
fn no_more_than_asked_for_and_the_best_of_them() {
    let catalogue = catalogue(named_in_2021());
    let all = catalogue.search("c", 100);
    for limit in 0..=all.len() {
        assert_eq!(catalogue.search("c", limit), all[..limit]);
    }
}

#[test]
fn awkward_titles_are_found() {
    let sixty = "Responsable de la maintenance industrielle et des automates";
    for (title, query) in [
        ("مهندس برمجيات", "مهندس"),
        ("🙂 Clown 🎪", "clown"),
        ("Інженер", "інженер"),
        (sixty, "automate maintenance"),
        ("C.V.", "cv"),
        ("B2B", "b2b"),
    ] {
        assert_eq!(titles(&catalogue([video("a", title)]), query), [title]);
    }
    assert!(catalogue([]).search("clown", 10).is_empty());
    assert_eq!(catalogue([video("a", "🙂")]).search("clown", 10), []);
}

#[test]
fn only_words_that_the_catalogue_publishes_are_vocabulary() {
    let mut videos = everywhere();
    videos[3].summary = "Avec Zénobie.".to_owned();
    let catalogue = spoken(videos, &[("a.vtt", SPOKEN)]);
    for query in [
        "Soudeur",
        "soudeuse",
        "SOUDEUR  industriel",
        "informatique",
        "métier",
    ] {
        let expected = query == "informatique";
        assert_eq!(
            catalogue.vocabulary_term(query).is_none(),
            expected,
            "{query:?}"
        );
    }
    for query in [
        "",
        "soud",
        "zenobie",
        "atelier",
        "soudeur zenobie",
        "un",
        "de la",
    ] {
        assert_eq!(catalogue.vocabulary_term(query), None, "{query:?}");
    }
    assert_eq!(
        catalogue.vocabulary_term(" SOUDEUR, industriel ! "),
        Some("soudeur industriel".to_owned())
    );
}
