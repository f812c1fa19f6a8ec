use std::path::Path;

use anyhow::{Context, Result};
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};

use crate::typography::typeset;

/// Everything that `programme.toml` says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// The agenda.
    #[serde(rename = "session", default)]
    pub sessions: Vec<Session>,
    /// The playlists, as the manifest has them.
    #[serde(rename = "playlist", default)]
    pub playlists: Vec<Playlist>,
}

/// A session of the agenda, some days from now.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Identifier.
    pub id: String,
    /// Title as shown.
    pub title: String,
    /// `seance`, `atelier` or `cafe`.
    pub kind: String,
    /// So many days from the day of writing; a weekend is moved on to Monday.
    pub after_days: u16,
    /// Beginning, Belgian time.
    pub at: Time,
    /// Length, minutes.
    pub minutes: u16,
    /// Where it is held.
    pub place: String,
    /// A short sentence.
    pub summary: String,
    /// Whom it is meant for.
    #[serde(default)]
    pub audiences: Vec<String>,
    /// Univers it is about.
    #[serde(default)]
    pub univers: Vec<String>,
    /// Rubrique it is about.
    #[serde(default)]
    pub rubrique: Option<String>,
    /// Videos it is about.
    #[serde(default)]
    pub videos: Vec<String>,
    /// How to register.
    pub address: String,
    /// Where to register.
    #[serde(default)]
    pub url: Option<String>,
}

/// A playlist.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Playlist {
    /// Identifier.
    pub id: String,
    /// Title as shown.
    pub title: String,
    /// A short sentence.
    pub summary: String,
    /// Whom it is meant for.
    #[serde(default)]
    pub audiences: Vec<String>,
    /// Its videos.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

/// A video of a playlist.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Identifier of the video.
    pub video: String,
    /// Asked after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Answers to choose from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
}

impl Programme {
    /// Reads `programme.toml` in a folder.
    ///
    /// # Errors
    /// The file cannot be read or is not TOML of this form.
    pub fn load(source: &Path) -> Result<Self> {
        let path = source.join("programme.toml");
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("lecture de {}", path.display()))?;
        let mut programme: Self =
            toml::from_str(&text).with_context(|| format!("dans {}", path.display()))?;
        programme.typeset();
        Ok(programme)
    }

    fn typeset(&mut self) {
        let sessions = self.sessions.iter_mut();
        let sessions = sessions.flat_map(|it| [&mut it.title, &mut it.summary, &mut it.place]);
        let playlists = self.playlists.iter_mut();
        let playlists = playlists.flat_map(|playlist| {
            let items = playlist.items.iter_mut();
            let asked = items.flat_map(|item| item.question.iter_mut().chain(&mut item.answers));
            [&mut playlist.title, &mut playlist.summary]
                .into_iter()
                .chain(asked)
        });
        for text in sessions.chain(playlists) {
            *text = typeset(text);
        }
    }
}

impl Session {
    /// Beginning and end, Belgian time, counted from a day.
    ///
    /// # Errors
    /// There is no such day any more.
    pub fn span(&self, today: Date) -> Result<(DateTime, DateTime)> {
        let impossible = || format!("séance « {} » : date impossible", self.id);
        let day = today
            .checked_add(i32::from(self.after_days).days())
            .and_then(|day| day.checked_add(to_a_weekday(day)))
            .with_context(impossible)?;
        let starts = day.to_datetime(self.at);
        let ends = starts
            .checked_add(i32::from(self.minutes).minutes())
            .with_context(impossible)?;
        Ok((starts, ends))
    }
}

/// From a day of a weekend to the Monday after it.
fn to_a_weekday(day: Date) -> Span {
    match day.weekday() {
        Weekday::Saturday => 2.days(),
        Weekday::Sunday => 1.day(),
        _ => Span::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn programme() -> Programme {
        Programme::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    #[test]
    fn whatever_the_day_all_sessions_are_to_come_and_on_working_days() {
        let first: Date = "2026-11-16".parse().unwrap();
        for today in first.series(1.day()).take(7) {
            for session in programme().sessions {
                let (starts, ends) = session.span(today).unwrap();
                assert!(starts.date() > today, "{}", session.id);
                assert!(starts < ends && starts.date() == ends.date());
                let weekend = [Weekday::Saturday, Weekday::Sunday];
                assert!(!weekend.contains(&starts.weekday()), "{starts}");
            }
        }
    }

    #[test]
    fn the_agenda_has_every_kind_and_says_that_nothing_of_it_takes_place() {
        let sessions = programme().sessions;
        assert!(sessions.len() >= 8);
        for kind in ["seance", "atelier", "cafe"] {
            assert!(sessions.iter().any(|session| session.kind == kind));
        }
        for session in sessions {
            assert!(session.place.contains("(démonstration)"), "{}", session.id);
        }
    }
}
