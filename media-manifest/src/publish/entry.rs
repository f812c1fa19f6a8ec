//! From a partner's source to the catalogue it is published as.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::catalogue::{Catalogue, FORMAT, Video};
use crate::check::{Problem, named, place};
use crate::source::{Source, SourceVideo};

use super::desk::{Desk, Stop};
use super::held::Held;
use super::media::Prober;
use super::{Offer, Publication, PublishError};

/// Reads a source's media. What bornes could not play is a problem of the source.
pub(super) fn offer(
    source: &Source,
    publication: &Publication<'_>,
    held: &Held,
    prober: &impl Prober,
    progress: &mut dyn FnMut(&str),
) -> Result<Result<Offer, Vec<Problem>>, PublishError> {
    let today = day(publication.now);
    let before = held.catalogues.get(&source.partner);
    let mut desk = Desk::new(source);
    let mut report = source.report();
    let mut videos = Vec::new();
    for (index, described) in source.videos.iter().enumerate() {
        report.enter(named("vidéo", &described.id), place("video", index));
        match desk.video(described, prober, progress) {
            Ok(video) => videos.push(continued(video, described, before, today)),
            Err(Stop::Refused(field, why)) => report.add(field, why.problem, why.remedy),
            Err(Stop::Failed(error)) => return Err(error),
        }
    }
    let mut problems = report.into_problems();
    source.lines.locate(&mut problems);
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    Ok(Ok(Offer {
        catalogue: dated(source, videos, before, today),
        media: desk.media,
    }))
}

/// The day in Belgium: partners and bornes are there.
fn day(now: Timestamp) -> Date {
    let zone = TimeZone::get("Europe/Brussels").unwrap_or(TimeZone::UTC);
    now.to_zoned(zone).date()
}

/// A video keeps its first day, and is a new revision when anything in it changed.
fn continued(
    mut video: Video,
    described: &SourceVideo,
    before: Option<&Catalogue>,
    today: Date,
) -> Video {
    let old = before.and_then(|before| before.videos.iter().find(|old| old.id == video.id));
    video.added = described
        .added
        .or_else(|| old.map(|old| old.added))
        .unwrap_or(today);
    if let Some(old) = old {
        video.revision = old.revision;
        if video != *old {
            video.revision = old.revision.saturating_add(1);
        }
    }
    video
}

/// The catalogue, dated today when it says anything new.
fn dated(
    source: &Source,
    videos: Vec<Video>,
    before: Option<&Catalogue>,
    today: Date,
) -> Catalogue {
    let mut catalogue = Catalogue {
        format: FORMAT,
        partner: source.partner.clone(),
        partner_name: source.partner_name.clone(),
        issued: before.map_or(today, |before| before.issued),
        videos,
        sessions: source.sessions.clone(),
        playlists: source.playlists.clone(),
    };
    if before.is_some_and(|before| *before != catalogue) {
        catalogue.issued = today;
    }
    catalogue
}
