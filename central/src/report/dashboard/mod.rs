//! The dashboard as it is read: every figure with its words.

use jiff::Timestamp;

use super::words;
use crate::catalogue::Shelf;
use crate::limits::ROWS_SHOWN;
use crate::store::bornes::Borne;
use crate::store::figures::{BorneFigures, Figures};

mod bornes;
mod videos;

pub use bornes::{BorneRow, State};
pub use videos::VideoRow;

/// What the dashboard is made from.
pub struct Source<'a> {
    /// Counts of the period.
    pub figures: &'a Figures,
    /// All bornes.
    pub bornes: &'a [Borne],
    /// Titles.
    pub shelf: &'a Shelf,
    /// The time.
    pub now: Timestamp,
    /// Show every row.
    pub whole: bool,
}

/// The dashboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dashboard {
    /// Totals of the period.
    pub totals: Totals,
    /// Playbacks by video, most played first.
    pub videos: Vec<VideoRow>,
    /// Videos that are not in `videos` because only some rows are shown.
    pub videos_hidden: usize,
    /// Bornes, by site.
    pub bornes: Vec<BorneRow>,
    /// Bornes online, of those with a valid token.
    pub online: String,
    /// Searches without result whose words may be shown.
    pub missed: Vec<Missed>,
    /// Searches without result whose words bornes did not pass on, in words; `None` when none.
    pub missed_unsaid: Option<String>,
    /// Videos that could not be shown.
    pub unavailable: Vec<UnavailableRow>,
    /// Titles never played in the period; `None` when there is no catalogue to compare with.
    pub never: Option<Vec<String>>,
    /// Titles that are not in `never` because only some are shown.
    pub never_hidden: usize,
}

/// Totals of a period, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Playbacks.
    pub plays: String,
    /// Playbacks without a date among them; `None` when none.
    pub undated: Option<String>,
    /// Time watched.
    pub watched: String,
    /// Share seen to at least 90 %; `None` without a playback.
    pub completed: Option<String>,
    /// "12 sur 20".
    pub completed_of: String,
    /// Visits.
    pub visits: String,
    /// Searches without result.
    pub missed: String,
    /// "sur 40 recherches".
    pub searches: String,
    /// Events that bornes had to drop; `None` when none.
    pub lost: Option<String>,
}

/// Words that found nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// The words.
    pub term: String,
    /// How often.
    pub searches: String,
}

/// A video that could not be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnavailableRow {
    /// Title or key.
    pub title: String,
    /// Why, in words.
    pub reason: String,
    /// How often and on how many bornes.
    pub times: String,
}

impl Dashboard {
    /// Puts the figures into words.
    #[must_use]
    pub fn new(source: &Source<'_>) -> Self {
        let rows_shown = if source.whole { usize::MAX } else { ROWS_SHOWN };
        let figures = source.figures;
        let mut videos = videos::rows(&figures.videos, source.shelf);
        let videos_hidden = videos.len().saturating_sub(rows_shown);
        videos.truncate(rows_shown);
        let mut never = never(source);
        let never_hidden = never
            .as_ref()
            .map_or(0, |never| never.len().saturating_sub(rows_shown));
        if let Some(never) = &mut never {
            never.truncate(rows_shown);
        }
        Self {
            totals: totals(&figures.bornes, &figures.missed_searches),
            videos,
            videos_hidden,
            bornes: bornes::rows(source),
            online: bornes::online(source),
            missed: missed(&figures.missed_searches),
            missed_unsaid: unsaid(&figures.missed_searches),
            unavailable: unavailable(source),
            never,
            never_hidden,
        }
    }
}

fn totals(bornes: &[BorneFigures], missed: &[(String, i64)]) -> Totals {
    let sum = |field: fn(&BorneFigures) -> i64| bornes.iter().map(field).sum::<i64>();
    let plays = sum(|borne| borne.plays);
    let completed = sum(|borne| borne.completed);
    let missed = missed.iter().map(|(_, searches)| searches).sum();
    let some = |value: i64| (value > 0).then(|| words::number(value));
    Totals {
        plays: words::number(plays),
        undated: some(sum(|borne| borne.undated)),
        watched: words::watched(sum(|borne| borne.watched_ms)),
        completed: words::share(completed, plays),
        completed_of: format!("{} sur {}", words::number(completed), words::number(plays)),
        visits: words::number(sum(|borne| borne.visits)),
        missed: words::number(missed),
        searches: words::count(sum(|borne| borne.searches), "recherche", "recherches"),
        lost: some(sum(|borne| borne.lost)),
    }
}

fn missed(searches: &[(String, i64)]) -> Vec<Missed> {
    searches
        .iter()
        .filter(|(term, _)| !term.is_empty())
        .take(ROWS_SHOWN)
        .map(|(term, searches)| Missed {
            term: term.clone(),
            searches: words::number(*searches),
        })
        .collect()
}

fn unsaid(searches: &[(String, i64)]) -> Option<String> {
    let (_, count) = searches.iter().find(|(term, _)| term.is_empty())?;
    Some(words::count(*count, "autre recherche", "autres recherches"))
}

fn unavailable(source: &Source<'_>) -> Vec<UnavailableRow> {
    let row = |figures: &crate::store::figures::UnavailableFigures| UnavailableRow {
        title: videos::title(source.shelf, &figures.key).to_owned(),
        reason: reason(&figures.reason).to_owned(),
        times: format!(
            "{} fois, sur {}",
            words::number(figures.times),
            words::count(figures.bornes, "borne", "bornes")
        ),
    };
    source
        .figures
        .unavailable
        .iter()
        .take(ROWS_SHOWN)
        .map(row)
        .collect()
}

/// The words for a reason that bornes give; a reason that is not known is shown as it is.
fn reason(code: &str) -> &str {
    match code {
        "missing" => "fichier absent de la borne",
        "no_decoder" => "format que la borne ne sait pas lire",
        "corrupt" => "fichier abîmé",
        "stalled" => "lecture bloquée",
        "quarantined" => "fichier refusé après vérification",
        other => other,
    }
}

fn never(source: &Source<'_>) -> Option<Vec<String>> {
    source.shelf.read_at?;
    let played: std::collections::HashSet<&str> = source
        .figures
        .videos
        .iter()
        .map(|video| video.key.as_str())
        .collect();
    let mut never: Vec<String> = source
        .shelf
        .videos
        .iter()
        .filter(|(key, _)| !played.contains(key.as_str()))
        .map(|(_, title)| title.title.clone())
        .collect();
    never.sort_by_key(|title| title.to_lowercase());
    Some(never)
}

#[cfg(test)]
mod tests;
