use proptest::prelude::*;
use proptest::sample::Index as Pick;

use super::{SPOKEN, everywhere, titles};
use crate::catalogue::fixture::{TITLES, catalogue, named_in_2021, spoken, video};
use crate::catalogue::search::Excerpt;
use crate::catalogue::{inflection, words};

/// Plain optimal-string-alignment distance of `query` to the nearest beginning of `word`.
fn distance_to_beginning(query: &str, word: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (query.chars().collect(), word.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ => {
                    let mut least = (rows[i - 1][j] + 1)
                        .min(rows[i][j - 1] + 1)
                        .min(rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        least = least.min(rows[i - 2][j - 2] + 1);
                    }
                    least
                }
            };
        }
    }
    rows[a.len()].iter().copied().min().unwrap_or(usize::MAX)
}

fn words_of(title: &str) -> impl Strategy<Value = String> + use<> {
    let words: Vec<String> = title
        .split(|sign: char| !sign.is_alphanumeric() && sign != '.')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    prop::sample::subsequence(words.clone(), 1..=words.len()).prop_map(|words| words.join(" "))
}

proptest! {
    // Each case indexes a catalogue.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_typed_panics(query in any::<String>(), limit in 0_usize..30) {
        let catalogue = spoken(everywhere(), &[("a.vtt", SPOKEN)]);
        prop_assert!(catalogue.search(&query, limit).len() <= limit);
        let _ = catalogue.vocabulary_term(&query);
    }

    #[test]
    fn ranges_lie_in_the_text_and_apart(query in "[ a-zéèA-Z'’.-]{0,20}") {
        let catalogue = spoken(everywhere(), &[("a.vtt", SPOKEN)]);
        for hit in catalogue.search(&query, 10) {
            let Some(Excerpt { text, highlights, .. }) = hit.excerpt else {
                continue;
            };
            prop_assert!(highlights.iter().all(|range| text.get(range.clone()).is_some()));
            prop_assert!(highlights.is_sorted_by(|a, b| a.end < b.start));
        }
    }

    #[test]
    fn any_title_is_found_by_itself(title in "\\PC{1,60}") {
        prop_assume!(words::of(&title).next().is_some());
        let catalogue = catalogue([video("a", &title), video("b", "Analyste")]);
        let found = catalogue.search(&title, 10);
        prop_assert!(found.iter().any(|hit| hit.key == "demo/a"));
    }

    #[test]
    fn every_title_is_found_by_some_of_its_words(
        (title, query) in prop::sample::select(&TITLES[..])
            .prop_flat_map(|(_, _, title)| (Just(title), words_of(title)))
    ) {
        let found = titles(&catalogue(named_in_2021()), &query);
        prop_assert!(found.iter().any(|found| found == title), "{query:?} gives {found:?}");
    }

    #[test]
    fn the_order_in_which_videos_are_read_changes_nothing(
        query in prop::sample::select(vec!["a", "co", "cv", "analyste", "entretein", "pensez cv", "e"]),
        moves in prop::collection::vec(any::<(Pick, Pick)>(), 0..20)
    ) {
        let mut videos = named_in_2021();
        let expected = catalogue(videos.clone()).search(query, 50);
        for (a, b) in moves {
            videos.swap(a.index(TITLES.len()), b.index(TITLES.len()));
        }
        prop_assert_eq!(catalogue(videos).search(query, 50), expected);
    }

    #[test]
    fn exactly_one_error_is_forgiven(word in "[a-e]{4,9}", query in "[a-e]{4,7}") {
        // Endings that have other forms are the tables' affair.
        prop_assume!(inflection::bare(&query).is_empty());
        let found = !catalogue([video("a", &word)]).search(&query, 1).is_empty();
        prop_assert_eq!(found, distance_to_beginning(&query, &word) <= 1);
    }
}
