//! P5: search over ten thousand invented videos with transcripts, a key stroke at a time.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::{Result, anyhow};
use borne::catalogue::{Catalogue, Item};
use end_to_end::dice;
use jiff::civil::{Date, date};
use media_manifest::catalogue::merged::{Entry, Merged};
use media_manifest::catalogue::{FileRef, Video};
use media_manifest::source::default_classification;
use resilience::figure::{Figure, percentile};
use serde_json::json;

use crate::stock::Stock;

const VIDEOS: usize = 10_000;
/// Words said in three minutes.
const WORDS_SAID: usize = 450;
/// Different words that are said in all videos together, but for inflections.
const DIFFERENT: usize = 60_000;
const TODAY: Date = date(2026, 3, 2);

const SMALL: &[&str] = &[
    "de", "la", "le", "et", "les", "des", "en", "un", "du", "une", "que", "est", "pour", "qui",
    "dans", "a", "par", "plus", "pas", "au", "sur", "ne", "se", "ce", "il", "vous", "avec", "on",
    "nous", "votre", "c'est", "je", "mais", "aussi", "travail", "métier", "faire", "emploi",
];
const TRADES: &[&str] = &[
    "Analyste",
    "Boulanger",
    "Soudeuse",
    "Infirmier",
    "Éducatrice",
    "Conducteur",
    "Technicienne",
    "Développeur",
    "Vendeuse",
    "Maçon",
    "Électricien",
    "Jardinière",
    "Comptable",
    "Cuisinier",
    "Assistante sociale",
    "Menuisier",
    "Aide-soignant",
    "Coiffeuse",
    "Mécanicien",
    "Formatrice",
];
const ONSETS: &[&str] = &[
    "b", "c", "d", "f", "g", "j", "l", "m", "n", "p", "r", "s", "t", "v", "ch", "tr", "pl", "gr",
    "fl", "é", "a", "o", "in", "con", "pr", "qu",
];
const RIMES: &[&str] = &[
    "a", "e", "i", "o", "ou", "an", "on", "eur", "ier", "tion", "ment", "er", "é", "ique", "age",
    "al", "euse", "if", "eau", "oir", "ant", "u",
];

/// What is invented, by chance.
struct Dice(dice::Dice);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0.roll(end as u32) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// The rank of a word: the tenth is said ten times less often than the first.
    fn rank(&mut self, ranks: usize) -> usize {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((ranks as f64).powf(share) - 1.0) as usize
    }
}

fn lexicon(dice: &mut Dice) -> Vec<String> {
    let mut words: Vec<String> = SMALL.iter().map(|&word| word.to_owned()).collect();
    // Words that are said often are short, as in French.
    while words.len() < DIFFERENT {
        let syllables = 1 + (dice.below(3) + dice.below(3)) / 2 + usize::from(words.len() > 9_000);
        let word = (0..syllables).map(|_| [dice.one(ONSETS), dice.one(RIMES)].concat());
        words.push(word.collect());
    }
    words
}

fn captions(dice: &mut Dice, lexicon: &[String]) -> String {
    let mut text = String::from("WEBVTT\n");
    for cue in 0..WORDS_SAID / 9 {
        let words: Vec<&str> = (0..9)
            .map(|_| &*lexicon[dice.rank(lexicon.len())])
            .collect();
        let stop = if cue % 2 == 0 { "." } else { "" };
        let (start, end) = (cue * 4, cue * 4 + 3);
        text += &format!(
            "\n{:02}:{:02}.000 --> {:02}:{:02}.900\n{}\n{}{stop}\n",
            start / 60,
            start % 60,
            end / 60,
            end % 60,
            words[..5].join(" "),
            words[5..].join(" "),
        );
    }
    text
}

fn videos(dice: &mut Dice, lexicon: &[String]) -> Result<Vec<Entry>> {
    let word = |dice: &mut Dice| lexicon[SMALL.len() + dice.below(6_000)].clone();
    let mut videos = Vec::new();
    for number in 0..VIDEOS {
        let title = format!("{} {} de {}", dice.one(TRADES), word(dice), word(dice));
        let keywords: Vec<_> = (0..5).map(|_| word(dice)).collect();
        let summary = (0..30).map(|_| word(dice)).collect::<Vec<_>>().join(" ") + ".";
        let video: Video = serde_json::from_value(json!({
            "id": format!("v{number}"), "revision": 1, "kind": "metier", "title": title,
            "keywords": keywords, "summary": summary, "univers": ["informatique"], "language": "fr",
            "duration_ms": 200_000, "priority": 100, "added": "2026-01-15", "poster": file("poster"),
            "media": { "file": file("film"), "mime": "video/mp4", "width": 1920, "height": 1080,
                       "fps": 30, "sound": true },
            "captions": [{ "language": "fr", "file": file(&format!("v{number}.vtt")) }],
        }))?;
        videos.push(Entry {
            key: format!("essai/{}", video.id),
            video,
        });
    }
    Ok(videos)
}

fn file(name: &str) -> serde_json::Value {
    json!({ "sha256": name, "length": 1, "urls": [] })
}

/// What visitors type, letter by letter: words of titles, with and without an error, words said,
/// words that nobody says, and sentences.
fn typed(dice: &mut Dice, items: &[&Item], lexicon: &[String]) -> Vec<String> {
    let mut queries = vec![
        "je veux travailler en flandre".to_owned(),
        "a b c d e f g h".to_owned(),
        "comment devenir assistante sociale dans une entreprise".to_owned(),
    ];
    for round in 0..200 {
        let title = items[dice.below(items.len())].title();
        queries.push(title.to_owned());
        let mut wrong: Vec<char> = title.chars().collect();
        let at = 2 + dice.below(6);
        wrong.swap(at, at + 1);
        queries.push(wrong.into_iter().collect());
        let said = [0, 1].map(|_| lexicon[dice.rank(lexicon.len())].clone());
        queries.push(said.join(" "));
        queries.push(format!("xyl{round}o {}", dice.one(TRADES)));
    }
    queries
}

fn strokes(query: &str) -> impl Iterator<Item = &str> {
    let ends = query.char_indices().map(|(at, sign)| at + sign.len_utf8());
    ends.filter_map(|end| query.get(..end))
}

/// Time this thread has run: what others do on the machine does not count.
fn running() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

pub fn measure(_stock: &Stock) -> Result<Vec<Figure>> {
    let mut dice = Dice(dice::Dice::new(1));
    let lexicon = lexicon(&mut dice);
    let merged = Merged {
        classification: default_classification().map_err(|problems| anyhow!("{problems:?}"))?,
        videos: videos(&mut dice, &lexicon)?,
        ..Merged::default()
    };
    let texts: HashMap<String, String> = (0..VIDEOS)
        .map(|number| (format!("v{number}.vtt"), captions(&mut dice, &lexicon)))
        .collect();
    let read = |file: &FileRef| texts.get(&file.sha256).cloned();
    let catalogue = Catalogue::build(&merged, |_| true, read, TODAY);
    let items = catalogue.in_univers("informatique");
    let mut times = Vec::new();
    for query in typed(&mut dice, &items, &lexicon) {
        for stroke in strokes(&query) {
            let begin = running();
            let hits = catalogue.search(stroke, 24);
            times.push((running() - begin).as_secs_f64() * 1e3);
            drop(hits);
        }
    }
    let slow = percentile(times, 99);
    let name = "P5 search a key stroke, 10,000 videos, p99";
    Ok(vec![Figure::within(
        name,
        slow,
        "ms of processor time",
        5.0,
    )])
}
