//! What is on the screen, and what is heard.

use proptest::prelude::*;

use super::spoken;

fn heard(language: &str, table: &[(&str, &str)]) {
    for (shown, expected) in table {
        assert_eq!(spoken(shown, language), *expected, "{language}: {shown}");
    }
}

#[test]
fn durations_are_told_in_words() {
    heard(
        "fr",
        &[
            ("0:34", "34 secondes"),
            ("0:01", "1 seconde"),
            ("0:00", "0 seconde"),
            ("1:00", "1 minute"),
            ("3:12", "3 minutes 12 secondes"),
            ("1:02:03", "1 heure 2 minutes 3 secondes"),
            ("0:34 / 3:12", "34 secondes, 3 minutes 12 secondes"),
            ("(2:05)", "(2 minutes 5 secondes)"),
        ],
    );
    heard(
        "en",
        &[
            ("0:34", "34 seconds"),
            ("1:01", "1 minute 1 second"),
            ("0:00", "0 seconds"),
        ],
    );
    heard(
        "nl",
        &[("0:34", "34 seconden"), ("2:01", "2 minuten 1 seconde")],
    );
}

#[test]
fn what_only_looks_like_a_duration_is_left_alone() {
    for shown in [
        "3:7",
        "1:60",
        "a:12",
        "1:2:3",
        ":30",
        "12:",
        "1234:00",
        "Et puis :",
        "1:02:03:04",
    ] {
        assert_eq!(spoken(shown, "fr"), shown);
    }
}

#[test]
fn hours_and_quantities_are_told_in_words() {
    heard(
        "fr",
        &[
            ("à 9h30", "à 9 heures 30"),
            ("jusqu’à 12 h.", "jusqu’à 12 heures."),
            ("1h", "1 heure"),
            ("10h00", "10 heures"),
            ("−10 s", "moins 10 secondes"),
            ("+10 s", "plus 10 secondes"),
            ("3 min", "3 minutes"),
            ("12 km", "12 kilomètres"),
            ("1,5 km", "1,5 kilomètre"),
            ("90 km/h", "90 kilomètres par heure"),
            ("50%, 20€", "50 pour cent, 20 euros"),
            ("(5 km)", "(5 kilomètres)"),
        ],
    );
    heard(
        "en",
        &[
            ("1 km", "1 kilometre"),
            ("1.5 km", "1.5 kilometres"),
            ("75 %", "75 percent"),
        ],
    );
    heard(
        "nl",
        &[
            ("9u30", "9 uur 30"),
            ("90 km/u", "90 kilometer per uur"),
            ("+10 s", "plus 10 seconden"),
        ],
    );
}

#[test]
fn numbers_without_a_unit_are_left_alone() {
    for shown in [
        "24/7",
        "12/03/2026",
        "2 vidéos",
        "3.5",
        "n° 4",
        "A-10",
        "h",
        "km",
        "1.",
        "7e",
    ] {
        assert_eq!(spoken(shown, "fr"), shown);
    }
}

#[test]
fn both_genders_are_told() {
    heard(
        "fr",
        &[
            ("Analyste financier.ère", "Analyste financier ou financière"),
            ("Vendeur·euse", "Vendeur ou Vendeuse"),
            ("acteur.rice", "acteur ou actrice"),
            ("directeur/trice", "directeur ou directrice"),
            ("conseiller/ère,", "conseiller ou conseillère,"),
            ("Aide-soignant.e", "Aide-soignant ou Aide-soignante"),
            ("étudiant(e)", "étudiant ou étudiante"),
            ("étudiant(e)s.", "étudiants ou étudiantes."),
            ("étudiant·e·s", "étudiants ou étudiantes"),
            ("étudiant.es", "étudiants ou étudiantes"),
            ("directeurs.trices", "directeurs ou directrices"),
            ("heureux.se", "heureux ou heureuse"),
            ("technicien.ne", "technicien ou technicienne"),
            ("professionnel.le", "professionnel ou professionnelle"),
            ("sportif.ve", "sportif ou sportive"),
            ("chef.fe", "chef ou cheffe"),
            ("tou.te.s", "tous ou toutes"),
            ("un.e", "un ou une"),
            ("INFIRMIER.ÈRE", "infirmier ou infirmière"),
        ],
    );
}

#[test]
fn a_dot_that_is_no_gender_mark_is_left_alone() {
    for shown in ["Fin.Début", "p.ex.", "M. Test", "etc.", "3.e", "..."] {
        assert_eq!(spoken(shown, "fr"), shown);
    }
    assert_eq!(spoken("worker.e", "en"), "worker.e");
}

#[test]
fn letters_for_genders_are_told_in_words() {
    heard(
        "fr",
        &[
            ("Comptable F/H/X", "Comptable femme, homme ou autre"),
            ("(h/f)", "(homme ou femme)"),
        ],
    );
    heard("en", &[("(m/f/x)", "(man, woman or other)")]);
    heard("nl", &[("V/M/X", "vrouw, man of ander")]);
}

#[test]
fn a_slash_between_words_is_a_pause() {
    heard(
        "fr",
        &[
            ("vendeur/vendeuse", "vendeur, vendeuse"),
            ("Vendeur / Vendeuse", "Vendeur, Vendeuse"),
            ("Accueil · Retour", "Accueil, Retour"),
            ("Fin. — Et après", "Fin. Et après"),
        ],
    );
}

#[test]
fn quotation_marks_are_silent() {
    heard(
        "fr",
        &[
            ("« Retour » revient en arrière", "Retour revient en arrière"),
            ("“Oui”, dit-elle", "Oui, dit-elle"),
            ("Rien trouvé pour « \" ».", "Rien trouvé pour ."),
        ],
    );
}

#[test]
fn addresses_are_dictated() {
    heard(
        "fr",
        &[
            ("miti.be", "miti point be"),
            ("Sur miti.be.", "Sur miti point be."),
            (
                "https://www.mon-site.be/metiers/",
                "www point mon tiret site point be barre oblique metiers",
            ),
            ("info@miti.be", "info arobase miti point be"),
            ("www.exemple.es", "www point exemple point es"),
        ],
    );
    heard(
        "en",
        &[("miti.be", "miti dot be"), ("a@b.org", "a at b dot org")],
    );
    heard("nl", &[("miti.be", "miti punt be")]);
}

#[test]
fn an_unknown_language_is_only_freed_of_quotation_marks() {
    assert_eq!(spoken("« 0:34 » miti.be", "de"), "0:34 miti.be");
}

#[test]
fn a_language_with_a_country_is_known() {
    assert_eq!(spoken("0:34", "fr-BE"), "34 secondes");
}

proptest! {
    #[test]
    fn plain_words_are_said_as_they_are(text in "[a-zéèà]{1,9}( [a-zéèà]{1,9}){0,5}[.!?]?") {
        prop_assert_eq!(spoken(&text, "fr"), text);
    }

    #[test]
    fn any_text_can_be_worded(text in any::<String>(), language in "fr|en|nl|de") {
        let said = spoken(&text, &language);
        prop_assert!(!said.contains("  "), "{said:?}");
    }
}
