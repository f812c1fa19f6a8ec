//! Every limit of the catalogue, with the reason of the number.

/// Days during which a video is "Nouveau": the format's promise to partners.
pub const NEW_DAYS: i32 = 60;

/// Videos offered on the home screen: ten pages of six, more than anybody turns.
pub const FEATURED: usize = 60;

/// Videos in the attract loop: twenty clips are several minutes before one comes again.
pub const ATTRACT: usize = 20;

/// Videos offered after one: four pages of six.
pub const RELATED: usize = 24;

/// Characters of a query that are read: a title is at most 120 characters long.
pub const QUERY_CHARS: usize = 200;

/// Words of a query that must match: past eight, a visitor describes what they already found.
pub const QUERY_WORDS: usize = 8;

/// Letters of a word that are indexed; the longest French words have 25.
pub const WORD_CHARS: usize = 40;

/// Letters from which a word may hold a typing error: in shorter ones the error is another word.
pub const TYPO_CHARS: usize = 4;

/// Characters of an excerpt: two lines of a result tile in large text.
pub const EXCERPT_CHARS: usize = 140;

/// Cues of one file that are kept: a cue a second for more than five hours.
pub const CUES: usize = 20_000;

/// Lines of a cue that are shown.
pub const CUE_LINES: usize = 2;

/// Bytes of a tag: a voice with the longest name and title.
pub const TAG_BYTES: usize = 256;

/// Cues that are looked at, back from the last one begun, for one that still shows: captions that
/// overlap do so by two or three.
pub const CUE_OVERLAP: usize = 8;
