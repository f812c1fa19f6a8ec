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

/// Likes of one video: a trade that suits every taste helps nobody choose.
pub const LIKES_PER_VIDEO: usize = 3;

/// Length of a code: typed on a telephone, from memory, standing up; three signs make 46,656 codes.
pub const CODE_CHARS: std::ops::RangeInclusive<usize> = 3..=8;

/// How far the length of a rendition may lie from that of its video, ms: the visitor changes between
/// them at a moment, and longer than this would be noticed.
pub const RENDITION_MS: u64 = 2_000;

/// Gain of a sound, hundredths of a decibel: more than 20 dB up makes noise heard, and more than 20 dB
/// down is no sound that anybody recorded.
pub const GAIN_CENTIDB: i16 = 2_000;

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

/// Side of the picture, pixels: that of 4K. Decoding 8192 × 8192 takes 1.4 GB, more than a borne gives.
pub const SIDE_PX: std::ops::RangeInclusive<u32> = 16..=4_096;

/// Frames a second.
pub const FPS: u32 = 240;

/// Videos of one partner: the catalogue of 30,000 that bornes are measured with, and room.
pub const VIDEOS: usize = 50_000;

/// Sessions of one partner: five on every working day of a year, and room.
pub const SESSIONS: usize = 2_000;

/// Playlists of one partner: chosen from a list, with a group waiting.
pub const PLAYLISTS: usize = 200;

/// Videos of one playlist: two hours of three minutes each.
pub const ITEMS: usize = 40;

/// Videos of one session: what a screen shows beside it, twice.
pub const VIDEOS_PER_SESSION: usize = 12;

/// Answers of one question: hands of a group are counted once for each.
pub const ANSWERS: usize = 4;

/// Length of an answer, characters: one line above a counter.
pub const ANSWER_CHARS: usize = 40;

/// Length of a question, characters: three lines read from the back of a room.
pub const QUESTION_CHARS: usize = 160;

/// Length of a place, characters: a building, a street, a town.
pub const PLACE_CHARS: usize = 120;

/// Length of an address that visitors copy by hand, characters.
pub const ADDRESS_CHARS: usize = 60;

/// Days within which a question is answered: past a month it is not an answer.
pub const REPLY_DAYS: u8 = 31;

/// Spans of opening hours: two a day for a week.
pub const HOURS: usize = 14;

/// Days announced as closed: two years of holidays and bridges.
pub const CLOSED: usize = 100;

/// Univers, rubriques, likes or audiences: what a screen of tiles can hold, twice.
pub const CLASSES: usize = 32;

/// Products that a network offers systems for: processors and their makers, not single bornes.
pub const RELEASES: usize = 16;

/// Length of a system's version: `1.2.3-rc.1` and room; it is part of a file's name.
pub const VERSION_CHARS: usize = 64;

/// Size of an update, bytes: ours has 350 MB, and a system's partition has 805 MB.
pub const BUNDLE_BYTES: u64 = 1_000_000_000;

/// Problems reported at once: past that the list helps nobody, and a hostile file cannot fill a
/// disk with complaints.
pub const PROBLEMS: usize = 200;

/// Contrast of white text on a tile (WCAG 2.2, 1.4.3).
pub const CONTRAST: f64 = 4.5;
