//! Where words stand in a video, and how much a match there counts.

use super::Matched;
use crate::catalogue::Item;

/// Places whose words are told apart in the index; what is said is kept in lists of its own.
pub const SHOWN: [Matched; 5] = [
    Matched::Title,
    Matched::Alias,
    Matched::Keyword,
    Matched::Summary,
    Matched::Group,
];

/// How a word of a video resembles a word of the query, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same word, in any gender or number.
    Whole,
    /// The word begins so.
    Beginning,
    /// The word begins so but for one typing error.
    Typo,
}

/// Points of a match. An error in the title comes before what is said but after a key word.
pub fn points(place: Matched, likeness: Likeness) -> u32 {
    let place = match place {
        Matched::Title => 100,
        Matched::Alias => 80,
        Matched::Keyword => 60,
        Matched::Summary => 40,
        Matched::Group => 20,
        Matched::Caption => 10,
    };
    let likeness = match likeness {
        Likeness::Whole => 10,
        Likeness::Beginning => 9,
        Likeness::Typo => 5,
    };
    place * likeness
}

/// The most that a match in what is said can get; less than one in any place shown, unless the
/// latter holds an error.
pub fn most_for_speech() -> u32 {
    points(Matched::Caption, Likeness::Whole)
}

/// The texts of a place.
pub fn texts(item: &Item, place: Matched) -> Vec<&str> {
    match place {
        Matched::Title => vec![item.title()],
        Matched::Alias => all_of(&item.video.aliases),
        Matched::Keyword => all_of(&item.video.keywords),
        Matched::Summary => vec![&item.video.summary],
        Matched::Group => all_of(&item.group_names),
        Matched::Caption => vec![item.spoken_text()],
    }
}

fn all_of(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}
