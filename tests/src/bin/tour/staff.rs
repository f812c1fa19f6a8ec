//! What staff see in their browser.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result};
use end_to_end::browser::Browser;
use end_to_end::wait;

use crate::tour::Tour;

/// How long plays may take from the borne's outbox to the page.
const DELIVERY: Duration = Duration::from_secs(90);

const LOGIN_PAGE: &str = "/connexion";
const VIDEOS: &str = "table#plays-by-video [data-video]";
const COUNTS: &str = "table#plays-by-video [data-video] [data-plays]";

/// Notes what central shows before the visit.
pub fn before(tour: &mut Tour) -> Result<()> {
    let browser = Browser::start(tour.workspace.path())?;
    log_in(tour, &browser)?;
    tour.before = plays(&browser)?;
    tour.browser = Some(browser);
    Ok(())
}

/// Checks that the page shows the plays of the visit, each once.
pub fn after(tour: &mut Tour) -> Result<()> {
    tour.step("statistiques", |tour| {
        let browser = tour.browser.take().context("navigateur")?;
        let expected = expected(tour);
        let mut shown = BTreeMap::new();
        let seen = wait::until("lectures chez le personnel", DELIVERY, || {
            browser.reload()?;
            shown = plays(&browser)?;
            Ok((shown == expected).then_some(()))
        });
        tour.picture(browser.shot()?);
        let measured = format!("attendu {expected:?}, affiché {shown:?}");
        let what = "la page du personnel montre chaque lecture de la visite une fois";
        tour.check(what, seen.is_ok(), &measured)
    })
}

fn expected(tour: &Tour) -> BTreeMap<String, u64> {
    let mut expected = tour.before.clone();
    for (video, plays) in &tour.made {
        *expected.entry(video.clone()).or_default() += plays;
    }
    expected
}

fn log_in(tour: &Tour, browser: &Browser) -> Result<()> {
    let root = tour.demo.central_url.trim_end_matches('/');
    browser.open(&format!("{root}{LOGIN_PAGE}"))?;
    browser.fill("name", &tour.demo.staff_login)?;
    browser.fill("password", &tour.demo.staff_password)?;
    browser.press("form [type=submit], form button")?;
    browser.await_element("table#plays-by-video")
}

fn plays(browser: &Browser) -> Result<BTreeMap<String, u64>> {
    let videos = browser.attributes(VIDEOS, "data-video")?;
    let counts = browser.attributes(COUNTS, "data-plays")?;
    let counts = counts.iter().map(|count| count.parse::<u64>());
    let pairs = videos.into_iter().zip(counts);
    pairs.map(|(video, count)| Ok((video, count?))).collect()
}
