use super::{Source, words};
use crate::limits::{ONLINE_S, SILENT_S};
use crate::store::bornes::{Borne, Contact, HostKind};
use crate::store::figures::BorneFigures;

/// A line of "Bornes".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BorneRow {
    /// Identifier.
    pub id: String,
    /// Name of the place.
    pub site: String,
    /// Kind of place, in words.
    pub host_kind: &'static str,
    /// Playbacks.
    pub plays: i64,
    /// Playbacks, in words.
    pub plays_words: String,
    /// Of these without a date, in words; empty when none.
    pub undated: String,
    /// Length of the bar, percent of the busiest.
    pub bar: i64,
    /// How it fares.
    pub state: State,
    /// "en ligne", "silencieuse depuis 3 jours".
    pub state_words: String,
    /// "il y a 3 minutes", "jamais".
    pub contact: String,
    /// Version of its software, or nothing.
    pub firmware: String,
    /// Versions of its catalogues, or nothing.
    pub catalogue: String,
    /// "à jour" or "en retard" against the published catalogue; empty when not known.
    pub freshness: &'static str,
    /// Its clock was not right at the last contact.
    pub clock_unknown: bool,
}

/// How a borne fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Heard within the hour.
    Online,
    /// Not heard lately: a night or a weekend does that.
    Quiet,
    /// Not heard for days.
    Silent,
    /// Never heard.
    New,
    /// Its token was taken from it.
    Revoked,
}

impl State {
    /// Its name in the page's style sheet.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Quiet => "quiet",
            Self::Silent => "silent",
            Self::New => "new",
            Self::Revoked => "revoked",
        }
    }
}

pub(super) fn rows(source: &Source<'_>) -> Vec<BorneRow> {
    let most = source
        .figures
        .bornes
        .iter()
        .map(|borne| borne.plays)
        .max()
        .unwrap_or(1)
        .max(1);
    let nothing = BorneFigures::default();
    source
        .bornes
        .iter()
        .map(|borne| {
            let counted = source
                .figures
                .bornes
                .iter()
                .find(|figures| figures.id == borne.id);
            row(borne, counted.unwrap_or(&nothing), source, most)
        })
        .collect()
}

fn row(borne: &Borne, figures: &BorneFigures, source: &Source<'_>, most: i64) -> BorneRow {
    let contact = borne.contact.as_ref();
    let silence = contact.map(|contact| source.now.as_second() - contact.at);
    let state = state(borne.active, silence);
    BorneRow {
        id: borne.id.clone(),
        site: borne.site.clone(),
        host_kind: host_kind(borne.host_kind),
        plays: figures.plays,
        plays_words: words::number(figures.plays),
        undated: match figures.undated {
            0 => String::new(),
            undated => format!("dont {} sans date", words::number(undated)),
        },
        bar: figures.plays * 100 / most,
        state,
        state_words: state_words(state, silence),
        contact: silence.map_or("jamais".to_owned(), words::ago),
        firmware: contact
            .map(|contact| contact.firmware.clone())
            .unwrap_or_default(),
        catalogue: contact.map(catalogue).unwrap_or_default(),
        freshness: contact.map_or("", |contact| freshness(contact, &source.shelf.version)),
        clock_unknown: contact.is_some_and(|contact| contact.clock == "unknown"),
    }
}

const fn state(active: bool, silence: Option<i64>) -> State {
    match silence {
        _ if !active => State::Revoked,
        None => State::New,
        Some(seconds) if seconds <= ONLINE_S => State::Online,
        Some(seconds) if seconds <= SILENT_S => State::Quiet,
        Some(_) => State::Silent,
    }
}

fn state_words(state: State, silence: Option<i64>) -> String {
    match state {
        State::Online => "en ligne".to_owned(),
        State::Quiet | State::Silent => {
            format!("silencieuse depuis {}", words::lapse(silence.unwrap_or(0)))
        }
        State::New => "pas encore de contact".to_owned(),
        State::Revoked => "révoquée".to_owned(),
    }
}

const fn host_kind(kind: HostKind) -> &'static str {
    match kind {
        HostKind::Cefo => "CEFO",
        HostKind::Bibliotheque => "Bibliothèque",
        HostKind::InforJeunes => "Infor Jeunes",
        HostKind::CentreDeFormation => "Centre de formation",
        HostKind::MaisonDeJeunes => "Maison de jeunes",
    }
}

/// "forem=3,siep=2" as "forem 3 · siep 2".
fn catalogue(contact: &Contact) -> String {
    contact
        .catalogue_version
        .replace('=', " ")
        .replace(',', " · ")
}

fn freshness(contact: &Contact, published: &str) -> &'static str {
    match (published.is_empty(), contact.catalogue_version == published) {
        (true, _) => "",
        (false, true) => "à jour",
        (false, false) => "en retard",
    }
}

pub(super) fn online(source: &Source<'_>) -> String {
    let active = source.bornes.iter().filter(|borne| borne.active);
    let (mut all, mut online) = (0, 0);
    for borne in active {
        all += 1;
        let heard = borne
            .contact
            .as_ref()
            .map(|contact| source.now.as_second() - contact.at);
        online += i64::from(state(true, heard) == State::Online);
    }
    format!(
        "{} en ligne sur {}",
        words::number(online),
        words::number(all)
    )
}
