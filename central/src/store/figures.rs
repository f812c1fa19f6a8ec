//! The figures of a period, from the counts.

use rusqlite::{Connection, Row};

use super::StoreError;
use super::counts::{PARTS, Span};
use crate::day::Day;

/// The time that figures cover, up to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// From a local day on.
    Day(Day),
    /// From the first day of a month on.
    Month(Day),
}

impl Since {
    fn columns(self) -> (i64, i32) {
        match self {
            Self::Day(day) => (Span::Day.code(), day.number()),
            Self::Month(day) => (Span::Month.code(), day.number()),
        }
    }
}

/// Everything a dashboard needs, as counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Videos that were played, most played first.
    pub videos: Vec<VideoFigures>,
    /// Bornes with anything counted.
    pub bornes: Vec<BorneFigures>,
    /// Searches without result, by term; an empty term was not passed on. Most frequent first.
    pub missed_searches: Vec<(String, i64)>,
    /// Videos that could not be shown, most often first.
    pub unavailable: Vec<UnavailableFigures>,
}

/// Playbacks of a video.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VideoFigures {
    /// `partner/id`.
    pub key: String,
    /// Playbacks, those without a date among them.
    pub plays: i64,
    /// Of these, without a date.
    pub undated: i64,
    /// Of these, seen to at least 90 %.
    pub completed: i64,
    /// Time watched, ms.
    pub watched_ms: i64,
    /// Playbacks by twentieth of the video that was seen.
    pub parts: [i64; PARTS],
}

/// What happened on a borne.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BorneFigures {
    /// Identifier.
    pub id: String,
    /// Playbacks, those without a date among them.
    pub plays: i64,
    /// Of these, without a date.
    pub undated: i64,
    /// Of these, seen to at least 90 %.
    pub completed: i64,
    /// Time watched, ms.
    pub watched_ms: i64,
    /// Visits.
    pub visits: i64,
    /// Searches.
    pub searches: i64,
    /// Events it had to drop before they could be sent.
    pub lost: i64,
}

/// A video that could not be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnavailableFigures {
    /// `partner/id`.
    pub key: String,
    /// Short code.
    pub reason: String,
    /// How often.
    pub times: i64,
    /// On how many bornes.
    pub bornes: i64,
}

/// Reads the figures of a period.
///
/// # Errors
/// When the database refuses.
pub fn read(connection: &Connection, since: Since) -> Result<Figures, StoreError> {
    Ok(Figures {
        videos: videos(connection, since)?,
        bornes: bornes(connection, since)?,
        missed_searches: missed_searches(connection, since)?,
        unavailable: unavailable(connection, since)?,
    })
}

fn videos(connection: &Connection, since: Since) -> Result<Vec<VideoFigures>, StoreError> {
    let parts: Vec<String> = (0..PARTS)
        .map(|part| format!("sum(part_{part:02})"))
        .collect();
    let sql = format!(
        "SELECT video.key, sum(plays) AS total, sum(plays * undated), sum(completed),
             sum(watched_ms), {}
         FROM video_count JOIN video ON video.number = video_count.video
         WHERE span = ? AND start >= ? GROUP BY video_count.video ORDER BY total DESC, video.key",
        parts.join(", ")
    );
    connection
        .prepare_cached(&sql)?
        .query_map(since.columns(), video)?
        .map(|row| row.map_err(StoreError::from))
        .collect()
}

fn video(row: &Row<'_>) -> rusqlite::Result<VideoFigures> {
    let mut figures = VideoFigures {
        key: row.get(0)?,
        plays: row.get(1)?,
        undated: row.get(2)?,
        completed: row.get(3)?,
        watched_ms: row.get(4)?,
        parts: [0; PARTS],
    };
    for (index, part) in figures.parts.iter_mut().enumerate() {
        *part = row.get(5 + index)?;
    }
    Ok(figures)
}

fn bornes(connection: &Connection, since: Since) -> Result<Vec<BorneFigures>, StoreError> {
    connection
        .prepare_cached(
            "SELECT borne.id, sum(plays), sum(plays * undated), sum(completed), sum(watched_ms),
                 sum(visits), sum(searches), sum(lost)
             FROM borne_count JOIN borne ON borne.number = borne_count.borne
             WHERE span = ? AND start >= ? GROUP BY borne_count.borne ORDER BY borne.id",
        )?
        .query_map(since.columns(), |row| {
            Ok(BorneFigures {
                id: row.get(0)?,
                plays: row.get(1)?,
                undated: row.get(2)?,
                completed: row.get(3)?,
                watched_ms: row.get(4)?,
                visits: row.get(5)?,
                searches: row.get(6)?,
                lost: row.get(7)?,
            })
        })?
        .map(|row| row.map_err(StoreError::from))
        .collect()
}

fn missed_searches(
    connection: &Connection,
    since: Since,
) -> Result<Vec<(String, i64)>, StoreError> {
    connection
        .prepare_cached(
            "SELECT term, sum(searches) AS total FROM missed_search_count
             WHERE span = ? AND start >= ? GROUP BY term ORDER BY total DESC, term",
        )?
        .query_map(since.columns(), |row| Ok((row.get(0)?, row.get(1)?)))?
        .map(|row| row.map_err(StoreError::from))
        .collect()
}

fn unavailable(
    connection: &Connection,
    since: Since,
) -> Result<Vec<UnavailableFigures>, StoreError> {
    connection
        .prepare_cached(
            "SELECT video.key, reason, sum(times) AS total, count(DISTINCT borne)
             FROM unavailable_count JOIN video ON video.number = unavailable_count.video
             WHERE span = ? AND start >= ? GROUP BY unavailable_count.video, reason
             ORDER BY total DESC, video.key, reason",
        )?
        .query_map(since.columns(), |row| {
            Ok(UnavailableFigures {
                key: row.get(0)?,
                reason: row.get(1)?,
                times: row.get(2)?,
                bornes: row.get(3)?,
            })
        })?
        .map(|row| row.map_err(StoreError::from))
        .collect()
}
