use super::*;

fn folded(text: &str) -> Vec<String> {
    of(text).map(|word| word.folded).collect()
}

#[test]
fn gender_marks_are_in_the_order_that_looking_them_up_needs() {
    assert!(MARKS.is_sorted());
}

#[test]
fn words_lose_accents_capitals_ligatures_and_gender_marks() {
    for (text, words) in [
        (
            "Éducateur·rice·s spécialisé(e)s",
            &["educateur", "specialise"][..],
        ),
        ("L’Œuvre d'un cœur", &["l", "oeuvre", "d", "un", "coeur"]),
        ("E\u{301}te\u{301}", &["ete"]),
        ("ﬁn STRAßE Łódź ½", &["fin", "strasse", "lodz", "12"]),
        (
            "vendeur/euse, vendeur / vendeuse",
            &["vendeur", "vendeur", "vendeuse"],
        ),
        ("Fin. Et après ?", &["fin", "et", "apres"]),
        ("a.e e-s", &["a", "e", "e", "s"]),
        ("C++ & 3D…", &["c", "3d"]),
        ("", &[]),
    ] {
        assert_eq!(folded(text), words, "{text}");
    }
}

#[test]
fn the_range_of_a_word_holds_its_gender_mark() {
    let text = "Un chargé·e de cours";
    let ranges: Vec<&str> = of(text).map(|word| &text[word.range]).collect();
    assert_eq!(ranges, ["Un", "chargé·e", "de", "cours"]);
}

#[test]
fn compounds_come_as_one_word_too() {
    let mut seen = Vec::new();
    each("l'e-mail d'aujourd’hui, R.H.", |range, word| {
        seen.push((range.clone(), word.to_owned()));
    });
    let joined: Vec<&str> = seen.iter().map(|(_, word)| word.as_str()).collect();
    assert_eq!(
        joined,
        [
            "l",
            "e",
            "mail",
            "email",
            "d",
            "aujourd",
            "hui",
            "aujourdhui",
            "r",
            "h",
            "rh"
        ]
    );
    assert_eq!(seen[3].0, 2..8);
}
