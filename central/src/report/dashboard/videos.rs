use media_manifest::catalogue::Kind;

use super::words;
use crate::catalogue::{Shelf, Title};
use crate::store::figures::VideoFigures;

/// Under this many playbacks a share says more than is known: the counts are shown instead.
const ENOUGH_FOR_A_SHARE: i64 = 5;

/// Steps in which the part seen is counted, percent.
const STEP_PERCENT: usize = 5;

/// A line of "Lectures par vidéo".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VideoRow {
    /// `partner/id`.
    pub key: String,
    /// Title, or the key when the catalogue does not know it.
    pub title: String,
    /// "Métier · Informatique", or that the published catalogue does not hold it.
    pub about: String,
    /// Colour of its univers or rubrique, `#RRGGBB`; empty when not known.
    pub colour: String,
    /// Playbacks.
    pub plays: i64,
    /// Playbacks, in words.
    pub plays_words: String,
    /// Of these without a date, in words; empty when none.
    pub undated: String,
    /// Length of the bar, percent of the most played.
    pub bar: i64,
    /// Median part seen, as a step of 5 %.
    pub median: String,
    /// Length of its bar, percent.
    pub median_bar: usize,
    /// Share seen to at least 90 %, or "2 sur 3" when there are few.
    pub completed: String,
}

pub(super) fn rows(figures: &[VideoFigures], shelf: &Shelf) -> Vec<VideoRow> {
    let most = figures
        .iter()
        .map(|video| video.plays)
        .max()
        .unwrap_or(1)
        .max(1);
    figures
        .iter()
        .map(|video| row(video, shelf, most))
        .collect()
}

fn row(figures: &VideoFigures, shelf: &Shelf, most: i64) -> VideoRow {
    let known = shelf.videos.get(&figures.key);
    let median = median(&figures.parts);
    VideoRow {
        key: figures.key.clone(),
        title: title(shelf, &figures.key).to_owned(),
        about: about(known, shelf.read_at.is_some()),
        colour: known.map(|known| known.colour.clone()).unwrap_or_default(),
        plays: figures.plays,
        plays_words: words::number(figures.plays),
        undated: match figures.undated {
            0 => String::new(),
            undated => format!("dont {} sans date", words::number(undated)),
        },
        bar: (figures.plays * 100 / most).max(1),
        median: median.map(step_words).unwrap_or_default(),
        median_bar: median.map_or(0, |step| (step + 1) * STEP_PERCENT),
        completed: completed(figures),
    }
}

pub(super) fn title<'a>(shelf: &'a Shelf, key: &'a str) -> &'a str {
    shelf.videos.get(key).map_or(key, |known| &known.title)
}

fn about(known: Option<&Title>, catalogue: bool) -> String {
    match known {
        Some(known) => format!("{} · {}", kind(known.kind), known.group),
        None if catalogue => "Absente du catalogue publié".to_owned(),
        None => String::new(),
    }
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Metier => "Métier",
        Kind::Conseil => "Conseil",
    }
}

fn completed(figures: &VideoFigures) -> String {
    let share = words::share(figures.completed, figures.plays);
    match share {
        Some(share) if figures.plays >= ENOUGH_FOR_A_SHARE => share,
        _ => format!("{} sur {}", figures.completed, figures.plays),
    }
}

/// The step of 5 % in which the median playback stopped: what is counted says no more than that.
pub(super) fn median(parts: &[i64]) -> Option<usize> {
    let total: i64 = parts.iter().sum();
    let mut below = 0;
    parts.iter().position(|count| {
        below += count;
        total > 0 && below * 2 >= total
    })
}

/// "70–75 %".
fn step_words(step: usize) -> String {
    format!(
        "{}–{}\u{202f}%",
        step * STEP_PERCENT,
        (step + 1) * STEP_PERCENT
    )
}
