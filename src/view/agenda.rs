//! Dated sessions, a page at a time.

use media_manifest::catalogue::SessionKind;
use media_manifest::catalogue::merged::MergedSession;
use slint::ComponentHandle;

use crate::catalogue::Catalogue;
use crate::visit::Action;

use super::calendar::{belgian_now, day, end, hour};
use super::cards::rows;
use super::handle::Handle;
use super::markup::{AgendaAdapter, App, AudienceChoice, Meeting, MeetingKind};
use super::paging::{leaf, turn};
use super::stage::Stage;
use super::text;

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<AgendaAdapter>();
    let to = handle.clone();
    adapter.on_open(move |key| to.visit(Action::OpenSession(key.into())));
    let to = handle.clone();
    adapter.on_choose(move |id| {
        let chosen = (!id.is_empty()).then(|| id.into());
        to.visit(Action::ForAudience(chosen));
    });
    let (to, weak) = (handle.clone(), ui.as_weak());
    adapter.on_turn(move |by| {
        let pages = weak
            .upgrade()
            .map_or(0, |ui| ui.global::<AgendaAdapter>().get_pages());
        to.visit(turn(by, pages));
    });
}

pub fn show(stage: &Stage, audience: Option<&str>, page: usize) {
    let Some(ui) = stage.ui() else { return };
    let adapter = ui.global::<AgendaAdapter>();
    let catalogue = stage.library.catalogue();
    let now = belgian_now();
    let sessions = leaf(
        catalogue.agenda(now, audience),
        page,
        adapter.get_page_size(),
    );
    adapter.set_audiences(rows(audiences(catalogue, &catalogue.agenda(now, None))));
    adapter.set_audience(audience.unwrap_or_default().into());
    adapter.set_pages(sessions.pages);
    adapter.set_page(sessions.page);
    adapter.set_meetings(rows(sessions.items.into_iter().map(meeting)));
}

/// The audiences that some session is meant for.
fn audiences<'a>(
    catalogue: &'a Catalogue,
    sessions: &'a [&MergedSession],
) -> impl Iterator<Item = AudienceChoice> + 'a {
    let occurs = |id: &String| {
        let mut meant = sessions.iter().flat_map(|entry| &entry.session.audiences);
        meant.any(|audience| audience == id)
    };
    let all = catalogue.audiences().iter();
    all.filter(move |audience| occurs(&audience.id))
        .map(|audience| AudienceChoice {
            id: audience.id.as_str().into(),
            name: audience.name.as_str().into(),
        })
}

pub fn meeting(entry: &MergedSession) -> Meeting {
    let session = &entry.session;
    Meeting {
        key: entry.key.as_str().into(),
        title: text::unbroken(&session.title).into(),
        kind: match session.kind {
            SessionKind::Seance => MeetingKind::Seance,
            SessionKind::Atelier => MeetingKind::Atelier,
            SessionKind::Cafe => MeetingKind::Cafe,
        },
        day: day(session.starts.date()),
        begin: hour(session.starts.time()),
        end: end(session.starts, session.ends),
        place: session.place.as_str().into(),
    }
}
