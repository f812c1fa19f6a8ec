//! The tour: the screen it looks at and touches, and what it notes.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use end_to_end::borne::{self, SOON, Status};
use end_to_end::browser::Browser;
use end_to_end::display::{Display, Point};
use image::{ImageFormat, RgbImage};
use tempfile::TempDir;

use crate::demo::Demo;
use crate::report::{Report, Told};

/// A tour under way.
pub struct Tour {
    /// The demonstration.
    pub demo: Demo,
    /// Its screen.
    pub display: Display,
    /// How staff look at central, once opened.
    pub browser: Option<Browser>,
    /// Plays that central showed before the visit, by video.
    pub before: BTreeMap<String, u64>,
    /// Plays made in the visit, by video.
    pub made: BTreeMap<String, u64>,
    /// Where helpers keep their files; it goes with the tour.
    pub workspace: TempDir,
    report: Report,
    told: Told,
    page: Option<Vec<u8>>,
}

impl Tour {
    /// A tour of a demonstration, nothing touched yet.
    ///
    /// # Errors
    /// Its screen cannot be opened.
    pub fn new(demo: Demo, report: Report) -> Result<Self> {
        let display = Display::open(&demo.display)?;
        Ok(Self {
            demo,
            display,
            browser: None,
            before: BTreeMap::new(),
            made: BTreeMap::new(),
            workspace: tempfile::tempdir()?,
            report,
            told: Told::default(),
            page: None,
        })
    }

    /// Takes one step; whatever happens, it is noted with a picture of the screen or of the page.
    ///
    /// # Errors
    /// What in it did not hold.
    pub fn step(&mut self, name: &str, steps: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let since = Instant::now();
        self.told = Told::default();
        self.page = None;
        let outcome = steps(self);
        let mut told = std::mem::take(&mut self.told);
        told.failure = outcome.as_ref().err().map(|error| format!("{error:#}"));
        let picture = match self.page.take() {
            Some(page) => Some(page),
            None => self.display.shot().and_then(|shot| png(&shot)).ok(),
        };
        self.report.add(name, since, picture, told)?;
        outcome.map_err(|error| error.context(format!("étape « {name} »")))
    }

    /// Uses a picture of a page instead of one of the screen for this step.
    pub fn picture(&mut self, page: Vec<u8>) {
        self.page = Some(page);
    }

    /// Notes what holds, or stops the step.
    ///
    /// # Errors
    /// It does not hold.
    pub fn check(&mut self, what: &str, holds: bool, measured: &str) -> Result<()> {
        if !measured.is_empty() {
            self.told.details.push(measured.to_owned());
        }
        ensure!(holds, "vérification manquée : {what} ({measured})");
        self.told.checked.push(what.to_owned());
        Ok(())
    }

    /// Touches a place.
    ///
    /// # Errors
    /// The screen is gone.
    pub fn touch(&self, at: Point) -> Result<()> {
        self.display.touch(at)
    }

    /// Waits for a status and notes what it shows.
    ///
    /// # Errors
    /// It does not come.
    pub fn see(&mut self, what: &str, wished: impl Fn(&Status) -> bool) -> Result<Status> {
        self.see_within(SOON, what, wished)
    }

    /// Waits for a status at most so long, and notes what it shows.
    ///
    /// # Errors
    /// It does not come.
    pub fn see_within(
        &mut self,
        timeout: Duration,
        what: &str,
        wished: impl Fn(&Status) -> bool,
    ) -> Result<Status> {
        let status = borne::await_status(&self.demo.data, what, timeout, wished)?;
        self.told.checked.push(what.to_owned());
        Ok(status)
    }

    /// Waits for a screen and notes it.
    ///
    /// # Errors
    /// It does not come.
    pub fn see_screen(&mut self, screen: &str) -> Result<Status> {
        self.see(&format!("l'écran « {screen} » est affiché"), |status| {
            status.screen == screen
        })
    }

    /// Notes that a video was started by a touch.
    pub fn played(&mut self, video: &str) {
        *self.made.entry(video.to_owned()).or_default() += 1;
    }

    /// Ends the tour.
    #[must_use]
    pub fn into_report(self) -> Report {
        self.report
    }
}

fn png(shot: &RgbImage) -> Result<Vec<u8>> {
    let mut png = Cursor::new(Vec::new());
    shot.write_to(&mut png, ImageFormat::Png)?;
    Ok(png.into_inner())
}
