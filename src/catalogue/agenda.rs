//! Dated sessions: those still to come, and those that go with a video.

use jiff::civil::DateTime;
use media_manifest::catalogue::merged::MergedSession;

use super::Item;

/// How long a session is taken to last when it does not say, hours.
const USUAL_HOURS: i64 = 1;

/// Sessions not over at `now`, Belgian time, the nearest first; only those that are meant for
/// `audience`, or for everybody, when one is given.
pub fn upcoming<'a>(
    sessions: &'a [MergedSession],
    now: DateTime,
    audience: Option<&str>,
) -> Vec<&'a MergedSession> {
    let mut chosen: Vec<_> = sessions
        .iter()
        .filter(|entry| end(entry) > now && is_for(entry, audience))
        .collect();
    chosen.sort_by(|a, b| (a.session.starts, &a.key).cmp(&(b.session.starts, &b.key)));
    chosen
}

/// Sessions still to come that go with a video: those that name it, then those of its univers or
/// rubrique.
pub fn beside<'a>(
    sessions: &'a [MergedSession],
    now: DateTime,
    item: &Item,
) -> Vec<&'a MergedSession> {
    let (mut named, close): (Vec<_>, Vec<_>) = upcoming(sessions, now, None)
        .into_iter()
        .filter(|entry| names(entry, item) || shares_group(entry, item))
        .partition(|entry| names(entry, item));
    named.extend(close);
    named
}

fn end(entry: &MergedSession) -> DateTime {
    let session = &entry.session;
    session.ends.unwrap_or_else(|| {
        session
            .starts
            .saturating_add(jiff::Span::new().hours(USUAL_HOURS))
    })
}

fn is_for(entry: &MergedSession, audience: Option<&str>) -> bool {
    let meant = &entry.session.audiences;
    audience.is_none_or(|id| meant.is_empty() || meant.iter().any(|audience| audience == id))
}

fn names(entry: &MergedSession, item: &Item) -> bool {
    entry.session.videos.contains(&item.key)
}

fn shares_group(entry: &MergedSession, item: &Item) -> bool {
    let session = &entry.session;
    session.univers.iter().any(|id| item.in_univers(id))
        || session
            .rubrique
            .as_deref()
            .is_some_and(|id| item.in_rubrique(id))
}
