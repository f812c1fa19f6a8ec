//! `GET /`: the dashboard.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;

use super::form;
use super::page::PageError;
use super::session::Session;
use crate::app::App;
use crate::day::BRUSSELS;
use crate::report::dashboard::{Dashboard, Source};
use crate::report::period::Period;
use crate::report::words;
use crate::store::{bornes, figures};

#[derive(Deserialize)]
pub(super) struct Choice {
    #[serde(default)]
    periode: String,
    /// Show every row.
    tout: Option<String>,
}

#[derive(Template)]
#[template(path = "tableau.html")]
struct DashboardPage<'a> {
    site: &'a str,
    person: &'a str,
    form: &'a str,
    period: Period,
    covered: &'a str,
    written: &'a str,
    catalogue: &'a str,
    board: &'a Dashboard,
}

pub(super) async fn show(
    State(app): State<App>,
    session: Session,
    Query(choice): Query<Choice>,
) -> Result<Html<String>, PageError> {
    let period = Period::from_code(&choice.periode).unwrap_or_default();
    let now = (app.clock)();
    let (figures, bornes) = app
        .store
        .read(move |connection| {
            Ok((
                figures::read(connection, period.since(now))?,
                bornes::list(connection)?,
            ))
        })
        .await?;
    let shelf = app.titles.now();
    let source = Source {
        figures: &figures,
        bornes: &bornes,
        shelf: &shelf,
        now,
        whole: choice.tout.is_some(),
    };
    let local = now.to_zoned(BRUSSELS);
    let page = DashboardPage {
        site: &app.config.name,
        person: &session.member.name,
        form: &form::token(&session.secret),
        period,
        covered: &period.words(now),
        written: &format!(
            "{} à {}",
            words::date(local.date()),
            local.strftime("%H:%M")
        ),
        catalogue: &catalogue(
            app.config.catalogue.is_some(),
            shelf.videos.len(),
            shelf.read_at.is_some(),
        ),
        board: &Dashboard::new(&source),
    };
    Ok(Html(page.render()?))
}

/// Where titles come from, in words.
fn catalogue(configured: bool, videos: usize, read: bool) -> String {
    let videos = i64::try_from(videos).unwrap_or(i64::MAX);
    match (configured, read) {
        (true, true) => format!("Catalogue publié : {}.", words::count(videos, "vidéo", "vidéos")),
        (true, false) => "Le catalogue publié n'a pas pu être lu : les vidéos sont montrées par leur identifiant.".to_owned(),
        (false, _) => "Aucun catalogue n'est configuré : les vidéos sont montrées par leur identifiant.".to_owned(),
    }
}
