//! Where words are found and what is shown of it.

use super::{SPOKEN, everywhere, first, lit};
use crate::catalogue::fixture::{catalogue, file, named_in_2021, spoken, video};
use crate::catalogue::search::Matched;

#[test]
fn the_title_comes_before_aliases_key_words_summary_and_speech() {
    let catalogue = spoken(everywhere(), &[("a.vtt", SPOKEN)]);
    for query in ["soudeur", "soudeuse", "soude"] {
        let hits = catalogue.search(query, 10);
        let places: Vec<Matched> = hits.iter().map(|hit| hit.matched).collect();
        assert_eq!(
            places,
            [
                Matched::Title,
                Matched::Alias,
                Matched::Keyword,
                Matched::Summary,
                Matched::Caption
            ],
            "{query:?}"
        );
    }
}

#[test]
fn what_is_said_comes_with_its_sentence_and_second() {
    let catalogue = spoken(everywhere(), &[("a.vtt", SPOKEN)]);
    let hit = first(&catalogue, "apprend soudeuse");
    let excerpt = hit.excerpt.expect("an excerpt");
    assert_eq!(hit.matched, Matched::Caption);
    assert_eq!(
        excerpt.text,
        "Dans l'atelier, le métier de soudeur s'apprend vite."
    );
    assert_eq!(excerpt.at_ms, Some(12_500));
    assert_eq!(
        lit(&excerpt.text, &excerpt.highlights),
        ["soudeur", "apprend"]
    );
}

#[test]
fn a_transcript_is_searched_without_times() {
    let mut talk = video("a", "Métier");
    talk.transcript = Some(file("a.txt"));
    let catalogue = spoken(
        [talk],
        &[("a.txt", "Première phrase. Le chalumeau chauffe ! Fin.")],
    );
    let excerpt = first(&catalogue, "chalumeau").excerpt.expect("an excerpt");
    assert_eq!(excerpt.text, "Le chalumeau chauffe !");
    assert_eq!(excerpt.at_ms, None);
}

#[test]
fn a_long_sentence_is_cut_around_the_word() {
    let mut talk = video("a", "Métier");
    talk.transcript = Some(file("a.txt"));
    let text = format!("{} chalumeau {}", "avant ".repeat(60), "après ".repeat(60));
    let catalogue = spoken([talk], &[("a.txt", &text)]);
    let excerpt = first(&catalogue, "chalumeau").excerpt.expect("an excerpt");
    assert!(excerpt.text.chars().count() <= 145, "{}", excerpt.text);
    assert!(excerpt.text.starts_with("… avant") && excerpt.text.ends_with("après …"));
    assert_eq!(lit(&excerpt.text, &excerpt.highlights), ["chalumeau"]);
}

#[test]
fn what_stands_in_the_title_needs_no_excerpt() {
    let catalogue = catalogue(named_in_2021());
    let hit = first(&catalogue, "travailler en flandre");
    assert_eq!((hit.matched, hit.excerpt), (Matched::Title, None));
}

#[test]
fn the_name_of_a_group_finds_its_videos_last() {
    let catalogue = catalogue(named_in_2021());
    let hit = first(&catalogue, "informatique");
    assert_eq!((hit.matched, hit.excerpt), (Matched::Group, None));
}
