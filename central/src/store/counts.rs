//! Counts by day and by month, kept in the transaction that stores the events, so that pages read
//! a few thousand rows and never the events.

use std::collections::HashMap;

use central_protocol::Event;
use central_protocol::event::{End, Play, ResultBucket};
use rusqlite::{Connection, params_from_iter};

use super::StoreError;
use crate::day::CountedDay;

/// Steps of 5 % in which the part seen is counted.
pub const PARTS: usize = 20;

/// What `ops` events call what the borne had to drop.
const EVENTS_DROPPED: &str = "events_dropped";

/// How long a count covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Span {
    Day,
    Month,
}

impl Span {
    pub(super) const fn code(self) -> i64 {
        match self {
            Self::Day => 0,
            Self::Month => 1,
        }
    }
}

/// Where a count belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Place {
    span: Span,
    start: i32,
    undated: bool,
}

impl Place {
    fn both(placed: CountedDay) -> [Self; 2] {
        let at = |span, day: crate::day::Day| Self {
            span,
            start: day.number(),
            undated: placed.undated,
        };
        [
            at(Span::Day, placed.day),
            at(Span::Month, placed.day.month()),
        ]
    }

    fn columns(self) -> [i64; 3] {
        [self.span.code(), self.start.into(), self.undated.into()]
    }
}

#[derive(Default)]
struct VideoCell {
    plays: i64,
    completed: i64,
    watched_ms: i64,
    parts: [i64; PARTS],
}

#[derive(Default)]
struct BorneCell {
    plays: i64,
    completed: i64,
    watched_ms: i64,
    visits: i64,
    searches: i64,
    lost: i64,
}

/// What one delivery adds.
pub(super) struct Tally {
    borne: i64,
    videos: HashMap<(Place, i64), VideoCell>,
    bornes: HashMap<Place, BorneCell>,
    missed_searches: HashMap<(Place, String), i64>,
    unavailable: HashMap<(Place, i64, String), i64>,
}

impl Tally {
    pub(super) fn new(borne: i64) -> Self {
        Self {
            borne,
            videos: HashMap::new(),
            bornes: HashMap::new(),
            missed_searches: HashMap::new(),
            unavailable: HashMap::new(),
        }
    }

    /// Counts an event; `number` gives the row of a video.
    pub(super) fn add(
        &mut self,
        placed: CountedDay,
        event: &Event,
        mut number: impl FnMut(&str) -> Result<i64, StoreError>,
    ) -> Result<(), StoreError> {
        let video = match event {
            Event::Play(play) if was_shown(play) => number(&play.video)?,
            Event::Unavailable(unavailable) => number(&unavailable.video)?,
            _ => 0,
        };
        for place in Place::both(placed) {
            self.add_at(place, event, video);
        }
        Ok(())
    }

    fn add_at(&mut self, place: Place, event: &Event, video: i64) {
        let borne = self.bornes.entry(place).or_default();
        match event {
            Event::Play(play) if was_shown(play) => {
                borne.add(play);
                self.videos.entry((place, video)).or_default().add(play);
            }
            Event::Play(_) => {}
            Event::Search(search) => {
                borne.searches += 1;
                if search.results == ResultBucket::None {
                    let term = search.term.clone().unwrap_or_default();
                    *self.missed_searches.entry((place, term)).or_default() += 1;
                }
            }
            Event::Visit(_) => borne.visits += 1,
            Event::Unavailable(unavailable) => {
                let key = (place, video, unavailable.reason.clone());
                *self.unavailable.entry(key).or_default() += 1;
            }
            Event::Ops(ops) if ops.what == EVENTS_DROPPED => {
                borne.lost = borne.lost.saturating_add(ops.value.unwrap_or(1).max(0));
            }
            // Kept as events; no page counts them by day.
            Event::Handover(_) | Event::Group(_) | Event::Ops(_) => {}
        }
    }

    pub(super) fn save(self, connection: &Connection) -> Result<(), StoreError> {
        let mut upsert = connection.prepare_cached(&video_upsert())?;
        for ((place, video), cell) in &self.videos {
            let head = place.columns().into_iter().chain([*video]);
            let sums = [cell.plays, cell.completed, cell.watched_ms]
                .into_iter()
                .chain(cell.parts);
            upsert.execute(params_from_iter(head.chain(sums)))?;
        }
        self.save_bornes(connection)?;
        self.save_missed_searches(connection)?;
        self.save_unavailable(connection)
    }

    fn save_bornes(&self, connection: &Connection) -> Result<(), StoreError> {
        let mut upsert = connection.prepare_cached(
            "INSERT INTO borne_count (span, start, undated, borne, plays, completed, watched_ms,
                 visits, searches, lost)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (span, start, undated, borne) DO UPDATE SET
                 plays = plays + excluded.plays, completed = completed + excluded.completed,
                 watched_ms = watched_ms + excluded.watched_ms,
                 visits = visits + excluded.visits, searches = searches + excluded.searches,
                 lost = lost + excluded.lost",
        )?;
        for (place, cell) in &self.bornes {
            let head = place.columns().into_iter().chain([self.borne]);
            upsert.execute(params_from_iter(head.chain(cell.columns())))?;
        }
        Ok(())
    }

    fn save_missed_searches(&self, connection: &Connection) -> Result<(), StoreError> {
        let mut upsert = connection.prepare_cached(
            "INSERT INTO missed_search_count (span, start, undated, term, searches)
             VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (span, start, undated, term) DO UPDATE SET
                 searches = searches + excluded.searches",
        )?;
        for ((place, term), searches) in &self.missed_searches {
            let [span, start, undated] = place.columns();
            upsert.execute((span, start, undated, term, searches))?;
        }
        Ok(())
    }

    fn save_unavailable(&self, connection: &Connection) -> Result<(), StoreError> {
        let mut upsert = connection.prepare_cached(
            "INSERT INTO unavailable_count (span, start, undated, video, reason, borne, times)
             VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (span, start, undated, video, reason, borne) DO UPDATE SET
                 times = times + excluded.times",
        )?;
        for ((place, video, reason), times) in &self.unavailable {
            let [span, start, undated] = place.columns();
            upsert.execute((span, start, undated, video, reason, self.borne, times))?;
        }
        Ok(())
    }
}

impl VideoCell {
    fn add(&mut self, play: &Play) {
        self.plays += 1;
        self.completed += i64::from(play.completed);
        self.watched_ms += milliseconds(play.watched_ms);
        self.parts[part(play)] += 1;
    }
}

impl BorneCell {
    fn add(&mut self, play: &Play) {
        self.plays += 1;
        self.completed += i64::from(play.completed);
        self.watched_ms += milliseconds(play.watched_ms);
    }

    const fn columns(&self) -> [i64; 6] {
        [
            self.plays,
            self.completed,
            self.watched_ms,
            self.visits,
            self.searches,
            self.lost,
        ]
    }
}

/// A playback that failed before its first picture showed nothing to anybody.
fn was_shown(play: &Play) -> bool {
    play.watched_ms > 0 || play.end != End::Error
}

/// Which twentieth the part seen falls in: 0 for under 5 %, 19 for 95 % and more.
fn part(play: &Play) -> usize {
    let twentieths = play.unique_ms.saturating_mul(PARTS as u64) / play.duration_ms.max(1);
    usize::try_from(twentieths).unwrap_or(PARTS).min(PARTS - 1)
}

/// The checks keep every duration under a day.
fn milliseconds(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(0)
}

fn video_upsert() -> String {
    let sums: Vec<String> = ["plays", "completed", "watched_ms"]
        .into_iter()
        .map(str::to_owned)
        .chain((0..PARTS).map(|part| format!("part_{part:02}")))
        .collect();
    let updates: Vec<String> = sums
        .iter()
        .map(|column| format!("{column} = {column} + excluded.{column}"))
        .collect();
    format!(
        "INSERT INTO video_count (span, start, undated, video, {}) VALUES ({}) \
         ON CONFLICT (span, start, undated, video) DO UPDATE SET {}",
        sums.join(", "),
        vec!["?"; 4 + sums.len()].join(", "),
        updates.join(", "),
    )
}
