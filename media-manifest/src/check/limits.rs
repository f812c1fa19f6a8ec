//! Limits on content, each with its reason.

/// Length of an identifier: it is part of URLs, file names and statistics.
pub const ID_CHARS: usize = 64;

/// Length of a title, characters: three lines of a card at the smallest size.
pub const TITLE_CHARS: usize = 120;

/// Length of a partner's name, characters: one line on a poster.
pub const PARTNER_NAME_CHARS: usize = 80;

/// Length of a summary, characters: three short sentences.
pub const SUMMARY_CHARS: usize = 600;

/// Length of a keyword, characters.
pub const KEYWORD_CHARS: usize = 60;

/// Aliases of one video: spellings of one title, not a thesaurus.
pub const ALIASES: usize = 20;

/// Keywords of one video: enough for search, too few to drown other videos.
pub const KEYWORDS: usize = 50;

/// Univers of one video: one belongs to a few families, not to all.
pub const UNIVERS_PER_VIDEO: usize = 4;

/// Languages of captions of one video.
pub const CAPTIONS: usize = 12;

/// Addresses of one file: a main one and mirrors.
pub const URLS: usize = 8;

/// Length of an address: what every server and proxy accepts.
pub const URL_CHARS: usize = 2_000;

/// Length of a video, ms: four hours, longer than anything shown standing up.
pub const DURATION_MS: u64 = 4 * 3_600_000;

/// Size of a video file, bytes: four hours at 10 Mbit/s and some.
pub const VIDEO_BYTES: u64 = 20_000_000_000;

/// Size of a poster, bytes: a 4K JPEG fits.
pub const POSTER_BYTES: u64 = 8_000_000;

/// Size of captions or a transcript, bytes: four hours of speech fit ten times.
pub const TEXT_BYTES: u64 = 2_000_000;

/// Side of the picture, pixels: what decoders of bornes accept.
pub const SIDE_PX: std::ops::RangeInclusive<u32> = 16..=8_192;

/// Frames a second.
pub const FPS: u32 = 240;

/// Videos of one partner: the catalogue of 30,000 that bornes are measured with, and room.
pub const VIDEOS: usize = 50_000;

/// Univers or rubriques: what a screen of tiles can hold, twice.
pub const CLASSES: usize = 32;

/// Problems reported at once: past that the list helps nobody, and a hostile file cannot fill a
/// disk with complaints.
pub const PROBLEMS: usize = 200;

/// Contrast of white text on a tile (WCAG 2.2, 1.4.3).
pub const CONTRAST: f64 = 4.5;
